/** Whether an item of a list is a task, and a done one; null for other items. Takes the box out of the text. */
export function takeTask(item: Element): boolean | null {
  if (item.getAttribute("role") === "checkbox") return item.getAttribute("aria-checked") === "true";
  const said = item.getAttribute("data-checked");
  if (said !== null) {
    item.querySelector("input[type=checkbox]")?.remove();
    return said === "true";
  }
  const state = item.getAttribute("data-task-state");
  if (state !== null) return state === "DONE";
  // The box of the item itself, not of one in a list below it.
  const box = item.querySelector("input[type=checkbox]");
  if (box !== null && box.closest("li") === item) {
    box.remove();
    return box.hasAttribute("checked");
  }
  return takeWrittenBox(item);
}

function takeWrittenBox(item: Element): boolean | null {
  const walker = item.ownerDocument.createTreeWalker(item, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node as Text;
    if (text.data.trim() === "") continue;
    const written = /^\s*(?:\[([ xX\u00a0]?)\](?=\s|$)|([☐☑☒✅✔⬜])\ufe0f?)\s*/u.exec(text.data);
    if (written === null) return null;
    text.data = text.data.slice(written[0].length);
    return /[xX☑☒✅✔]/.test(`${written[1] ?? ""}${written[2] ?? ""}`);
  }
  return null;
}

/** Lists of tasks that are written as rows of boxes become lists. */
export function readTaskLists(document: Document): void {
  for (const row of document.querySelectorAll("div[data-task-state]")) {
    const before = row.previousElementSibling;
    const list = before?.matches("ul[data-rows]") ? before : document.createElement("ul");
    if (list !== before) {
      list.setAttribute("data-rows", "");
      row.before(list);
    }
    const item = document.createElement("li");
    item.setAttribute("data-task-state", row.getAttribute("data-task-state") ?? "");
    item.append(...row.childNodes);
    list.append(item);
    row.remove();
  }
}

const kinds: readonly (readonly [RegExp, string])[] = [
  [/^(?:⚠️?|🚧)/u, "warning"],
  [/^(?:❗|‼️?|❕|📌)/u, "important"],
  [/^(?:🚨|🛑|⛔️?|🔥|❌|🚫)/u, "caution"],
  [/^(?:💡|✅|👍|⭐️?|🎉)/u, "tip"],
];

/** What a callout's picture says about it, and the text without the picture. */
export function calloutSign(text: string): { readonly kind: string; readonly rest: string } {
  const sign =
    /^\s*(?:\p{Extended_Pictographic}|\p{Regional_Indicator})[\u200d\ufe0f\p{Extended_Pictographic}\p{Emoji_Modifier}]*\s*/u.exec(
      text,
    )?.[0] ?? "";
  const kind = kinds.find(([test]) => test.test(sign.trim()))?.[1] ?? "note";
  return { kind, rest: text.slice(sign.length) };
}

function firstText(element: Element): Text | null {
  const walker = element.ownerDocument.createTreeWalker(element, 4);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node.textContent?.trim() !== "") return node as Text;
  return null;
}

/** Makes plain HTML of what Notion copies and exports: callouts are asides, toggles items that hold blocks. */
export function readNotion(document: Document): void {
  for (const aside of document.querySelectorAll("aside, figure.callout")) {
    const icon = aside.querySelector(".icon");
    const text = firstText(aside);
    const sign = calloutSign(text?.data ?? "");
    if (text !== null) text.data = sign.rest;
    icon?.closest("div")?.remove();
    const callout = document.createElement("div");
    callout.setAttribute("data-type", "callout");
    callout.setAttribute("data-kind", sign.kind);
    callout.append(...aside.childNodes);
    aside.replaceWith(callout);
  }
  // An exported toggle is a list of one item with a real toggle in it.
  for (const list of document.querySelectorAll("ul.toggle")) {
    const details = [...list.children].flatMap((item) => [...item.children]);
    if (details.every((child) => child.tagName === "DETAILS")) list.replaceWith(...details);
  }
  // Each item is exported as a list of its own.
  for (const list of document.querySelectorAll("ul.bulleted-list, ul.to-do-list, ol.numbered-list")) {
    if (!list.isConnected) continue;
    for (
      let next = list.nextElementSibling;
      next?.className === list.className;
      next = list.nextElementSibling
    ) {
      list.append(...next.childNodes);
      next.remove();
    }
  }
  for (const box of document.querySelectorAll("ul.to-do-list .checkbox")) {
    box.closest("li")?.setAttribute("data-checked", String(box.classList.contains("checkbox-on")));
    box.remove();
  }
}

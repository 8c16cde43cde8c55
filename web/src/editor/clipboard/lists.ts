import { declarations } from "./css.ts";
import type { Place, Rewriter } from "./rewrite.ts";
import { takeTask } from "./tasks.ts";
import { tidyItem } from "./tidy.ts";

interface Written {
  readonly item: HTMLElement;
  /** Null for items that are no tasks. */
  readonly task: boolean | null;
  readonly value: number | null;
}

const styles: Readonly<Record<string, string>> = {
  "lower-alpha": "a",
  "lower-latin": "a",
  "upper-alpha": "A",
  "upper-latin": "A",
  "lower-roman": "i",
  "upper-roman": "I",
};

function isList(element: Element): boolean {
  return /^(?:UL|OL|MENU)$/.test(element.tagName);
}

/** Items that hold nothing but a list are how some programs indent: the list belongs to the item before. */
function holdsOnlyList(item: Element): boolean {
  const [only, ...more] = item.children;
  const own = [...item.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== "");
  return only !== undefined && more.length === 0 && !own && isList(only);
}

function numberOf(element: Element, name: string): number | null {
  const text = element.getAttribute(name);
  const number = text === null ? Number.NaN : Number.parseInt(text, 10);
  return number >= 0 && number <= 999_999_999 ? number : null;
}

function firstAsParagraph(item: HTMLElement): void {
  const first = item.firstElementChild;
  if (first === null || !/^H[1-6]$/.test(first.tagName)) return;
  const paragraph = item.ownerDocument.createElement("p");
  const strong = item.ownerDocument.createElement("strong");
  strong.append(...first.childNodes);
  paragraph.append(strong);
  first.replaceWith(paragraph);
}

function writeItems(list: Element, place: Place, rewriter: Rewriter): Written[] {
  const items: Written[] = [];
  for (const child of list.children) {
    const last = items.at(-1);
    if (last !== undefined && (isList(child) || (child.tagName === "LI" && holdsOnlyList(child)))) {
      const below = isList(child) ? child : (child.firstElementChild as Element);
      last.item.append(...writeList(below, { ...place, containers: place.containers + 1 }, rewriter));
      continue;
    }
    const item = rewriter.document.createElement("li");
    const task = child.tagName === "LI" ? takeTask(child) : null;
    if (isList(child)) item.append(...writeList(child, place, rewriter));
    else rewriter.fill(item, child, { ...place, nesting: place.nesting + 1 });
    tidyItem(item);
    items.push({ item, task, value: numberOf(child, "value") });
  }
  return items;
}

function headingsOnly(items: readonly Written[]): boolean {
  return items.every(
    ({ item }) => item.childElementCount === 1 && /^H[1-6]$/.test(item.firstElementChild?.tagName ?? ""),
  );
}

/** A list of HTML as lists of the schema: tasks and other items cannot stand in the same one. */
export function writeList(list: Element, place: Place, rewriter: Rewriter): HTMLElement[] {
  const { document } = rewriter;
  const items = writeItems(list, place, rewriter);
  if (items.length === 0) return [];
  // A numbered heading is a heading.
  if (headingsOnly(items)) return items.map(({ item }) => item.firstElementChild as HTMLElement);
  const ordered = list.tagName === "OL";
  const style =
    declarations(list).get("list-style-type") ??
    declarations(list.children[0] as Element).get("list-style-type");
  const type = list.getAttribute("type") ?? styles[style ?? ""] ?? null;
  const lists: { readonly tasks: boolean; readonly element: HTMLElement }[] = [];
  let number = items[0]?.value ?? numberOf(list, "start") ?? 1;
  for (const { item, task } of items) {
    firstAsParagraph(item);
    const tasks = task !== null;
    if (lists.at(-1)?.tasks !== tasks) {
      const element = document.createElement(ordered && !tasks ? "ol" : "ul");
      if (tasks) element.setAttribute("data-type", "taskList");
      else if (ordered && number !== 1) element.setAttribute("start", String(number));
      if (!tasks && ordered && type !== null && /^[aAiI]$/.test(type)) element.setAttribute("type", type);
      lists.push({ tasks, element });
    }
    if (tasks) {
      item.setAttribute("data-type", "taskItem");
      item.setAttribute("data-checked", String(task));
    }
    lists.at(-1)?.element.append(item);
    number += 1;
  }
  return lists.map(({ element }) => element);
}

import { type FlatItem, nestedLists } from "./nestedList.ts";

const mono = /^["']?(?:Liberation Mono|DejaVu Sans Mono|Courier New|Courier|Consolas)\b/i;

function isList(element: Element | null): element is Element {
  return element !== null && /^(?:UL|OL)$/.test(element.tagName);
}

function holdsOnlyLists(list: Element): boolean {
  return list.childElementCount > 0 && [...list.children].every(isList);
}

function itemsOf(list: Element, level: number): FlatItem[] {
  const start = Number(list.getAttribute("start") ?? list.firstElementChild?.getAttribute("value") ?? 1);
  return [...list.children].flatMap((child): FlatItem[] => {
    if (isList(child)) return itemsOf(child, level + 1);
    const ordered = list.tagName === "OL";
    const type = list.getAttribute("type") ?? undefined;
    return [
      {
        item: child as HTMLElement,
        level,
        ordered,
        type,
        start: Number.isInteger(start) ? start : undefined,
      },
    ];
  });
}

/**
 * Makes plain HTML of what Writer copies and saves: where a list of another kind stands in a list, it ends all of them and begins
 * anew, lists within lists without an item between.
 */
export function readLibreOffice(document: Document): void {
  for (const first of document.querySelectorAll("ul, ol")) {
    if (!first.isConnected || isList(first.previousElementSibling) || isList(first.parentElement)) continue;
    const run: Element[] = [];
    for (let next: Element | null = first; isList(next); next = next.nextElementSibling) run.push(next);
    if (!run.some(holdsOnlyLists)) continue;
    const lists = nestedLists(
      run.flatMap((list) => itemsOf(list, 1)),
      document,
    );
    first.before(...lists);
    for (const list of run) list.remove();
  }
  for (const font of document.querySelectorAll("font[face]")) {
    if (!mono.test(font.getAttribute("face") ?? "")) continue;
    const code = document.createElement("code");
    code.append(...font.childNodes);
    font.append(code);
  }
}

/** An item as programs write it that keep lists flat. */
export interface FlatItem {
  readonly item: HTMLElement;
  /** 1 and up. */
  readonly level: number;
  readonly ordered: boolean;
  /** Numbers of an ordered list; letters have their own `type`, as in HTML. */
  readonly type?: string | undefined;
  readonly start?: number | undefined;
  /** Items of other lists do not continue this one. */
  readonly list?: string | undefined;
}

interface Open {
  readonly element: HTMLElement;
  readonly level: number;
  readonly item: FlatItem;
}

function listFor(flat: FlatItem, document: Document): HTMLElement {
  const list = document.createElement(flat.ordered ? "ol" : "ul");
  if (flat.ordered && flat.type !== undefined) list.setAttribute("type", flat.type);
  if (flat.ordered && flat.start !== undefined && flat.start !== 1)
    list.setAttribute("start", String(flat.start));
  return list;
}

/**
 * Lists within lists from items that only say how deep they stand. A level that is left out counts as one step: nothing
 * could stand between.
 */
export function nestedLists(items: readonly FlatItem[], document: Document): HTMLElement[] {
  const roots: HTMLElement[] = [];
  const open: Open[] = [];
  for (const flat of items) {
    while ((open.at(-1)?.level ?? 0) > flat.level) open.pop();
    // What follows a deeper first item stands beside it, not above.
    let last = open.at(-1);
    if (last !== undefined && last.level === flat.level) {
      const other = last.item.ordered !== flat.ordered || (flat.level === 1 && last.item.list !== flat.list);
      if (other) {
        open.pop();
        last = undefined;
      }
    }
    if (last === undefined || last.level < flat.level) {
      const list = listFor(flat, document);
      const above = open.at(-1)?.element.lastElementChild;
      if (above) above.append(list);
      else roots.push(list);
      last = { element: list, level: flat.level, item: flat };
      open.push(last);
    }
    last.element.append(flat.item);
  }
  return roots;
}

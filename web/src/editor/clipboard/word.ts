import { declarations } from "./css.ts";
import { type FlatItem, nestedLists } from "./nestedList.ts";

interface ListPlace {
  readonly list: string;
  readonly level: number;
}

function listPlace(element: Element): ListPlace | null {
  const place = /\bl(\d+)\s+level(\d+)(?:\s+lfo(\d+))?/.exec(declarations(element).get("mso-list") ?? "");
  if (place === null) return null;
  return { list: `${place[1]} ${place[3] ?? ""}`, level: Math.min(Math.max(Number(place[2]), 1), 9) };
}

/** The kinds of numbers of each level, as the style sheet in the head has them. */
function levelFormats(document: Document): ReadonlyMap<string, string> {
  const css = [...document.querySelectorAll("style")].map((style) => style.textContent).join("\n");
  const formats = new Map<string, string>();
  for (const [, list, level, rules] of css.matchAll(/@list\s+l(\d+):level(\d+)[^{@]*\{([^}@]*)\}/g)) {
    const format = /mso-level-number-format:\s*([\w-]+)/.exec(rules ?? "")?.[1];
    formats.set(`${list} ${level}`, format ?? "arabic");
  }
  return formats;
}

const types: Readonly<Record<string, string>> = {
  "alpha-lower": "a",
  "alpha-upper": "A",
  "roman-lower": "i",
  "roman-upper": "I",
};

type Numbering = Pick<FlatItem, "ordered" | "type" | "start">;

/** What kind of list a marker belongs to: "1.", "a)" and "iv." count, "·", "§" and "o" do not. */
export function numbering(marker: string, format: string | undefined): Numbering {
  const number = /^\(?(?:\d+\.)*(\d+|[a-z]{1,3}|[ivxlc]+)[.):]?$/i.exec(marker.trim())?.[1];
  const punctuated = /[.):]$/.test(marker.trim()) || /^\d+$/.test(marker.trim());
  if (format === "bullet" || format === "image") return { ordered: false };
  if (marker.trim() !== "" && (number === undefined || !punctuated)) return { ordered: false };
  if (number === undefined)
    return format === undefined ? { ordered: false } : { ordered: true, type: types[format] };
  if (/^\d+$/.test(number)) return { ordered: true, start: Number(number) };
  const roman = format?.startsWith("roman") ?? /^(?:[ivx]{2,}|[ivx])$/i.test(number);
  const upper = number === number.toUpperCase();
  const type = roman ? (upper ? "I" : "i") : upper ? "A" : "a";
  return { ordered: true, type };
}

function takeMarker(paragraph: Element): string {
  const marker = [...paragraph.querySelectorAll("span")].find((span) =>
    /^ignore$/i.test(declarations(span).get("mso-list") ?? ""),
  );
  const text = marker?.textContent.replace(/[\s\u00a0]+/g, "") ?? "";
  marker?.remove();
  return text;
}

/** The element after this one, if nothing that can be read stands between them. */
function nextElement(element: Element): Element | null {
  for (let next = element.nextSibling; next !== null; next = next.nextSibling) {
    if (next.nodeType === 1) return next as Element;
    if (next.nodeType === 3 && next.textContent?.trim() !== "") return null;
  }
  return null;
}

function isBlank(element: Element): boolean {
  return element.textContent.replace(/[\s\u00a0]+/g, "") === "" && element.querySelector("img") === null;
}

/** A paragraph that goes on with the item before it. */
function continues(element: Element): boolean {
  return /\bMso(?:ListParagraph|ListContinue)/.test(element.className) && listPlace(element) === null;
}

/** Word's paragraphs that look like items become items of lists. Headings keep being headings: their number is drawn. */
function makeLists(document: Document): void {
  const formats = levelFormats(document);
  const done = new Set<Element>();
  for (const first of document.querySelectorAll("p[style*='mso-list'], div[style*='mso-list']")) {
    if (done.has(first) || listPlace(first) === null) continue;
    const items: FlatItem[] = [];
    const before = document.createComment("");
    first.before(before);
    for (let next: Element | null = first; next !== null; ) {
      const paragraph: Element = next;
      next = nextElement(paragraph);
      const place = listPlace(paragraph);
      const last = items.at(-1);
      if (place === null) {
        const goesOn =
          last !== undefined &&
          (continues(paragraph) || (isBlank(paragraph) && next !== null && listPlace(next) !== null));
        if (!goesOn || /^H[1-6]$/.test(paragraph.tagName)) break;
        last.item.append(paragraph);
        continue;
      }
      if (!/^(?:P|DIV)$/.test(paragraph.tagName)) break;
      done.add(paragraph);
      const format = formats.get(`${place.list.split(" ")[0]} ${place.level}`);
      const kind = numbering(takeMarker(paragraph), format);
      const item = document.createElement("li");
      item.append(paragraph);
      items.push({ item, level: place.level, list: place.list, ...kind });
    }
    before.replaceWith(...nestedLists(items, document));
  }
}

/** What is Word's own and nobody's text: comments, what was deleted, what is hidden. */
function dropOwn(document: Document): void {
  const junk = [
    "del",
    "xml",
    "[style*='mso-element:comment']",
    "[style*='mso-element: comment']",
    "[style*='mso-comment-reference']",
    ".MsoCommentReference",
    "[style*='mso-hide:all']",
    "[style*='mso-hide: all']",
  ];
  for (const element of document.querySelectorAll(junk.join(","))) {
    // The text that a comment is about stands inside the reference's anchor.
    const isAnchor = element.tagName === "A" && !element.classList.contains("msocomanchor");
    if (isAnchor && element.textContent.trim() !== "") element.replaceWith(...element.childNodes);
    else element.remove();
  }
  // What somebody inserted while changes were tracked is text as any other.
  for (const inserted of document.querySelectorAll("ins")) inserted.replaceWith(...inserted.childNodes);
}

function nameStyles(document: Document): void {
  const become = (selector: string, tag: string) => {
    for (const element of document.querySelectorAll(selector)) {
      const other = document.createElement(tag);
      other.append(...element.childNodes);
      element.replaceWith(other);
    }
  };
  become("p.MsoTitle, p.MsoTitleCxSpFirst", "h1");
  for (const quote of document.querySelectorAll("p.MsoQuote, p.MsoIntenseQuote")) {
    if (!quote.isConnected) continue;
    const whole = document.createElement("blockquote");
    quote.before(whole);
    for (let next: Element | null = quote; next !== null && /Quote/.test(next.className); ) {
      const paragraph: Element = next;
      next = nextElement(paragraph);
      whole.append(paragraph);
    }
  }
}

/** Makes plain HTML of what Word puts on the clipboard. */
export function readWord(document: Document): void {
  dropOwn(document);
  makeLists(document);
  nameStyles(document);
}

/** Word in a browser writes each item as a list of its own and how deep it stands beside it. */
export function readWordOnline(document: Document): void {
  for (const mark of document.querySelectorAll(".EOP")) mark.remove();
  const isWrapper = (element: Element | null) => element?.classList.contains("ListContainerWrapper") ?? false;
  for (const wrapper of document.querySelectorAll(".ListContainerWrapper")) {
    if (isWrapper(wrapper.previousElementSibling) || !wrapper.isConnected) continue;
    const run: Element[] = [];
    for (let next: Element | null = wrapper; next !== null && isWrapper(next); next = nextElement(next))
      run.push(next);
    const items = run.flatMap((each) =>
      [...each.querySelectorAll("li")].map((item): FlatItem => {
        const ordered = item.parentElement?.tagName === "OL";
        const first = Number(item.parentElement?.getAttribute("start") ?? 1);
        return {
          item,
          level: Math.min(Math.max(Number(item.getAttribute("data-aria-level") ?? 1) || 1, 1), 9),
          ordered,
          list: item.getAttribute("data-listid") ?? undefined,
          start: Number.isInteger(first) ? first : undefined,
        };
      }),
    );
    wrapper.before(...nestedLists(items, document));
    for (const each of run) each.remove();
  }
  for (const heading of document.querySelectorAll("p[role=heading]")) {
    const level = Math.min(Math.max(Number(heading.getAttribute("aria-level")) || 1, 1), 6);
    const other = document.createElement(`h${level}`);
    other.append(...heading.childNodes);
    heading.replaceWith(other);
  }
}

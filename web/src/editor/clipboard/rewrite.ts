import { calloutIn, isCalloutTitle } from "./callouts.ts";
import { codeLanguage, codeText, isListing } from "./codeText.ts";
import { declarations } from "./css.ts";
import { Flow, type LineKind } from "./flow.ts";
import { formulaOf } from "./formula.ts";
import { writeList } from "./lists.ts";
import { pictureOf } from "./pictures.ts";
import { type Look, lookIn, plain, run } from "./runs.ts";
import type { Source } from "./source.ts";
import { writeTable } from "./tables.ts";
import { tidyBlocks } from "./tidy.ts";
import { writeToggle } from "./toggles.ts";

/** Deeper containers are written as what they hold. A list is two nodes a level, and a document at most 100 nodes deep. */
const MAX_CONTAINERS = 20;
/** Elements within elements; below there is only text, because reading recurses. */
const MAX_NESTING = 300;

export interface Place {
  readonly look: Look;
  readonly containers: number;
  readonly nesting: number;
  readonly inCell: boolean;
}

const blockTags = new Set(
  `address article aside body center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
  header hgroup li main nav ol p pre section summary table tbody td tfoot th thead tr ul`
    .toUpperCase()
    .split(/\s+/),
);
const skippedTags = new Set(
  `audio base button canvas clipboard-copy colgroup embed frame frameset head iframe input link map meta noframes noscript
  object option picture-source rp script select source style svg template textarea title track video`
    .toUpperCase()
    .split(/\s+/),
);

function isHidden(element: Element): boolean {
  if (element.hasAttribute("hidden") || element.getAttribute("aria-hidden") === "true") return true;
  if (element.classList.contains("mw-editsection")) return true;
  const style = element.getAttribute("style")?.slice(0, 8_000) ?? null;
  return style !== null && /(?:^|;)\s*(?:display:\s*none|visibility:\s*hidden|mso-hide:\s*all)/i.test(style);
}

/** What an element is to a document. */
type BlockKind =
  | "nothing"
  | "inline"
  /** A block of which the document only knows its lines. */
  | "line"
  | "term"
  | "rule"
  | "code"
  | "callout"
  | "quote"
  | "toggle"
  | "list"
  | "table";

const kinds: Readonly<Record<string, BlockKind>> = {
  HR: "rule",
  PRE: "code",
  BLOCKQUOTE: "quote",
  DETAILS: "toggle",
  UL: "list",
  OL: "list",
  MENU: "list",
  TABLE: "table",
  DT: "term",
};

function blockKind(element: Element, tag: string, tooDeep: boolean): BlockKind {
  if (isCalloutTitle(element)) return "nothing";
  const kind = calloutIn(element) === null ? kinds[tag] : "callout";
  if (kind === "rule" || kind === "code" || kind === "term") return kind;
  if (kind !== undefined) return tooDeep ? "line" : kind;
  // The caption of a picture is the picture's own.
  if (tag === "FIGCAPTION" && element.parentElement?.querySelector("img")) return "nothing";
  if (tag === "DIV" && isListing(element)) return "code";
  return blockTags.has(tag) ? "line" : "inline";
}

/** Writes other programs' HTML anew: what comes out has only elements and attributes that this module and its parts name. */
export class Rewriter {
  readonly source: Source;
  readonly document: Document;
  /** Pictures somebody would miss. */
  lostPictures = 0;
  /** Pictures that came as bytes, by the number their `<img data-picture>` has. */
  readonly pictures: string[] = [];

  constructor(document: Document, source: Source) {
    this.document = document;
    this.source = source;
  }

  body(body: Element): HTMLElement {
    const out = this.document.createElement("div");
    this.fill(out, body, { look: plain, containers: 0, nesting: 0, inCell: false });
    tidyBlocks(out);
    return out;
  }

  /** Writes what an element holds into one of the output. */
  fill(out: HTMLElement, element: Element, place: Place): void {
    const flow = new Flow(out);
    this.#children(element, flow, place);
    flow.end();
  }

  write(node: Node, flow: Flow, place: Place): void {
    if (node.nodeType === 3) this.#text(node as Text, flow, place.look);
    if (node.nodeType !== 1) return;
    const element = node as Element;
    if (place.nesting > MAX_NESTING) {
      flow.inline(run(element.textContent.replace(/\s+/g, " "), place.look, false, this.document));
      return;
    }
    const formula = formulaOf(element);
    if (formula !== null) {
      const tag = this.document.createElement(formula.alone ? "div" : "span");
      tag.setAttribute("data-type", formula.alone ? "block-math" : "inline-math");
      tag.setAttribute("data-latex", formula.latex);
      if (formula.alone) flow.block(tag);
      else flow.inline(tag);
      return;
    }
    const tag = element.tagName.toUpperCase();
    if (skippedTags.has(tag) || tag.startsWith("V:") || isHidden(element)) return;
    if (tag === "BR") {
      if (!/page-break|Apple-interchange/i.test(element.outerHTML)) flow.break();
      return;
    }
    if (tag === "IMG") {
      this.#picture(element, flow);
      return;
    }
    this.#element(element, tag, flow, {
      ...place,
      look: lookIn(element, place.look, this.source),
      nesting: place.nesting + 1,
    });
  }

  #element(element: Element, tag: string, flow: Flow, place: Place): void {
    const inner = { ...place, containers: place.containers + 1 };
    const kind = blockKind(element, tag, inner.containers > MAX_CONTAINERS);
    switch (kind) {
      case "nothing":
        return;
      case "inline":
        this.#children(element, flow, place);
        return;
      case "line":
        this.paragraph(element, /^H\d$/.test(tag) ? tag.toLowerCase() : flow.kind.tag, flow, place);
        return;
      case "term":
        this.paragraph(element, "p", flow, { ...place, look: { ...place.look, bold: true } });
        return;
      case "rule":
        flow.block(this.document.createElement("hr"));
        return;
      case "code":
        this.#code(element, flow);
        return;
      case "callout":
        this.#box(
          "div",
          { "data-type": "callout", "data-kind": calloutIn(element) ?? "" },
          element,
          flow,
          inner,
        );
        return;
      case "quote":
        this.#box("blockquote", {}, element, flow, inner);
        return;
      case "toggle":
        flow.block(writeToggle(element, inner, this));
        return;
      case "list":
        for (const list of writeList(element, inner, this)) flow.block(list);
        return;
      case "table":
        writeTable(element, flow, inner, this);
    }
  }

  #children(element: Element, flow: Flow, place: Place): void {
    for (const child of element.childNodes) this.write(child, flow, place);
  }

  #text(node: Text, flow: Flow, look: Look): void {
    const spacer = node.parentElement;
    const isSpacer =
      spacer?.classList.contains("Apple-converted-space") ||
      /mso-spacerun|mso-tab-count/.test(spacer?.getAttribute("style") ?? "");
    const text = isSpacer ? node.data.replaceAll("\u00a0", " ") : node.data;
    if (!flow.isOpen && /^[ \t\r\n\f]*$/.test(text)) return;
    const inHeading = /^h\d$/.test(flow.kind.tag);
    const lines = look.lines ? text.split(/\r\n?|\n/) : [text];
    for (const [at, line] of lines.entries()) {
      if (at > 0) flow.break();
      if (line !== "") flow.inline(run(line, look, inHeading, this.document));
    }
  }

  kindOf(element: Element, outer: LineKind, tag: string = outer.tag): LineKind {
    const style = declarations(element);
    const said = (
      element.getAttribute("align") ?? (this.source === "web" ? undefined : style.get("text-align"))
    )?.toLowerCase();
    const align = element.tagName === "CENTER" ? "center" : (said ?? outer.align);
    const dir = (element.getAttribute("dir") ?? style.get("direction") ?? outer.dir)?.toLowerCase();
    return {
      tag,
      align: align !== null && /^(?:center|right|justify)$/.test(align) ? align : null,
      dir: dir === "rtl" ? "rtl" : null,
    };
  }

  paragraph(element: Element, tag: string, flow: Flow, place: Place): void {
    const outer = flow.kind;
    flow.turn(this.kindOf(element, outer, tag));
    const before = flow.out.childElementCount;
    this.#children(element, flow, place);
    flow.end();
    const isEmpty = flow.out.childElementCount === before;
    flow.turn(outer);
    if (isEmpty && element.tagName === "P") flow.blank();
  }

  #code(element: Element, flow: Flow): void {
    const pre = this.document.createElement("pre");
    const code = this.document.createElement("code");
    const language = codeLanguage(element);
    if (language !== null) code.className = `language-${language}`;
    code.textContent = codeText(element);
    pre.append(code);
    flow.block(pre);
  }

  #box(
    tag: string,
    attributes: Readonly<Record<string, string>>,
    element: Element,
    flow: Flow,
    place: Place,
  ): void {
    const box = this.document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) box.setAttribute(name, value);
    this.fill(box, element, place);
    tidyBlocks(box);
    if (box.childElementCount > 0) flow.block(box);
  }

  #picture(element: Element, flow: Flow): void {
    const picture = pictureOf(element);
    if (picture.kind === "text") flow.inline(this.document.createTextNode(picture.text));
    if (picture.kind === "lost") this.lostPictures += 1;
    if (picture.kind !== "picture" && picture.kind !== "bytes") return;
    const image = this.document.createElement("img");
    if (picture.kind === "picture") image.setAttribute("src", picture.src);
    else image.setAttribute("data-picture", String(this.pictures.push(picture.src) - 1));
    const alt = element.getAttribute("alt")?.trim();
    if (alt) image.setAttribute("alt", alt.slice(0, 1_000));
    const caption = element
      .closest("figure")
      ?.querySelector("figcaption")
      ?.textContent.replace(/\s+/g, " ")
      .trim();
    if (caption) image.setAttribute("title", caption.slice(0, 1_000));
    flow.block(image);
  }
}

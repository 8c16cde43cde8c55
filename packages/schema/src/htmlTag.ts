import type { AttributeSource } from "./attributeSource.ts";
import { colourName } from "./colours.ts";
import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { htmlAttributes } from "./htmlAttributes.ts";
import { mentionId, mentionLabel } from "./mention.ts";

/** What a piece of HTML inside a paragraph means for the text around it. */
export type HTMLTag =
  /** `<b>`: the text up to the matching close tag gets the mark; without a mark it is only paired with its close tag. */
  | { readonly kind: "open"; readonly name: string; readonly mark: JSONMark | null }
  | { readonly kind: "close"; readonly name: string }
  /** A formula or a mention: the node stands for everything up to the matching close tag. */
  | { readonly kind: "atom"; readonly name: string; readonly node: JSONNode }
  /** `<img>` */
  | { readonly kind: "image"; readonly attributes: AttributeSource }
  /** `<br>` */
  | { readonly kind: "break" }
  /** Comments and elements the schema cannot say (`<div>`): they go, the text inside them stays. */
  | { readonly kind: "nothing" }
  /** `<T>`, `<name>`: no element of HTML, so most likely meant to be read. */
  | { readonly kind: "text" };

const markOf = new Map<string, string>(
  Object.entries({
    a: "link",
    b: "bold",
    strong: "bold",
    i: "italic",
    em: "italic",
    s: "strike",
    del: "strike",
    strike: "strike",
    u: "underline",
    ins: "underline",
    mark: "highlight",
    sub: "subscript",
    sup: "superscript",
    code: "code",
    kbd: "code",
    samp: "code",
    tt: "code",
  }),
);

const ignored = new Set(
  `abbr address article aside audio base big blockquote body button canvas caption center cite col colgroup data
  datalist dd details dfn dialog div dl dt embed fieldset figcaption figure font footer form frame h1 h2 h3 h4 h5 h6
  head header hgroup hr html iframe input label legend li link main map math menu meta meter nav noscript object
  ol optgroup option output p param picture pre progress q rp rt ruby script search section select slot small source
  span style summary svg table tbody td template textarea tfoot th thead time title tr track ul var video wbr`.split(
    /\s+/,
  ),
);

/** A formula or a mention from its opening tag. */
function atomOf(attributes: AttributeSource): JSONNode | null {
  const type = attributes.getAttribute("data-type");
  if (type === "inline-math")
    return { type: "inlineMath", attrs: { latex: attributes.getAttribute("data-latex") ?? "" } };
  const id = mentionId(attributes.getAttribute("data-id"));
  if (type !== "mention" || id === null) return null;
  return { type: "mention", attrs: { id, label: mentionLabel(attributes.getAttribute("data-label")) } };
}

function openTag(name: string, source: string): HTMLTag {
  const attributes = htmlAttributes(source);
  const color = colourName(attributes.getAttribute("data-color"));
  const mark = markOf.get(name);
  if (name === "span") {
    const node = atomOf(attributes);
    if (node !== null) return { kind: "atom", name, node };
    return { kind: "open", name, mark: color === null ? null : { type: "textColor", attrs: { color } } };
  }
  if (mark === "link") {
    const title = attributes.getAttribute("title");
    const href = attributes.getAttribute("href");
    return { kind: "open", name, mark: { type: mark, attrs: title ? { href, title } : { href } } };
  }
  if (mark === "highlight" && color !== null)
    return { kind: "open", name, mark: { type: mark, attrs: { color } } };
  return { kind: "open", name, mark: mark === undefined ? null : { type: mark } };
}

/** Reads one tag, comment or declaration as CommonMark's inline HTML gives it. */
export function readHTMLTag(source: string): HTMLTag {
  const match = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(source);
  if (match === null) return { kind: "nothing" };
  const name = (match[2] ?? "").toLowerCase();
  if (name === "br") return { kind: "break" };
  const isClosing = match[1] === "/";
  if (name === "img")
    return isClosing ? { kind: "nothing" } : { kind: "image", attributes: htmlAttributes(source) };
  if (!markOf.has(name) && name !== "span") return { kind: ignored.has(name) ? "nothing" : "text" };
  if (isClosing) return { kind: "close", name };
  return source.endsWith("/>") ? { kind: "nothing" } : openTag(name, source);
}

/** What a piece of HTML inside a paragraph means for the text around it. */
export type HTMLTag =
  /** `<b>`: the text up to the matching close tag gets the mark. */
  | { readonly kind: "open"; readonly name: string; readonly mark: string; readonly href?: string }
  | { readonly kind: "close"; readonly name: string }
  /** `<br>` */
  | { readonly kind: "break" }
  /** Comments and elements the schema cannot say (`<div>`, `<img>`): they go, the text inside them stays. */
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
  head header hgroup hr html iframe img input label legend li link main map math menu meta meter nav noscript object
  ol optgroup option output p param picture pre progress q rp rt ruby script search section select slot small source
  span style summary svg table tbody td template textarea tfoot th thead time title tr track ul var video wbr`.split(
    /\s+/,
  ),
);

/** Reads one tag, comment or declaration as CommonMark's inline HTML gives it. */
export function readHTMLTag(source: string): HTMLTag {
  const match = /^<(\/?)([A-Za-z][A-Za-z0-9-]*)/.exec(source);
  if (match === null) return { kind: "nothing" };
  const name = (match[2] ?? "").toLowerCase();
  if (name === "br") return { kind: "break" };
  const mark = markOf.get(name);
  if (mark === undefined) return { kind: ignored.has(name) ? "nothing" : "text" };
  if (match[1] === "/") return { kind: "close", name };
  if (source.endsWith("/>")) return { kind: "nothing" };
  if (mark !== "link") return { kind: "open", name, mark };
  const href = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(source);
  const target = (href?.[1] ?? href?.[2] ?? href?.[3] ?? "").replaceAll("&amp;", "&");
  return { kind: "open", name, mark, href: target };
}

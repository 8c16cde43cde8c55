import { htmlAttributes } from "./htmlAttributes.ts";

/** What a block of HTML says, in its order. */
export type HTMLPiece =
  | { readonly kind: "openDetails" }
  | { readonly kind: "closeDetails" }
  /** What stands between `<summary>` and `</summary>`. */
  | { readonly kind: "summary"; readonly html: string }
  | { readonly kind: "blockMath"; readonly latex: string }
  /** Everything else, to be read as a paragraph with tags in it. */
  | { readonly kind: "other"; readonly html: string };

const tag = /<(?:(\/?)details|(summary)|(div))(?:\s[^<>]*)?>/gi;

/** Takes a block of HTML apart into what has a block of its own here and the rest; what is never shown goes. */
export function htmlPieces(source: string): HTMLPiece[] {
  const visible = source
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "");
  const pieces: HTMLPiece[] = [];
  const lower = visible.toLowerCase();
  let from = 0;
  const other = (to: number) => {
    const html = visible.slice(from, to);
    if (html.trim() !== "") pieces.push({ kind: "other", html });
  };
  /** Where the element ends that opened before `at`; -1 is remembered, or each opening tag would look to the end. */
  const unclosed = new Set<string>();
  const end = (name: string, at: number) => {
    const found = unclosed.has(name) ? -1 : lower.indexOf(`</${name}>`, at);
    if (found < 0) unclosed.add(name);
    return found;
  };
  tag.lastIndex = 0;
  for (let match = tag.exec(visible); match !== null; match = tag.exec(visible)) {
    const [whole, closing, summary, div] = match;
    const after = match.index + whole.length;
    const name = summary ? "summary" : div ? "div" : null;
    if (name === null) {
      other(match.index);
      pieces.push({ kind: closing === "/" ? "closeDetails" : "openDetails" });
      from = after;
      continue;
    }
    const attributes = htmlAttributes(whole);
    if (name === "div" && attributes.getAttribute("data-type") !== "block-math") continue;
    const close = end(name, after);
    if (close < 0) continue;
    other(match.index);
    if (name === "summary") pieces.push({ kind: "summary", html: visible.slice(after, close) });
    else pieces.push({ kind: "blockMath", latex: attributes.getAttribute("data-latex") ?? "" });
    from = close + `</${name}>`.length;
    tag.lastIndex = from;
  }
  other(visible.length);
  return pieces;
}

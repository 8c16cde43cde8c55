import { isSafeHref } from "@palimpsest/schema";
import { looksLikeMarkdown } from "./looksLikeMarkdown.ts";

/** What lies on the clipboard. */
export interface OnClipboard {
  readonly text: string;
  readonly html: string;
  /** What VS Code says about the code it copied, as JSON; empty from everybody else. */
  readonly vscode: string;
  readonly files: number;
}

/** Where it is to go. */
export interface PastePlace {
  readonly inCode: boolean;
  /** Words of one paragraph are selected. */
  readonly onWords: boolean;
  /** Asked for without formatting. */
  readonly plain: boolean;
}

/** What a paste does. */
export type PastePlan =
  /** Nothing of ours: files, which others take, or an empty clipboard. */
  | { readonly kind: "none" }
  | { readonly kind: "too-large" }
  /** Words as they are: into code, or because that was asked for. */
  | { readonly kind: "plain" }
  | { readonly kind: "text" }
  /** The selected words become a link. */
  | { readonly kind: "link"; readonly href: string }
  | { readonly kind: "code"; readonly text: string; readonly language: string | null }
  | { readonly kind: "code-in-line"; readonly text: string }
  | { readonly kind: "markdown"; readonly text: string }
  | { readonly kind: "html" };

/** Characters of HTML that are read; Word needs 20 for each that is seen. */
export const MAX_HTML = 30_000_000;
/** Characters of text that one paste may bring: with its marks it has to fit one message to the server. */
export const MAX_TEXT = 6_000_000;

function modeOf(vscode: string): string | null {
  if (vscode === "") return null;
  try {
    const data: unknown = JSON.parse(vscode);
    const mode = typeof data === "object" && data !== null ? (data as { mode?: unknown }).mode : null;
    return typeof mode === "string" && /^[\w+#.-]{1,40}$/.test(mode) ? mode : null;
  } catch (_notJson) {
    return null;
  }
}

/** What stands outside of an element or comment; each is looked for once, so that nothing takes longer than its length. */
function without(html: string, open: string, close: string): string {
  const lower = html.toLowerCase();
  const kept: string[] = [];
  let at = 0;
  for (let from = lower.indexOf(open); from !== -1; from = lower.indexOf(open, at)) {
    kept.push(html.slice(at, from));
    const end = lower.indexOf(close, from + open.length);
    if (end === -1) return kept.join("");
    at = end + close.length;
  }
  kept.push(html.slice(at));
  return kept.join("");
}

/** Whether the HTML beside a file says what is in it: Word and Excel put a picture of the copied text there as well. */
export function hasWords(html: string): boolean {
  let body = without(html, "<!--", "-->");
  for (const name of ["style", "script", "title", "xml"]) body = without(body, `<${name}`, `</${name}>`);
  return /[^\s\u00a0]/.test(without(body, "<", ">").replaceAll("&nbsp;", ""));
}

export function pastePlan(on: OnClipboard, place: PastePlace): PastePlan {
  if (on.files > 0 && !hasWords(on.html)) return { kind: "none" };
  if (on.text === "" && on.html === "") return { kind: "none" };
  if (on.text.length > MAX_TEXT || on.html.length > MAX_HTML) return { kind: "too-large" };
  if (place.inCode || place.plain) return { kind: "plain" };
  const address = on.text.trim();
  if (place.onWords && !/\s/.test(address) && isSafeHref(address)) return { kind: "link", href: address };
  const mode = modeOf(on.vscode);
  const text = on.text.replace(/\r\n?/g, "\n");
  if (mode !== null && mode !== "plaintext" && mode !== "markdown") {
    return text.includes("\n")
      ? { kind: "code", text: text.replace(/\n$/, ""), language: mode }
      : { kind: "code-in-line", text };
  }
  if (on.html !== "" && mode === null) return { kind: "html" };
  return looksLikeMarkdown(text) ? { kind: "markdown", text } : { kind: "text" };
}

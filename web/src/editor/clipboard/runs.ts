import { isSafeHref } from "@palimpsest/schema";
import { declarations, groundName, inkName } from "./css.ts";
import { plainTarget } from "./plainTarget.ts";
import type { Source } from "./source.ts";

/** How the words at a place look, as far as a document can say it. */
export interface Look {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly strike: boolean;
  readonly code: boolean;
  readonly script: "sub" | "sup" | null;
  /** The name of a colour, "" for a mark without one. */
  readonly ground: string | null;
  readonly ink: string | null;
  readonly href: string | null;
  /** Whether line ends in the source are line ends. */
  readonly lines: boolean;
}

export const plain: Look = {
  bold: false,
  italic: false,
  underline: false,
  strike: false,
  code: false,
  script: null,
  ground: null,
  ink: null,
  href: null,
  lines: false,
};

const byTag: Readonly<Record<string, Partial<Look>>> = {
  b: { bold: true },
  strong: { bold: true },
  i: { italic: true },
  em: { italic: true },
  cite: { italic: true },
  dfn: { italic: true },
  var: { italic: true },
  u: { underline: true },
  ins: { underline: true },
  s: { strike: true },
  strike: { strike: true },
  del: { strike: true },
  code: { code: true },
  kbd: { code: true },
  samp: { code: true },
  tt: { code: true },
  sub: { script: "sub" },
  sup: { script: "sup" },
  mark: { ground: "" },
};

function weight(value: string | undefined): boolean | null {
  if (value === undefined) return null;
  if (/^bold/i.test(value)) return true;
  const number = Number.parseInt(value, 10);
  if (Number.isFinite(number)) return number >= 600;
  return /^(?:normal|lighter)/i.test(value) ? false : null;
}

function byStyle(element: Element, source: Source): Partial<Look> {
  const style = declarations(element);
  if (style.size === 0) return {};
  const look: { -readonly [K in keyof Look]?: Look[K] } = {};
  const bold = weight(style.get("font-weight"));
  if (bold !== null) look.bold = bold;
  const slant = style.get("font-style");
  if (slant !== undefined) look.italic = /^(?:italic|oblique)/i.test(slant);
  const line = `${style.get("text-decoration") ?? ""} ${style.get("text-decoration-line") ?? ""}`;
  if (/underline/i.test(line)) look.underline = true;
  if (/line-through/i.test(line)) look.strike = true;
  const vertical = style.get("vertical-align");
  // Sheets lay out whole cells so.
  if (source !== "sheet" && /^su(?:b|per)$/i.test(vertical ?? ""))
    look.script = vertical === "sub" ? "sub" : "sup";
  const spaces = style.get("white-space");
  if (spaces !== undefined) look.lines = /^(?:pre|break-spaces)/i.test(spaces) && source !== "google-docs";
  // A web page's colours are how all of it looks, not what its author said about a word.
  if (source === "web" || source === "sheet") return look;
  const ink = style.get("color") ?? (element.tagName === "FONT" ? element.getAttribute("color") : null);
  if (ink) look.ink = inkName(ink);
  const ground = style.get("background-color") ?? style.get("background");
  if (ground && /^(?:SPAN|FONT|B|I|U|S|A|MARK)$/.test(element.tagName)) {
    const name = groundName(ground);
    look.ground = name === "yellow" ? "" : name;
  }
  return look;
}

/** How the words in an element look. */
export function lookIn(element: Element, outer: Look, source: Source): Look {
  const tag = element.tagName.toLowerCase();
  const font =
    tag === "font" && source !== "web" ? { ink: inkName(element.getAttribute("color") ?? "") } : {};
  const marked = tag === "mark" ? { ground: element.getAttribute("data-color") ?? "" } : byTag[tag];
  const look = { ...outer, ...marked, ...font, ...byStyle(element, source) };
  if (tag !== "a") return look;
  const target = plainTarget(element.getAttribute("href") ?? "");
  return isSafeHref(target) ? { ...look, href: target } : look;
}

/** The words with their look as the schema writes it. What a heading or a link is anyway is not said again. */
export function run(text: string, look: Look, inHeading: boolean, document: Document): Node {
  let node: Node = document.createTextNode(text);
  const wrap = (tag: string, attributes: Readonly<Record<string, string>> = {}) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(node);
    node = element;
  };
  if (look.code) wrap("code");
  if (look.script !== null) wrap(look.script);
  if (look.strike) wrap("s");
  if (look.underline && look.href === null) wrap("u");
  if (look.italic) wrap("em");
  if (look.bold && !inHeading) wrap("strong");
  if (look.ink !== null && look.href === null && !inHeading && !look.code)
    wrap("span", { "data-color": look.ink });
  if (look.ground !== null && !look.code)
    wrap("mark", look.ground === "" ? {} : { "data-color": look.ground });
  if (look.href !== null) wrap("a", { href: look.href });
  return node;
}

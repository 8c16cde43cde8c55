import { isSafeHref, type JSONMark, type JSONNode } from "@palimpsest/schema";
import {
  ExternalHyperlink,
  type IRunOptions,
  type ParagraphChild,
  ShadingType,
  TextRun,
  UnderlineType,
} from "docx";
import { colourOf, grounds, inks } from "../palette.ts";

/** What XML cannot hold. */
const unwritable = /[\p{Cs}\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu;

export function writable(text: string): string {
  return text.replace(unwritable, "\ufffd");
}

type Look = { -readonly [K in keyof IRunOptions]: IRunOptions[K] };

function lookOf(marks: readonly JSONMark[]): Look {
  const look: Look = {};
  for (const { type, attrs } of marks) {
    switch (type) {
      case "bold":
        look.bold = true;
        break;
      case "italic":
        look.italics = true;
        break;
      case "underline":
        look.underline = { type: UnderlineType.SINGLE };
        break;
      case "strike":
        look.strike = true;
        break;
      case "subscript":
        look.subScript = true;
        break;
      case "superscript":
        look.superScript = true;
        break;
      case "code":
        look.style = "CodeText";
        break;
      case "link":
        if (isSafeHref(attrs?.href)) look.style = "Hyperlink";
        break;
      case "textColor": {
        const color = colourOf(inks, attrs?.color);
        if (color !== undefined) look.color = color;
        break;
      }
      case "highlight":
        look.shading = {
          type: ShadingType.CLEAR,
          fill: colourOf(grounds, attrs?.color) ?? grounds.yellow ?? "",
        };
    }
  }
  return look;
}

function hrefOf(node: JSONNode): string | null {
  const href = node.marks?.find(({ type }) => type === "link")?.attrs?.href;
  return isSafeHref(href) ? href : null;
}

function run(node: JSONNode, extra: Look): TextRun {
  const look = { ...lookOf(node.marks ?? []), ...extra };
  switch (node.type) {
    case "hardBreak":
      return new TextRun({ break: 1 });
    case "inlineMath":
      return new TextRun({ ...look, text: writable(String(node.attrs?.latex ?? "")), style: "Formula" });
    case "mention":
      return new TextRun({ ...look, text: writable(`@${String(node.attrs?.label ?? "")}`), bold: true });
    default:
      return new TextRun({ ...look, text: writable(node.text ?? "") });
  }
}

/** A line of text, with neighbours that lead to the same place in one link. */
export function runsOf(nodes: readonly JSONNode[], extra: Look = {}): ParagraphChild[] {
  const written: ParagraphChild[] = [];
  for (let at = 0; at < nodes.length; ) {
    const href = hrefOf(nodes[at] as JSONNode);
    let to = at + 1;
    while (to < nodes.length && hrefOf(nodes[to] as JSONNode) === href) to++;
    const runs = nodes.slice(at, to).map((node) => run(node, extra));
    written.push(...(href === null ? runs : [new ExternalHyperlink({ link: href, children: runs })]));
    at = to;
  }
  return written;
}

/** Lines of code: Word would join what only a line end parts. */
export function codeRuns(text: string): TextRun[] {
  return writable(text)
    .split("\n")
    .map((line, at) => new TextRun(at === 0 ? { text: line } : { text: line, break: 1 }));
}

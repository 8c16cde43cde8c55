import { type JSONNode, readDocument } from "./documentJSON.ts";
import { plainLine } from "./escapeMarkdown.ts";
import { markdownInline } from "./markdownInline.ts";
import { markdownTable } from "./markdownTable.ts";

const inlineTypes: ReadonlySet<string> = new Set(["text", "hardBreak"]);
const listTypes: ReadonlySet<string> = new Set(["bulletList", "taskList", "orderedList"]);

// An empty task is no task in GFM, and neighbouring quotes are one quote: a comment keeps them, and is read as nothing.
const invisible = "<!-- -->";

function integer(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
    ? value
    : otherwise;
}

function codeBlock(node: JSONNode): string {
  const text = (node.content ?? [])
    .map((child) => child.text ?? "")
    .join("")
    .replace(/\r\n|\r/g, "\n");
  const longest = (text.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 2);
  const fence = "`".repeat(longest + 1);
  const name = node.attrs?.language;
  const language = typeof name === "string" ? (/^[^\s`]+/.exec(plainLine(name))?.[0] ?? "") : "";
  const info = language.replace(/\\|&(?=#?[A-Za-z0-9]+;)/g, "\\$&");
  return `${fence}${info}\n${text.replaceAll("\0", "\ufffd")}${text === "" ? "" : "\n"}${fence}`;
}

function heading(node: JSONNode): string {
  const sign = "#".repeat(integer(node.attrs?.level, 1, 6, 1));
  const text = markdownInline(node.content ?? [], "heading");
  return text === "" ? sign : `${sign} ${text}`;
}

function quote(node: JSONNode): string {
  return blocks(node.content ?? [], false)
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}

function item(node: JSONNode, marker: string): string {
  const content = node.content ?? [];
  const indent = " ".repeat(marker.length + 1);
  const indented = (body: string) => body.replace(/\n(?=[^\n])/g, `\n${indent}`);
  if (node.type === "taskItem") {
    const [first, ...rest] = splitTask(content);
    const box = node.attrs?.checked === true ? "[x]" : "[ ]";
    const text = markdownInline(first?.content ?? [], "paragraph") || invisible;
    const below = blocks(rest, true);
    return indented(
      `${marker} ${box} ${text}${below === "" ? "" : `\n${opensTight(rest) ? "" : "\n"}${below}`}`,
    );
  }
  const body = blocks(content, true);
  if (body === "") return marker;
  // "- - -" would be a rule, so a list that follows no text starts on a line of its own.
  return indented(/^(?:[-*]|\d{1,9}[.)])(?:\s|$)/.test(body) ? `${marker}\n${body}` : `${marker} ${body}`);
}

/** A task's first paragraph and what follows it; hostile input may lack the paragraph. */
function splitTask(content: readonly JSONNode[]): [JSONNode | undefined, ...JSONNode[]] {
  const [first, ...rest] = content;
  return first?.type === "paragraph" ? [first, ...rest] : [undefined, ...content];
}

/** Whether a list may follow a paragraph's line directly; an empty first item or a start other than 1 may not. */
function opensTight(nodes: readonly JSONNode[]): boolean {
  const list = nodes[0];
  if (list === undefined || !listTypes.has(list.type)) return false;
  if (list.type === "orderedList" && integer(list.attrs?.start, 0, 999_999_999, 1) !== 1) return false;
  const text = list.content?.[0]?.content?.[0];
  return text?.type === "paragraph" && (text.content ?? []).length > 0;
}

function list(node: JSONNode, marker: string): string {
  const start = integer(node.attrs?.start, 0, 999_999_999, 1);
  return (node.content ?? [])
    .map((child, index) =>
      item(child, node.type === "orderedList" ? `${Math.min(start + index, 999_999_999)}${marker}` : marker),
    )
    .join("\n");
}

function block(node: JSONNode, marker: string, first: boolean): string {
  switch (node.type) {
    case "paragraph":
      return markdownInline(node.content ?? [], "paragraph");
    case "heading":
      return heading(node);
    case "horizontalRule":
      // "---" at the very start is front matter to many tools, and after "- " it is not an item.
      return first ? "___" : "---";
    case "codeBlock":
      return codeBlock(node);
    case "blockquote":
      return quote(node);
    case "bulletList":
    case "taskList":
    case "orderedList":
      return list(node, marker);
    case "table":
      return markdownTable(node);
    case "text":
    case "hardBreak":
      return markdownInline([node], "paragraph");
    default: {
      // A node of a newer schema: what it holds is kept.
      const content = node.content ?? [];
      return content.some((child) => inlineTypes.has(child.type))
        ? markdownInline(content, "paragraph")
        : blocks(content, false);
    }
  }
}

function blocks(nodes: readonly JSONNode[], inItem: boolean): string {
  let written = "";
  // A line "<br>" begins a block of HTML, which lasts to the next blank line.
  let last = "";
  let previous: { readonly type: string; readonly marker: string } | undefined;
  for (const [index, node] of nodes.entries()) {
    const ordered = node.type === "orderedList";
    const [marker, other] = ordered ? [".", ")"] : ["-", "*"];
    // Neighbouring lists with the same sign would be one list.
    const sign = previous?.marker === marker ? (other ?? "") : (marker ?? "");
    const text = block(node, sign, written === "");
    if (text === "") continue;
    if (written !== "") {
      const quotes = previous?.type === "blockquote" && node.type === "blockquote";
      const tight =
        inItem &&
        previous?.type === "paragraph" &&
        last !== "<br>" &&
        opensTight(nodes.slice(index, index + 1));
      written += quotes ? `\n\n${invisible}\n\n` : tight ? "\n" : "\n\n";
    }
    written += text;
    last = text;
    previous = { type: node.type, marker: listTypes.has(node.type) ? sign : "" };
  }
  return written;
}

/**
 * Writes a document as Markdown (CommonMark and GFM) that `markdownToJSON` reads back as the same document.
 *
 * Underline, highlight, subscript and superscript are written as `<u>`, `<mark>`, `<sub>`, `<sup>`, and so are bold, italic and strike
 * where signs would not be read as such (`<strong>`, in the middle of a word for example). Lost: alignment of paragraphs, empty
 * paragraphs, list numbering styles, merged cells and blocks in cells (see the table's own rules), links to refused addresses.
 * Unknown nodes and marks leave their text. Accepts any value, never throws; ends with a newline unless empty.
 */
export function jsonToMarkdown(json: unknown): string {
  const markdown = blocks(readDocument(json).content ?? [], false);
  return markdown === "" ? "" : `${markdown}\n`;
}

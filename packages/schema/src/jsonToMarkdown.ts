import { alertMarker } from "./alert.ts";
import { calloutKind } from "./callout.ts";
import { type JSONNode, readDocument } from "./documentJSON.ts";
import { plainLine } from "./escapeMarkdown.ts";
import { summaryHTML } from "./htmlInline.ts";
import type { AssetAddress } from "./image.ts";
import { inlineTypes } from "./inlineTypes.ts";
import { blockMathMarkdown, fileMarkdown, imageMarkdown } from "./markdownAtoms.ts";
import { markdownInline } from "./markdownInline.ts";
import { markdownTable } from "./markdownTable.ts";

const quoteTypes: ReadonlySet<string> = new Set(["blockquote", "callout"]);
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

function heading(node: JSONNode, assetAddress: AssetAddress): string {
  const sign = "#".repeat(integer(node.attrs?.level, 1, 6, 1));
  const text = markdownInline(node.content ?? [], "heading", assetAddress);
  return text === "" ? sign : `${sign} ${text}`;
}

function quote(text: string): string {
  return text
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
}

function callout(node: JSONNode, assetAddress: AssetAddress): string {
  const marker = alertMarker(calloutKind(node.attrs?.kind));
  const content = node.content ?? [];
  const text = blocks(content, false, assetAddress);
  // What is no paragraph may not be able to begin on the line behind one.
  const isTight = content[0]?.type === "paragraph" && (content[0].content ?? []).length > 0;
  return quote(text === "" ? marker : `${marker}\n${isTight ? "" : "\n"}${text}`);
}

function details(node: JSONNode, assetAddress: AssetAddress): string {
  const [first, ...rest] = node.content ?? [];
  const hasSummary = first?.type === "detailsSummary";
  const summary = `<summary>${summaryHTML(hasSummary ? (first.content ?? []) : [])}</summary>`;
  const text = blocks(hasSummary ? rest : (node.content ?? []), false, assetAddress);
  return ["<details>", summary, ...(text === "" ? [] : ["", text]), "", "</details>"].join("\n");
}

function item(node: JSONNode, marker: string, assetAddress: AssetAddress): string {
  const content = node.content ?? [];
  const indent = " ".repeat(marker.length + 1);
  const indented = (body: string) => body.replace(/\n(?=[^\n])/g, `\n${indent}`);
  if (node.type === "taskItem") {
    const [first, ...rest] = splitTask(content);
    const box = node.attrs?.checked === true ? "[x]" : "[ ]";
    const text = markdownInline(first?.content ?? [], "paragraph", assetAddress) || invisible;
    const below = blocks(rest, true, assetAddress);
    return indented(
      `${marker} ${box} ${text}${below === "" ? "" : `\n${opensTight(rest) ? "" : "\n"}${below}`}`,
    );
  }
  const body = blocks(content, true, assetAddress);
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

function list(node: JSONNode, marker: string, assetAddress: AssetAddress): string {
  const start = integer(node.attrs?.start, 0, 999_999_999, 1);
  return (node.content ?? [])
    .map((child, index) =>
      item(
        child,
        node.type === "orderedList" ? `${Math.min(start + index, 999_999_999)}${marker}` : marker,
        assetAddress,
      ),
    )
    .join("\n");
}

function block(node: JSONNode, marker: string, first: boolean, assetAddress: AssetAddress): string {
  switch (node.type) {
    case "paragraph":
      return markdownInline(node.content ?? [], "paragraph", assetAddress);
    case "heading":
      return heading(node, assetAddress);
    case "horizontalRule":
      // "---" at the very start is front matter to many tools, and after "- " it is not an item.
      return first ? "___" : "---";
    case "codeBlock":
      return codeBlock(node);
    case "blockquote":
      return quote(blocks(node.content ?? [], false, assetAddress));
    case "callout":
      return callout(node, assetAddress);
    case "details":
      return details(node, assetAddress);
    case "image":
      return imageMarkdown(node, false, assetAddress);
    case "file":
      return fileMarkdown(node, false, assetAddress);
    case "blockMath":
      return blockMathMarkdown(node);
    case "bulletList":
    case "taskList":
    case "orderedList":
      return list(node, marker, assetAddress);
    case "table":
      return markdownTable(node, assetAddress);
    default: {
      if (inlineTypes.has(node.type)) return markdownInline([node], "paragraph", assetAddress);
      // A node of a newer schema: what it holds is kept.
      const content = node.content ?? [];
      return content.some((child) => inlineTypes.has(child.type))
        ? markdownInline(content, "paragraph", assetAddress)
        : blocks(content, false, assetAddress);
    }
  }
}

function blocks(nodes: readonly JSONNode[], inItem: boolean, assetAddress: AssetAddress): string {
  let written = "";
  // A line "<br>" begins a block of HTML, which lasts to the next blank line.
  let last = "";
  let previous: { readonly type: string; readonly marker: string } | undefined;
  for (const [index, node] of nodes.entries()) {
    const ordered = node.type === "orderedList";
    const [marker, other] = ordered ? [".", ")"] : ["-", "*"];
    // Neighbouring lists with the same sign would be one list.
    const sign = previous?.marker === marker ? (other ?? "") : (marker ?? "");
    const text = block(node, sign, written === "", assetAddress);
    if (text === "") continue;
    if (written !== "") {
      const quotes = quoteTypes.has(previous?.type ?? "") && quoteTypes.has(node.type);
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

export interface MarkdownExport {
  /** Where readers find an asset of the document; without it assets are written as `asset:<id>`, which only the document knows. */
  readonly assetAddress?: AssetAddress;
}

/**
 * Writes a document as Markdown (CommonMark and GFM) that `markdownToJSON` reads back as the same document.
 *
 * Callouts are GitHub's alerts, toggles `<details>`, formulas `$x$` and `$$`, mentions `[@name](mention:id)`, files links with a comment
 * that says what they are, pictures with a width, place or ratio `<img>`. Underline, colours, subscript and superscript are written as
 * `<u>`, `<mark>`, `<span data-color>`, `<sub>`, `<sup>`, and so are bold, italic and strike where signs would not be read as such
 * (`<strong>`, in the middle of a word for example). Lost: alignment, ground colour and direction of blocks, empty paragraphs, list
 * numbering styles, merged cells and blocks in cells but pictures and files (see the table's own rules), links to refused addresses.
 * Unknown nodes and marks leave their text. Accepts any value, never throws; ends with a newline unless empty.
 */
export function jsonToMarkdown(json: unknown, { assetAddress = () => null }: MarkdownExport = {}): string {
  const markdown = blocks(readDocument(json).content ?? [], false, assetAddress);
  return markdown === "" ? "" : `${markdown}\n`;
}

import { calloutKind } from "./callout.ts";
import { colourName } from "./colours.ts";
import { alignments } from "./documentExtensions.ts";
import { type JSONNode, readDocument } from "./documentJSON.ts";
import { attribute, escapeHTML } from "./escapeHTML.ts";
import { fileMime, fileName, fileSize } from "./file.ts";
import { inlineHTML, latexOf } from "./htmlInline.ts";
import { type AssetAddress, imageAlignment, imageRatio, imageWidth } from "./image.ts";
import { assetIdOf, isSafeImageSource } from "./imageSource.ts";
import { inlineTypes } from "./inlineTypes.ts";
import { MAX_SPAN } from "./tableCells.ts";

/** Letters that are written from right to left, as the start of a word. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** An attribute as the integer it should be. Ours is not the only writer: a stored value can be anything. */
function integer(value: unknown, least: number, most: number, otherwise: number): number {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most
    ? value
    : otherwise;
}

function alignment(value: unknown): string {
  return typeof value === "string" && alignments.includes(value)
    ? attribute("style", `text-align: ${value}`)
    : "";
}

/** Direction: as chosen, else the text's own where it may not be the page's. */
function direction(node: JSONNode): string {
  const { dir } = node.attrs ?? {};
  if (dir === "ltr" || dir === "rtl") return attribute("dir", dir);
  const isMixed = node.content?.some((child) => rightToLeft.test(child.text ?? ""));
  return isMixed ? attribute("dir", "auto") : "";
}

/** Ground colour and direction of a block. */
function look(node: JSONNode): string {
  return attribute("data-tint", colourName(node.attrs?.tint)) + direction(node);
}

/** Children as blocks, or as a line of text where any of them is inline. */
function children(node: JSONNode, assetAddress: AssetAddress): string {
  const content = node.content ?? [];
  if (content.some((child) => inlineTypes.has(child.type))) return inlineHTML(content);
  return content.map((child) => block(child, assetAddress)).join("");
}

function widthsOf(cell: JSONNode): (number | null)[] {
  const columns = integer(cell.attrs?.colspan, 1, MAX_SPAN, 1);
  const widths: unknown = cell.attrs?.colwidth;
  const list: unknown[] = Array.isArray(widths) ? widths : [];
  return Array.from({ length: columns }, (_, index) => {
    const width = list[index];
    return typeof width === "number" && Number.isFinite(width) && width > 0 ? width : null;
  });
}

/** The widths of the columns as the first row says them, for who shows the table; each cell says its own to the editor. */
function columns(table: JSONNode): string {
  const widths = (table.content?.[0]?.content ?? []).flatMap(widthsOf);
  if (widths.every((width) => width === null)) return "";
  const column = (width: number | null) =>
    `<col${width === null ? "" : attribute("style", `width: ${width}px`)}>`;
  return `<colgroup>${widths.map(column).join("")}</colgroup>`;
}

function cell(node: JSONNode, tag: "td" | "th", assetAddress: AssetAddress): string {
  const columns = integer(node.attrs?.colspan, 1, MAX_SPAN, 1);
  const rows = integer(node.attrs?.rowspan, 1, MAX_SPAN, 1);
  const widths: unknown = node.attrs?.colwidth;
  const isSized = Array.isArray(widths) && widths.length <= MAX_SPAN && widths.every(Number.isFinite);
  const attributes = [
    attribute("colspan", columns > 1 ? columns : null),
    attribute("rowspan", rows > 1 ? rows : null),
    attribute("colwidth", isSized ? widths.join(",") : null),
    alignment(node.attrs?.align),
  ];
  return `<${tag}${attributes.join("")}>${children(node, assetAddress)}</${tag}>`;
}

function task(node: JSONNode, assetAddress: AssetAddress): string {
  const checked = node.attrs?.checked === true;
  const box = `<label><input type="checkbox"${checked ? " checked" : ""}><span></span></label>`;
  const content = `<div>${children(node, assetAddress)}</div>`;
  return `<li${direction(node)} data-type="taskItem" data-checked="${checked}">${box}${content}</li>`;
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function image(node: JSONNode, assetAddress: AssetAddress): string {
  const { src, alt, caption, width, align, ratio } = node.attrs ?? {};
  const id = assetIdOf(src);
  const address = id === null ? (isSafeImageSource(src) ? src : null) : assetAddress(id);
  const words = text(caption);
  if (id === null && address === null)
    return words || text(alt) ? `<p>${escapeHTML(words ?? String(alt))}</p>` : "";
  const attributes = [
    attribute("src", address),
    attribute("data-asset", id === null ? null : `asset:${id}`),
    ` alt="${escapeHTML(text(alt) ?? "")}"`,
    attribute("width", imageWidth(width)),
    attribute("data-align", imageAlignment(align)),
    attribute("data-ratio", imageRatio(ratio)),
  ];
  const picture = `<img${attributes.join("")}>`;
  return words === null
    ? picture
    : `<figure>${picture}<figcaption>${escapeHTML(words)}</figcaption></figure>`;
}

function file(node: JSONNode, assetAddress: AssetAddress): string {
  const { src, size, mime } = node.attrs ?? {};
  const name = fileName(node.attrs?.name) ?? "";
  const id = assetIdOf(src);
  if (id === null) return name === "" ? "" : `<p>${escapeHTML(name)}</p>`;
  const address = assetAddress(id);
  const attributes = [
    attribute("data-asset", `asset:${id}`),
    attribute("href", address),
    address === null ? "" : ` download="${escapeHTML(name)}"`,
    attribute("data-size", fileSize(size)),
    attribute("data-mime", fileMime(mime)),
  ];
  return `<a data-type="file"${attributes.join("")}>${escapeHTML(name)}</a>`;
}

function block(node: JSONNode, assetAddress: AssetAddress): string {
  const inside = () => children(node, assetAddress);
  switch (node.type) {
    case "paragraph":
      return `<p${look(node)}${alignment(node.attrs?.textAlign)}>${inside()}</p>`;
    case "heading": {
      const level = integer(node.attrs?.level, 1, 6, 1);
      return `<h${level}${look(node)}${alignment(node.attrs?.textAlign)}>${inside()}</h${level}>`;
    }
    case "blockquote":
      return `<blockquote${look(node)}>${inside()}</blockquote>`;
    case "callout":
      return `<div data-kind="${calloutKind(node.attrs?.kind)}" data-type="callout">${inside()}</div>`;
    case "details":
      return `<details>${inside()}</details>`;
    case "detailsSummary":
      return `<summary${direction(node)}>${inside()}</summary>`;
    case "detailsContent":
      return `<div data-type="detailsContent">${inside()}</div>`;
    case "image":
      return image(node, assetAddress);
    case "file":
      return file(node, assetAddress);
    case "blockMath": {
      const latex = escapeHTML(latexOf(node));
      return `<div data-type="block-math" data-latex="${latex}">${latex}</div>`;
    }
    case "horizontalRule":
      return "<hr>";
    case "codeBlock": {
      const language = node.attrs?.language;
      const name =
        typeof language === "string" && /^[^\s]{1,60}$/.test(language) ? `language-${language}` : null;
      return `<pre><code${attribute("class", name)}>${inside()}</code></pre>`;
    }
    case "bulletList":
      return `<ul${look(node)}>${inside()}</ul>`;
    case "orderedList": {
      const start = integer(node.attrs?.start, 0, 999_999_999, 1);
      const type = node.attrs?.type;
      const style = typeof type === "string" && /^[1aAiI]$/.test(type) ? type : null;
      const numbering = attribute("start", start === 1 ? null : start) + attribute("type", style);
      return `<ol${look(node)}${numbering}>${inside()}</ol>`;
    }
    case "listItem":
      return `<li${direction(node)}>${inside()}</li>`;
    case "taskList":
      return `<ul${look(node)} data-type="taskList">${inside()}</ul>`;
    case "taskItem":
      return task(node, assetAddress);
    case "table":
      return `<table>${columns(node)}<tbody>${inside()}</tbody></table>`;
    case "tableRow":
      return `<tr>${inside()}</tr>`;
    case "tableHeader":
      return cell(node, "th", assetAddress);
    case "tableCell":
      return cell(node, "td", assetAddress);
    default:
      if (inlineTypes.has(node.type)) return inlineHTML([node]);
      // A node of a newer schema: what it holds is kept, in a paragraph if it is text.
      return (node.content ?? []).some((child) => inlineTypes.has(child.type))
        ? `<p>${inside()}</p>`
        : inside();
  }
}

export interface HTMLExport {
  /** Where readers find an asset of the document; without it pictures and files have no address, only their asset's name. */
  readonly assetAddress?: AssetAddress;
}

/**
 * Writes a document as an HTML fragment that the editor's own paste reads back, without a DOM.
 *
 * Safe to put into a page: every tag and attribute name is one of this module's, every value and text is escaped, links point to
 * https, http or mailto and pictures to https only (others leave their text). Unknown nodes and marks leave their text. There is no
 * white space between the tags: all of it is text. Accepts any value, never throws.
 */
export function jsonToHTML(json: unknown, { assetAddress = () => null }: HTMLExport = {}): string {
  return (readDocument(json).content ?? []).map((node) => block(node, assetAddress)).join("");
}

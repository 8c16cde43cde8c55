import { alignments } from "./documentExtensions.ts";
import { type JSONMark, type JSONNode, readDocument } from "./documentJSON.ts";
import { type Inline, inlineTree } from "./inlineTree.ts";
import { isSafeHref } from "./safeHref.ts";
import { MAX_SPAN } from "./tableCells.ts";

const tags: Readonly<Record<string, string>> = {
  bold: "strong",
  italic: "em",
  strike: "s",
  underline: "u",
  code: "code",
  highlight: "mark",
  subscript: "sub",
  superscript: "sup",
};

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHTML(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}

/** ` name="value"`, escaped; nothing without a value. Names are written by this file only. */
function attribute(name: string, value: string | number | null): string {
  return value === null || value === "" ? "" : ` ${name}="${escapeHTML(String(value))}"`;
}

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

function known(mark: JSONMark): boolean {
  return mark.type === "link" ? isSafeHref(mark.attrs?.href) : Object.hasOwn(tags, mark.type);
}

function openTag(mark: JSONMark): string {
  if (mark.type !== "link") return `<${tags[mark.type]}>`;
  const title = mark.attrs?.title;
  const tooltip = typeof title === "string" ? attribute("title", title) : "";
  return `<a${attribute("href", String(mark.attrs?.href))}${tooltip} rel="noopener noreferrer nofollow">`;
}

function inline(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "span") {
        const close = node.mark.type === "link" ? "a" : tags[node.mark.type];
        return `${openTag(node.mark)}${inline(node.children)}</${close}>`;
      }
      if (node.node.type === "hardBreak") return "<br>";
      return node.node.type === "text" ? escapeHTML(node.node.text ?? "") : children(node.node);
    })
    .join("");
}

const inlineTypes: ReadonlySet<string> = new Set(["text", "hardBreak"]);

/** Children as blocks, or as a line of text where any of them is inline. */
function children(node: JSONNode): string {
  const content = node.content ?? [];
  if (!content.some((child) => inlineTypes.has(child.type))) return content.map(block).join("");
  return inline(inlineTree(content, known, known));
}

function cell(node: JSONNode, tag: "td" | "th"): string {
  const columns = integer(node.attrs?.colspan, 1, MAX_SPAN, 1);
  const rows = integer(node.attrs?.rowspan, 1, MAX_SPAN, 1);
  const spans = `${attribute("colspan", columns > 1 ? columns : null)}${attribute("rowspan", rows > 1 ? rows : null)}`;
  return `<${tag}${spans}${alignment(node.attrs?.align)}>${children(node)}</${tag}>`;
}

function task(node: JSONNode): string {
  const checked = node.attrs?.checked === true;
  const box = `<label><input type="checkbox"${checked ? " checked" : ""}><span></span></label>`;
  return `<li data-type="taskItem" data-checked="${checked}">${box}<div>${children(node)}</div></li>`;
}

function block(node: JSONNode): string {
  switch (node.type) {
    case "text":
    case "hardBreak":
      return inline(inlineTree([node], known, known));
    case "paragraph":
      return `<p${alignment(node.attrs?.textAlign)}>${children(node)}</p>`;
    case "heading": {
      const level = integer(node.attrs?.level, 1, 6, 1);
      return `<h${level}${alignment(node.attrs?.textAlign)}>${children(node)}</h${level}>`;
    }
    case "blockquote":
      return `<blockquote>${children(node)}</blockquote>`;
    case "horizontalRule":
      return "<hr>";
    case "codeBlock": {
      const language = node.attrs?.language;
      const name =
        typeof language === "string" && /^[^\s]{1,60}$/.test(language) ? `language-${language}` : null;
      return `<pre><code${attribute("class", name)}>${children(node)}</code></pre>`;
    }
    case "bulletList":
      return `<ul>${children(node)}</ul>`;
    case "orderedList": {
      const start = integer(node.attrs?.start, 0, 999_999_999, 1);
      const type = node.attrs?.type;
      const style = typeof type === "string" && /^[1aAiI]$/.test(type) ? type : null;
      return `<ol${attribute("start", start === 1 ? null : start)}${attribute("type", style)}>${children(node)}</ol>`;
    }
    case "listItem":
      return `<li>${children(node)}</li>`;
    case "taskList":
      return `<ul data-type="taskList">${children(node)}</ul>`;
    case "taskItem":
      return task(node);
    case "table":
      return `<table><tbody>${children(node)}</tbody></table>`;
    case "tableRow":
      return `<tr>${children(node)}</tr>`;
    case "tableHeader":
      return cell(node, "th");
    case "tableCell":
      return cell(node, "td");
    default:
      // A node of a newer schema: what it holds is kept, in a paragraph if it is text.
      return (node.content ?? []).some((child) => inlineTypes.has(child.type))
        ? `<p>${children(node)}</p>`
        : children(node);
  }
}

/**
 * Writes a document as an HTML fragment that the editor's own paste reads back, without a DOM.
 *
 * Safe to put into a page: every tag and attribute name is one of this module's, every value and text is escaped, links point to
 * https, http or mailto only (others leave their text). Unknown nodes and marks leave their text. Accepts any value, never throws.
 */
export function jsonToHTML(json: unknown): string {
  return (readDocument(json).content ?? []).map(block).join("");
}

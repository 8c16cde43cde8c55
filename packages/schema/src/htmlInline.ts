import { colourName } from "./colours.ts";
import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { attribute, escapeHTML } from "./escapeHTML.ts";
import { encodeSpaces } from "./escapeMarkdown.ts";
import { type Inline, inlineTree } from "./inlineTree.ts";
import { inlineTypes } from "./inlineTypes.ts";
import { mentionId, mentionLabel } from "./mention.ts";
import { isSafeHref } from "./safeHref.ts";

const tags: Readonly<Record<string, string>> = {
  link: "a",
  bold: "strong",
  italic: "em",
  strike: "s",
  underline: "u",
  code: "code",
  highlight: "mark",
  textColor: "span",
  subscript: "sub",
  superscript: "sup",
};

function known(mark: JSONMark): boolean {
  if (mark.type === "link") return isSafeHref(mark.attrs?.href);
  if (mark.type === "textColor") return colourName(mark.attrs?.color) !== null;
  return Object.hasOwn(tags, mark.type);
}

function attributesOf(mark: JSONMark): string {
  if (mark.type !== "link") return attribute("data-color", colourName(mark.attrs?.color));
  const title = mark.attrs?.title;
  const tooltip = typeof title === "string" ? attribute("title", title) : "";
  return `${attribute("href", String(mark.attrs?.href))}${tooltip} rel="noopener noreferrer nofollow"`;
}

/** A node's LaTeX, as text. */
export function latexOf(node: JSONNode): string {
  return typeof node.attrs?.latex === "string" ? node.attrs.latex : "";
}

function leaf(node: JSONNode): string {
  switch (node.type) {
    case "text":
      return escapeHTML(node.text ?? "");
    case "hardBreak":
      return "<br>";
    case "inlineMath": {
      const latex = escapeHTML(latexOf(node));
      return `<span data-type="inline-math" data-latex="${latex}">${latex}</span>`;
    }
    case "mention": {
      const label = escapeHTML(mentionLabel(node.attrs?.label));
      const id = attribute("data-id", mentionId(node.attrs?.id));
      return `<span data-type="mention"${id} data-label="${label}">@${label}</span>`;
    }
    default:
      return inlineHTML(node.content ?? []);
  }
}

function write(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => {
      if (node.kind === "leaf") return leaf(node.node);
      const tag = tags[node.mark.type];
      return `<${tag}${attributesOf(node.mark)}>${write(node.children)}</${tag}>`;
    })
    .join("");
}

/** A line of text as HTML. */
export function inlineHTML(nodes: readonly JSONNode[]): string {
  return write(inlineTree(nodes, known, known));
}

/** The line of a `<summary>` in Markdown: one line that begins and ends with no space that would be trimmed. */
export function summaryHTML(nodes: readonly JSONNode[]): string {
  const line = (node: JSONNode): JSONNode[] => {
    if (!inlineTypes.has(node.type)) return (node.content ?? []).flatMap(line);
    return [node.type === "text" ? { ...node, text: (node.text ?? "").replace(/[\r\n]+/g, " ") } : node];
  };
  const html = inlineHTML(nodes.flatMap(line))
    .replaceAll("\0", "\ufffd")
    .replace(/[\r\n]/g, "&#10;");
  const start = html.length - html.replace(/^[ \t]+/, "").length;
  const end = Math.max(start, html.trimEnd().length);
  return encodeSpaces(html.slice(0, start)) + html.slice(start, end) + encodeSpaces(html.slice(end));
}

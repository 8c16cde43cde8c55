import { type JSONNode, readDocument } from "./documentJSON.ts";
import { fileName } from "./file.ts";
import { inlineTypes } from "./inlineTypes.ts";
import { mentionLabel } from "./mention.ts";

function string(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function leaf(node: JSONNode): string {
  switch (node.type) {
    case "hardBreak":
      return "\n";
    case "inlineMath":
      return `$${string(node.attrs?.latex)}$`;
    case "mention":
      return `@${mentionLabel(node.attrs?.label)}`;
    default:
      return node.text ?? line(node.content ?? []);
  }
}

function line(nodes: readonly JSONNode[]): string {
  return nodes.map(leaf).join("");
}

function indent(text: string, first: string): string {
  return first + text.replaceAll("\n", `\n${" ".repeat(first.length)}`);
}

function list(node: JSONNode): string {
  const start = node.attrs?.start;
  const from = typeof start === "number" && Number.isInteger(start) ? start : 1;
  return (node.content ?? [])
    .map((item, index) => {
      const text = blocks(item.content ?? [], "\n");
      if (item.type === "taskItem") return indent(text, item.attrs?.checked === true ? "[x] " : "[ ] ");
      return indent(text, node.type === "orderedList" ? `${from + index}. ` : "- ");
    })
    .join("\n");
}

function row(node: JSONNode): string {
  return (node.content ?? []).map((cell) => blocks(cell.content ?? [], " ").replaceAll("\n", " ")).join("\t");
}

function block(node: JSONNode): string {
  const content = node.content ?? [];
  switch (node.type) {
    case "bulletList":
    case "orderedList":
    case "taskList":
      return list(node);
    case "table":
      return content.map(row).join("\n");
    case "blockquote":
      return `> ${blocks(content, "\n\n").replaceAll("\n", "\n> ")}`;
    case "horizontalRule":
      return "---";
    case "image": {
      const words = [string(node.attrs?.alt), string(node.attrs?.caption)];
      return [...new Set(words)].filter((word) => word !== "").join("\n");
    }
    case "file":
      return fileName(node.attrs?.name) ?? "";
    case "blockMath":
      return `$$\n${string(node.attrs?.latex)}\n$$`;
    default:
      return content.some((child) => inlineTypes.has(child.type)) ? line(content) : blocks(content, "\n\n");
  }
}

function blocks(nodes: readonly JSONNode[], separator: string): string {
  if (nodes.some((node) => inlineTypes.has(node.type))) return line(nodes);
  return nodes.map(block).join(separator);
}

/**
 * A document's words as plain text, for search, previews and word counts: blocks apart by an empty line, list markers
 * (`- `, `1. `, `[x] `), cells apart by tabs, quotes behind `> `, formulas as LaTeX between `$`, `@` before who is mentioned, a
 * picture's description and caption, a file's name. Marks are gone. Accepts any value, never throws.
 */
export function jsonToText(json: unknown): string {
  return blocks(readDocument(json).content ?? [], "\n\n");
}

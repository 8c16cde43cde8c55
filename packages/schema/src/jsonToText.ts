import { type JSONNode, readDocument } from "./documentJSON.ts";

const inlineTypes: ReadonlySet<string> = new Set(["text", "hardBreak"]);

function line(nodes: readonly JSONNode[]): string {
  return nodes
    .map((node) => (node.type === "hardBreak" ? "\n" : (node.text ?? line(node.content ?? []))))
    .join("");
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
 * (`- `, `1. `, `[x] `), cells apart by tabs, quotes behind `> `. Marks are gone. Accepts any value, never throws.
 */
export function jsonToText(json: unknown): string {
  return blocks(readDocument(json).content ?? [], "\n\n");
}

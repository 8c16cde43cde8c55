import type { Definition, List, ListItem, PhrasingContent, RootContent, Table, TableRow } from "mdast";
import { emptyDocument, type JSONNode, MAX_DEPTH, type ProseMirrorJSON } from "./documentJSON.ts";
import { readHTMLTag } from "./htmlTag.ts";
import { type Definitions, inlineFromMdast, textOf } from "./mdastInline.ts";
import { parseMarkdown } from "./parseMarkdown.ts";

// A table needs five more levels: itself, row, cell, paragraph, text.
const maxContainerDepth = MAX_DEPTH - 6;

function withContent(node: JSONNode, content: JSONNode[]): JSONNode {
  return content.length > 0 ? { ...node, content } : node;
}

/** Nothing but comments and tags without a meaning here (`<div>`). */
function isInvisible(children: readonly PhrasingContent[]): boolean {
  return children.every((child) =>
    child.type === "html" ? readHTMLTag(child.value).kind === "nothing" : /^\s*$/.test(textOf(child)),
  );
}

function paragraph(children: readonly PhrasingContent[], definitions: Definitions): JSONNode[] {
  if (children.some((child) => child.type === "html") && isInvisible(children)) return [];
  const content = inlineFromMdast(children, definitions);
  return [withContent({ type: "paragraph" }, content)];
}

function blocksOrParagraph(blocks: JSONNode[]): JSONNode[] {
  return blocks.length > 0 ? blocks : [{ type: "paragraph" }];
}

function item(node: ListItem, task: boolean, definitions: Definitions, depth: number): JSONNode {
  const blocks = flow(node.children, definitions, depth + 1);
  const first = node.children[0];
  // "- [ ] <!-- -->" is how an empty task is written; its paragraph reads as nothing but was there.
  const emptyFirst = first?.type === "paragraph" && paragraph(first.children, definitions).length === 0;
  const content: JSONNode[] =
    blocks[0]?.type === "paragraph" && !emptyFirst ? blocks : [{ type: "paragraph" }, ...blocks];
  return task
    ? { type: "taskItem", attrs: { checked: node.checked === true }, content }
    : { type: "listItem", content };
}

/** Markdown lists may mix tasks and plain items; the schema's may not, so each run becomes a list of its own. */
function list(node: List, definitions: Definitions, depth: number): JSONNode[] {
  const lists: JSONNode[] = [];
  let start = node.start ?? 1;
  for (const child of node.children) {
    const task = typeof child.checked === "boolean";
    const type = task ? "taskList" : node.ordered === true ? "orderedList" : "bulletList";
    if (lists.at(-1)?.type !== type) {
      const attrs = type === "orderedList" && start !== 1 ? { attrs: { start } } : {};
      lists.push({ type, ...attrs, content: [] });
    }
    lists.at(-1)?.content?.push(item(child, task, definitions, depth + 1));
    start += 1;
  }
  return lists;
}

function table(node: Table, definitions: Definitions): JSONNode[] {
  const columns = node.children[0]?.children.length ?? 0;
  if (columns === 0) return [];
  const row = (source: TableRow, type: string): JSONNode => ({
    type: "tableRow",
    content: Array.from({ length: columns }, (_, column): JSONNode => {
      const inline = inlineFromMdast(source.children[column]?.children ?? [], definitions);
      const align = node.align?.[column];
      return {
        type,
        ...(align ? { attrs: { align } } : {}),
        content: [withContent({ type: "paragraph" }, inline)],
      };
    }),
  });
  return [
    {
      type: "table",
      content: node.children.map((source, index) => row(source, index === 0 ? "tableHeader" : "tableCell")),
    },
  ];
}

/** A block of HTML: what is never shown goes, the rest is read again as a paragraph with tags in it. */
function html(source: string, definitions: Definitions, depth: number): JSONNode[] {
  const visible = source
    .replace(/<!--[\s\S]*?(?:-->|$)/g, "")
    .replace(/<(script|style|template)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, "");
  if (visible.trim() === "") return [];
  return flow(parseMarkdown(visible, false).children, definitions, depth + 1);
}

function flow(nodes: readonly RootContent[], definitions: Definitions, depth: number): JSONNode[] {
  return nodes.flatMap((node): JSONNode[] => {
    if (depth >= maxContainerDepth && "children" in node) {
      const text = textOf(node).replace(/\s+/g, " ");
      return text === "" ? [] : [{ type: "paragraph", content: [{ type: "text", text }] }];
    }
    switch (node.type) {
      case "paragraph":
        return paragraph(node.children, definitions);
      case "heading":
        return [
          withContent(
            { type: "heading", attrs: { level: node.depth } },
            inlineFromMdast(node.children, definitions),
          ),
        ];
      case "thematicBreak":
        return [{ type: "horizontalRule" }];
      case "blockquote": {
        const blocks = flow(node.children, definitions, depth + 1);
        return [{ type: "blockquote", content: blocksOrParagraph(blocks) }];
      }
      case "code": {
        const block: JSONNode = {
          type: "codeBlock",
          ...(node.lang ? { attrs: { language: node.lang } } : {}),
        };
        return [withContent(block, node.value === "" ? [] : [{ type: "text", text: node.value }])];
      }
      case "list":
        return list(node, definitions, depth);
      case "table":
        return table(node, definitions);
      case "html":
        return html(node.value, definitions, depth);
      default:
        return [];
    }
  });
}

function definitionsIn(nodes: readonly RootContent[]): Definitions {
  const found = new Map<string, Definition>();
  const waiting: RootContent[] = nodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node);
    if ("children" in node) waiting.push(...(node.children as RootContent[]).toReversed());
  }
  return found;
}

/**
 * Reads Markdown (CommonMark and GFM: tables, task lists, strikethrough, autolinks) as a document valid under the schema.
 *
 * Any string is accepted. What the schema cannot say degrades to text: images become links with their alt text, links that are
 * not https, http or mailto become plain text, of HTML the tags for marks (`<u>`, `<mark>`, `<sub>`, `<sup>`, `<b>`…) and `<br>` count,
 * comments, scripts and other elements go, and their text stays. Nesting deeper than about 90 containers is flattened, and beyond
 * 1,000 delimiters of a kind in one paragraph they are literal characters, so that 100 kB of anything take about a second.
 * Longer input is the caller's to refuse.
 */
export function markdownToJSON(markdown: string): ProseMirrorJSON {
  const { children } = parseMarkdown(markdown, true);
  const content = flow(children, definitionsIn(children), 1);
  return content.length > 0 ? { type: "doc", content } : emptyDocument();
}

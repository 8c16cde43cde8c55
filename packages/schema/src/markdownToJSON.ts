import type {
  Blockquote,
  Definition,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  RootContent,
  Table,
  TableRow,
} from "mdast";
import { readAlert } from "./alert.ts";
import { emptyDocument, type JSONNode, MAX_DEPTH, type ProseMirrorJSON } from "./documentJSON.ts";
import { FoldedBlocks } from "./foldedBlocks.ts";
import { htmlPieces } from "./htmlPieces.ts";
import { readHTMLTag } from "./htmlTag.ts";
import { inlineFromMdast, type Reading, textOf } from "./mdastInline.ts";
import { parseMarkdown, parseTags } from "./parseMarkdown.ts";
import { moveOutBlocks, splitAtBlocks } from "./splitAtBlocks.ts";

// A table needs five more levels: itself, row, cell, paragraph, text.
const maxContainerDepth = MAX_DEPTH - 6;

function withContent(node: JSONNode, content: JSONNode[]): JSONNode {
  return content.length > 0 ? { ...node, content } : node;
}

function asParagraph(content: JSONNode[]): JSONNode {
  return withContent({ type: "paragraph" }, content);
}

/** Nothing but comments and tags without a meaning here (`<div>`). */
function isInvisible(children: readonly PhrasingContent[]): boolean {
  return children.every((child) =>
    child.type === "html" ? readHTMLTag(child.value).kind === "nothing" : /^\s*$/.test(textOf(child)),
  );
}

function paragraph(children: readonly PhrasingContent[], reading: Reading): JSONNode[] {
  const content = inlineFromMdast(children, reading);
  const hasHTML = children.some((child) => child.type === "html");
  if (hasHTML && content.every(({ type }) => type === "text") && isInvisible(children)) return [];
  return splitAtBlocks(content, asParagraph);
}

function blocksOrParagraph(blocks: JSONNode[]): JSONNode[] {
  return blocks.length > 0 ? blocks : [{ type: "paragraph" }];
}

function item(node: ListItem, task: boolean, reading: Reading, depth: number): JSONNode {
  const blocks = flow(node.children, reading, depth + 1);
  const first = node.children[0];
  // "- [ ] <!-- -->" is how an empty task is written; its paragraph reads as nothing but was there.
  const emptyFirst = first?.type === "paragraph" && paragraph(first.children, reading).length === 0;
  const content: JSONNode[] =
    blocks[0]?.type === "paragraph" && !emptyFirst ? blocks : [{ type: "paragraph" }, ...blocks];
  return task
    ? { type: "taskItem", attrs: { checked: node.checked === true }, content }
    : { type: "listItem", content };
}

/** Markdown lists may mix tasks and plain items; the schema's may not, so each run becomes a list of its own. */
function list(node: List, reading: Reading, depth: number): JSONNode[] {
  const lists: JSONNode[] = [];
  let start = node.start ?? 1;
  for (const child of node.children) {
    const task = typeof child.checked === "boolean";
    const type = task ? "taskList" : node.ordered === true ? "orderedList" : "bulletList";
    if (lists.at(-1)?.type !== type) {
      const attrs = type === "orderedList" && start !== 1 ? { attrs: { start } } : {};
      lists.push({ type, ...attrs, content: [] });
    }
    lists.at(-1)?.content?.push(item(child, task, reading, depth + 1));
    start += 1;
  }
  return lists;
}

function table(node: Table, reading: Reading): JSONNode[] {
  const columns = node.children[0]?.children.length ?? 0;
  if (columns === 0) return [];
  const row = (source: TableRow, type: string): JSONNode => ({
    type: "tableRow",
    content: Array.from({ length: columns }, (_, column): JSONNode => {
      const inline = inlineFromMdast(source.children[column]?.children ?? [], reading);
      const align = node.align?.[column];
      return { type, ...(align ? { attrs: { align } } : {}), content: splitAtBlocks(inline, asParagraph) };
    }),
  });
  return [
    {
      type: "table",
      content: node.children.map((source, index) => row(source, index === 0 ? "tableHeader" : "tableCell")),
    },
  ];
}

function quote(node: Blockquote, reading: Reading, depth: number): JSONNode {
  const alert = readAlert(node, reading.source);
  const blocks = flow(alert?.children ?? node.children, reading, depth + 1);
  const content = blocksOrParagraph(blocks);
  if (alert === null) return { type: "blockquote", content };
  return { type: "callout", attrs: { kind: alert.kind }, content };
}

/** Everything but HTML, which may open what later blocks stand in. */
function blocks(node: RootContent, reading: Reading, depth: number): JSONNode[] {
  if (depth >= maxContainerDepth && "children" in node) return flat(node);
  switch (node.type) {
    case "paragraph":
      return paragraph(node.children, reading);
    case "heading": {
      const { line, blocks } = moveOutBlocks(inlineFromMdast(node.children, reading));
      if (line.length === 0 && blocks.length > 0) return blocks;
      return [withContent({ type: "heading", attrs: { level: node.depth } }, line), ...blocks];
    }
    case "thematicBreak":
      return [{ type: "horizontalRule" }];
    case "blockquote":
      return [quote(node, reading, depth)];
    case "code": {
      const block: JSONNode = {
        type: "codeBlock",
        ...(node.lang ? { attrs: { language: node.lang } } : {}),
      };
      return [withContent(block, node.value === "" ? [] : [{ type: "text", text: node.value }])];
    }
    case "blockMath":
      return [{ type: "blockMath", attrs: { latex: node.value } }];
    case "list":
      return list(node, reading, depth);
    case "table":
      return table(node, reading);
    default:
      return [];
  }
}

function flat(node: Nodes): JSONNode[] {
  const text = textOf(node).replace(/\s+/g, " ");
  return text === "" ? [] : [{ type: "paragraph", content: [{ type: "text", text }] }];
}

function flow(nodes: readonly RootContent[], reading: Reading, depth: number): JSONNode[] {
  const folded = new FoldedBlocks(depth, maxContainerDepth);
  for (const node of nodes) {
    if (node.type !== "html") {
      folded.add(blocks(node, reading, folded.depth));
      continue;
    }
    for (const piece of htmlPieces(node.value)) {
      switch (piece.kind) {
        case "openDetails":
          folded.open();
          break;
        case "closeDetails":
          folded.close();
          break;
        case "summary":
          folded.summary(inlineFromMdast(parseTags(piece.html), reading));
          break;
        case "blockMath":
          folded.add([{ type: "blockMath", attrs: { latex: piece.latex } }]);
          break;
        case "other": {
          const { root, source } = parseMarkdown(piece.html, false);
          folded.add(flow(root.children, { ...reading, source }, folded.depth + 1));
        }
      }
    }
  }
  return folded.finish();
}

function definitionsIn(nodes: readonly RootContent[]): Reading["definitions"] {
  const found = new Map<string, Definition>();
  const waiting: RootContent[] = nodes.toReversed();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === "definition" && !found.has(node.identifier)) found.set(node.identifier, node);
    if ("children" in node) waiting.push(...(node.children as RootContent[]).toReversed());
  }
  return found;
}

export interface MarkdownImport {
  /** The asset that an address stands for, if it is one of the document's own; without it only `asset:<id>` is. */
  readonly ownAsset?: (address: string) => string | null;
}

/**
 * Reads Markdown (CommonMark and GFM: tables, task lists, strikethrough, autolinks) as a document valid under the schema, with
 * GitHub's alerts (`> [!NOTE]`), `<details>`, formulas (`$x$`, `$$`), and what `jsonToMarkdown` writes for files and mentions.
 *
 * Any string is accepted. What the schema cannot say degrades to text: pictures in running text become blocks of their own, those
 * that may not be shown a link or their alt text, links that are not https, http or mailto plain text; of HTML the tags for marks
 * (`<u>`, `<mark>`, `<sub>`, `<sup>`, `<b>`…), `<img>`, `<br>` and `<details>` count, comments, scripts and other elements go, and their
 * text stays. Nesting deeper than about 90 containers is flattened, and beyond 1,000 delimiters of a kind in one paragraph they are
 * literal characters, so that 100 kB of anything take about a second. Longer input is the caller's to refuse.
 */
export function markdownToJSON(
  markdown: string,
  { ownAsset = () => null }: MarkdownImport = {},
): ProseMirrorJSON {
  const { root, source } = parseMarkdown(markdown, true);
  const content = flow(root.children, { definitions: definitionsIn(root.children), source, ownAsset }, 1);
  return content.length > 0 ? { type: "doc", content } : emptyDocument();
}

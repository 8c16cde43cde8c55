/** A mark in a document's JSON, as ProseMirror writes it. */
export type JSONMark = { type: string; attrs?: Record<string, unknown> };

/** A node in a document's JSON, as ProseMirror writes it. `text` is set, and not empty, on nodes of type `text` only. */
export type JSONNode = {
  type: string;
  attrs?: Record<string, unknown>;
  content?: JSONNode[];
  marks?: JSONMark[];
  text?: string;
};

/** A whole document: the node of type `doc`. Types and attributes are not promised to be known: see `checkJSON`. */
export type ProseMirrorJSON = JSONNode;

/** Nodes inside nodes, the document counting as one. Deeper input is refused or flattened: conversions recurse. */
export const MAX_DEPTH = 100;

/** A new document without text: one empty paragraph, the least the schema allows. */
export function emptyDocument(): ProseMirrorJSON {
  return { type: "doc", content: [{ type: "paragraph" }] };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readMarks(value: unknown): JSONMark[] {
  if (!Array.isArray(value)) return [];
  const marks: JSONMark[] = [];
  for (const mark of value as unknown[]) {
    if (!isRecord(mark) || typeof mark.type !== "string") continue;
    if (marks.some((other) => other.type === mark.type)) continue;
    const attrs = mark.attrs;
    marks.push(isRecord(attrs) ? { type: mark.type, attrs } : { type: mark.type });
  }
  return marks;
}

/** All text below, without recursion, for what is nested too deeply to keep its structure. */
function textBelow(root: Record<string, unknown>): string {
  const parts: string[] = [];
  const waiting: unknown[] = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (!isRecord(node)) continue;
    if (typeof node.text === "string") parts.push(node.text);
    const content = node.content;
    if (Array.isArray(content))
      for (let index = content.length - 1; index >= 0; index--) waiting.push(content[index]);
  }
  return parts.join("");
}

function readNode(value: unknown, depth: number): JSONNode | null {
  if (!isRecord(value) || typeof value.type !== "string") return null;
  const marks = readMarks(value.marks);
  if (value.type === "text") {
    const text = value.text;
    if (typeof text !== "string" || text === "") return null;
    return marks.length > 0 ? { type: "text", text, marks } : { type: "text", text };
  }
  if (depth >= MAX_DEPTH) {
    const text = textBelow(value);
    return text === "" ? null : { type: "text", text };
  }
  const node: JSONNode = { type: value.type };
  if (isRecord(value.attrs)) node.attrs = value.attrs;
  if (marks.length > 0) node.marks = marks;
  const children = value.content;
  if (Array.isArray(children)) {
    const content = children.map((child) => readNode(child, depth + 1)).filter((child) => child !== null);
    if (content.length > 0) node.content = content;
  }
  return node;
}

/**
 * Reads any value as a document, keeping what is shaped like nodes and marks and dropping the rest, so that the exports never
 * meet a missing `type`, a `content` that is no list or a tree that overflows the stack. Unknown types stay.
 */
export function readDocument(value: unknown): ProseMirrorJSON {
  const node = readNode(value, 1);
  if (node === null) return emptyDocument();
  return node.type === "doc" ? node : { type: "doc", content: [node] };
}

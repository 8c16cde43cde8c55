import { prosemirrorJSONToYXmlFragment } from "@tiptap/y-tiptap";
import * as Y from "yjs";
import {
  emptyDocument,
  type JSONMark,
  type JSONNode,
  MAX_DEPTH,
  type ProseMirrorJSON,
} from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";
import { FRAGMENT_NAME, META_NAME, TITLE_KEY } from "./schemaVersion.ts";

/** What {@link jsonToYUpdate} writes and as whom. */
export interface NewDocument {
  /** Valid under the schema: see `checkJSON`. */
  readonly json: ProseMirrorJSON;
  readonly title: string;
  /** A uint32 the caller minted for this one update; no other update may be written under it, or the two would collide. */
  readonly clientId: number;
}

/**
 * The first update of a document: its text and title as one V1 Yjs update, in the shape the editor's binding writes,
 * so that opening it changes nothing.
 *
 * @throws RangeError if `json` is not valid under the schema or `clientId` is not a uint32.
 */
export function jsonToYUpdate({ json, title, clientId }: NewDocument): Uint8Array {
  if (!Number.isInteger(clientId) || clientId < 0 || clientId > 0xffff_ffff) {
    throw new RangeError("The client id must be a uint32");
  }
  documentSchema().nodeFromJSON(json).check();
  const doc = new Y.Doc();
  doc.clientID = clientId;
  doc.transact(() => {
    prosemirrorJSONToYXmlFragment(documentSchema(), json, doc.getXmlFragment(FRAGMENT_NAME));
    doc.getMap(META_NAME).set(TITLE_KEY, title);
  });
  const update = Y.encodeStateAsUpdate(doc);
  doc.destroy();
  return update;
}

/** `name--hash` is how the binding stores marks that may overlap themselves; ours may not, a newer schema's might. */
function markName(attribute: string): string {
  return /^(.+)--[A-Za-z0-9+/=]{8}$/.exec(attribute)?.[1] ?? attribute;
}

/** The marks that a Yjs text's formatting stands for. */
export function marksOf(formatting: Readonly<Record<string, unknown>>): JSONMark[] {
  return Object.entries(formatting).map(([name, attrs]) => {
    const known = typeof attrs === "object" && attrs !== null && Object.keys(attrs).length > 0;
    return known ? { type: markName(name), attrs: { ...attrs } } : { type: markName(name) };
  });
}

function readText(text: Y.XmlText): JSONNode[] {
  const nodes: JSONNode[] = [];
  for (const { insert, attributes } of text.toDelta() as {
    insert: unknown;
    attributes?: Record<string, unknown>;
  }[]) {
    if (typeof insert !== "string" || insert === "") continue;
    const marks = marksOf(attributes ?? {});
    nodes.push(marks.length > 0 ? { type: "text", text: insert, marks } : { type: "text", text: insert });
  }
  return nodes;
}

function readChildren(parent: Y.XmlFragment, depth: number): JSONNode[] {
  return depth > MAX_DEPTH ? [] : parent.toArray().flatMap((item: unknown) => readChild(item, depth));
}

/** What one child of a fragment or an element says: a node, some text, or nothing. `depth`: how deep it lies itself. */
export function readChild(item: unknown, depth: number): JSONNode[] {
  if (item instanceof Y.XmlText) return readText(item);
  if (!(item instanceof Y.XmlElement)) return [];
  const node: JSONNode = { type: item.nodeName };
  const attrs = item.getAttributes() as Record<string, unknown>;
  if (Object.keys(attrs).length > 0) node.attrs = attrs;
  const content = readChildren(item, depth + 1);
  if (content.length > 0) node.content = content;
  return [node];
}

/**
 * The text of a Yjs document as JSON, without a schema: nodes and marks a newer version added are kept.
 *
 * Total where the binding's own reader throws: embeds and shared types of other kinds are left out, and so is what is nested
 * deeper than 100 nodes. An empty fragment reads as one empty paragraph. Opens the root types but changes nothing.
 */
export function yDocToJSON(doc: Y.Doc): ProseMirrorJSON {
  const content = readChildren(doc.getXmlFragment(FRAGMENT_NAME), 2);
  return content.length > 0 ? { type: "doc", content } : emptyDocument();
}

/** The document's title, or `""` if it has none or something else than text stands in its place. */
export function yDocTitle(doc: Y.Doc): string {
  const title = doc.getMap(META_NAME).get(TITLE_KEY);
  return typeof title === "string" ? title : "";
}

import * as Y from "yjs";

/**
 * What a reader of the document sees, as plain data: two documents that look the same give equal JSON, whatever
 * their histories. Root types need not be defined first.
 */
export function visibleContent(doc: Y.Doc): unknown {
  const roots: Record<string, unknown> = {};
  for (const name of [...doc.share.keys()].sort()) {
    const root = doc.share.get(name);
    if (root !== undefined) roots[name] = describe(root);
  }
  return roots;
}

/** What all shared types have in common, defined or not. */
type AnyType = NonNullable<ReturnType<Y.Doc["share"]["get"]>>;

function describe(type: AnyType): unknown {
  const map: Record<string, unknown> = {};
  for (const key of [...type._map.keys()].sort()) {
    const item = type._map.get(key);
    if (item !== undefined && !item.deleted) map[key] = describeContent(item.content).at(-1);
  }
  const name = type instanceof Y.XmlElement ? type.nodeName : null;
  // formatting marks that cancel each other out are seen by nobody: only the delta tells what is
  const list = type instanceof Y.Text ? type.toDelta() : describeList(type);
  return { name, map, list };
}

function describeList(type: AnyType): unknown[] {
  const list: unknown[] = [];
  for (let item = type._start; item !== null; item = item.right) {
    if (!item.deleted) list.push(...describeContent(item.content));
  }
  return list;
}

function describeContent(content: Y.Item["content"]): unknown[] {
  if (content instanceof Y.ContentType) return [describe(content.type)];
  if (content instanceof Y.ContentFormat) return [{ format: content.key, value: content.value }];
  return content.getContent();
}

import * as Y from "yjs";

/**
 * What a reader of the document sees, as plain data: two documents that look the same give equal JSON, whatever
 * their histories. Root types need not be defined first.
 */
function visibleContent(doc: Y.Doc): unknown {
  const roots: Record<string, unknown> = {};
  for (const name of [...doc.share.keys()].sort()) {
    const root = doc.share.get(name);
    if (root === undefined) continue;
    const described = describe(root);
    // a root exists from its first mention on, even when nothing is left in it
    if (described.list.length > 0 || Object.keys(described.map).length > 0) roots[name] = described;
  }
  return roots;
}

/** The same as text, to compare. */
export function visibleText(doc: Y.Doc): string {
  return asText(visibleContent(doc));
}

/** JSON has no big integers and throws on one, but anybody may have set one as a value. */
function asText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part));
}

/** What all shared types have in common, defined or not. */
type AnyType = NonNullable<ReturnType<Y.Doc["share"]["get"]>>;

interface Description {
  readonly name: string | null;
  readonly map: Readonly<Record<string, unknown>>;
  readonly list: readonly unknown[];
}

function describe(type: AnyType): Description {
  const map: Record<string, unknown> = {};
  for (const key of [...type._map.keys()].sort()) {
    const item = type._map.get(key);
    if (item !== undefined && !item.deleted) map[key] = describeContent(item.content).at(-1);
  }
  const name = type instanceof Y.XmlElement ? type.nodeName : null;
  // formatting marks that cancel each other out are seen by nobody: only the delta tells what is
  const list = type instanceof Y.Text ? describeRuns(type) : describeList(type);
  return { name, map, list };
}

interface Run {
  insert: unknown;
  readonly marks: string;
}

/** Stretches of text with the same marks; a mark that changes nothing cuts Yjs's delta, and nobody sees it. */
function describeRuns(type: Y.Text): Run[] {
  const runs: Run[] = [];
  const delta: { readonly insert: unknown; readonly attributes?: object }[] = type.toDelta();
  for (const { insert, attributes = {} } of delta) {
    const marks = asText(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
    const last = runs.at(-1);
    if (typeof insert === "string" && typeof last?.insert === "string" && last.marks === marks) {
      last.insert += insert;
    } else runs.push({ insert: insert instanceof Y.AbstractType ? describe(insert) : insert, marks });
  }
  return runs;
}

function describeList(type: AnyType): unknown[] {
  const list: unknown[] = [];
  for (let item = type._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    // one by one: the characters of a long text are more arguments than a call can take
    for (const part of describeContent(item.content)) list.push(part);
  }
  return list;
}

function describeContent(content: Y.Item["content"]): unknown[] {
  if (content instanceof Y.ContentType) return [describe(content.type)];
  if (content instanceof Y.ContentFormat) return [{ format: content.key, value: content.value }];
  return content.getContent();
}

import { emptyDocument, type JSONNode, marksOf } from "@palimpsest/schema";
import type { Compared, Credit, Credited, Id, Woven } from "@palimpsest/ydoc";

/** A node of a document as ProseMirror has it, with the id of its item; `more` stands beside. */
export type PastNode<More> = Omit<JSONNode, "content"> & {
  readonly id: string;
  readonly content?: readonly PastNode<More>[];
} & Partial<More>;

/** How another program names a unit of the document. */
export function idText({ client, clock }: Id): string {
  return `${client}:${clock}`;
}

/** A moment as ProseMirror has it. @param ids each node with that of its item */
export function momentJSON(nodes: readonly Woven[], ids: boolean): JSONNode {
  return documentOf(shown(nodes, ids));
}

function shown(nodes: readonly Woven[], ids: boolean): PastNode<object>[] {
  const out: PastNode<object>[] = [];
  /** Text comes in many runs, and most have the marks of the one before, as one object. */
  let before: Woven | null = null;
  for (const node of nodes) {
    const id = ids ? node.id : null;
    if (node.kind === "element") {
      out.push(element(id, node.name, living(node.attributesAfter), shown(node.children, ids)));
    } else if (before?.kind === "text" && before.marksAfter === node.marksAfter) append(out, node.text);
    else pushText(out, text(id, node.text, living(node.marksAfter)));
    before = node;
  }
  return out;
}

/** What a node says besides itself. */
export interface ChangeJSON {
  readonly kind: string;
  readonly n: number;
  readonly by: number | null;
  readonly at: string | null;
  readonly before?: { readonly type?: string; readonly attrs?: object; readonly marks?: readonly object[] };
}

/** @param told turns a frame's position into who made it (an index into the answer's people) and when */
export function comparedJSON(nodes: readonly Compared[], told: (seq: number) => Told): JSONNode {
  return documentOf(compared(nodes, told));
}

export interface Told {
  readonly by: number | null;
  readonly at: string | null;
}

function compared(
  nodes: readonly Compared[],
  told: (seq: number) => Told,
): PastNode<{ change: ChangeJSON }>[] {
  return nodes.map((node) => {
    const { change, values } = node;
    const isText = node.kind === "text";
    const plain = isText
      ? text(node.id, node.text, values)
      : element(node.id, node.name, values, compared(node.children, told));
    if (change === null) return plain;
    const { kind, n, seq, before } = change;
    const was = before?.values;
    return {
      ...plain,
      change: {
        kind,
        n,
        ...told(seq),
        ...(before === undefined
          ? {}
          : {
              before: {
                ...(before.name === undefined ? {} : { type: before.name }),
                ...(was === undefined ? {} : isText ? { marks: marksOf(was) } : { attrs: was }),
              },
            }),
      },
    };
  });
}

export interface CreditJSON {
  readonly by: number | null;
  readonly at: string | null;
  readonly until: string | null;
  readonly restored?: Told;
}

export function creditedJSON(nodes: readonly Credited[], credit: (credit: Credit) => CreditJSON): JSONNode {
  return documentOf(credited(nodes, credit));
}

function credited(
  nodes: readonly Credited[],
  credit: (credit: Credit) => CreditJSON,
): PastNode<CreditJSON>[] {
  return nodes.map((node) => ({
    ...(node.kind === "text"
      ? text(node.id, node.text, node.values)
      : element(node.id, node.name, node.values, credited(node.children, credit))),
    ...credit(node.credit),
  }));
}

function documentOf(content: readonly PastNode<object>[]): JSONNode {
  return content.length > 0 ? { type: "doc", content: content as unknown as JSONNode[] } : emptyDocument();
}

type Values = Readonly<Record<string, unknown>>;

function element<More>(
  id: Id | null,
  type: string,
  attrs: Values,
  content: readonly PastNode<More>[],
): PastNode<More> {
  return {
    type,
    ...(id === null ? {} : { id: idText(id) }),
    ...(Object.keys(attrs).length > 0 ? { attrs: { ...attrs } } : {}),
    ...(content.length > 0 ? { content } : {}),
  } as PastNode<More>;
}

function text<More>(id: Id | null, own: string, values: Values): PastNode<More> {
  const marks = marksOf(values);
  return {
    type: "text",
    ...(id === null ? {} : { id: idText(id) }),
    text: own,
    ...(marks.length > 0 ? { marks } : {}),
  } as PastNode<More>;
}

/** Text with the same marks is one node, as ProseMirror has it. */
function pushText(out: PastNode<object>[], node: PastNode<object>): void {
  const last = out.at(-1);
  const joins = last?.type === "text" && JSON.stringify(last.marks) === JSON.stringify(node.marks);
  if (joins) append(out, node.text ?? "");
  else out.push(node);
}

/** To the text that is the last node. */
function append(out: readonly PastNode<object>[], text: string): void {
  const last = out.at(-1) as { text: string };
  last.text += text;
}

function living(values: ReadonlyMap<string, { readonly value: unknown }>): Values {
  const record: Record<string, unknown> = {};
  for (const [key, { value }] of values) if (value !== null && value !== undefined) record[key] = value;
  return record;
}

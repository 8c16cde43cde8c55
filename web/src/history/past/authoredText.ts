import type { Node, Schema } from "@tiptap/pm/model";
import type { WrittenNode } from "./answers.ts";
import { grow } from "./nodes.ts";
import type { Piece } from "./pieces.ts";

/** Text that stands together and was written by one person in one go. */
export type Passage = {
  readonly n: number;
  readonly from: number;
  readonly to: number;
  readonly by: number | null;
  readonly at: string | null;
  readonly until: string | null;
  readonly restored: WrittenNode["restored"] | null;
  readonly excerpt: string;
};

/** How much of the text is whose, the largest part first. Parts add up to 1. */
export type Share = { readonly by: number | null; readonly part: number };

export type AuthoredText = {
  readonly doc: Node;
  readonly pieces: readonly Piece[];
  readonly passages: readonly Passage[];
  readonly shares: readonly Share[];
};

const excerptLength = 80;

function sameHand(passage: Passage, node: WrittenNode): boolean {
  return (
    passage.by === (node.by ?? null) &&
    passage.at === (node.at ?? null) &&
    passage.until === (node.until ?? null) &&
    passage.restored?.by === node.restored?.by &&
    passage.restored?.at === node.restored?.at
  );
}

/** The text of a moment, and who wrote each passage of it. */
export function authoredText(schema: Schema, content: WrittenNode): AuthoredText {
  const passages: { -readonly [Key in keyof Passage]: Passage[Key] }[] = [];
  const amounts = new Map<number | null, number>();
  const doc = grow<WrittenNode>(schema, content, (json, node, pos) => {
    if (!node.isText || node.text === undefined || json.by === undefined) return;
    amounts.set(json.by, (amounts.get(json.by) ?? 0) + node.text.length);
    const last = passages.at(-1);
    if (last !== undefined && last.to === pos && sameHand(last, json)) {
      last.to = pos + node.nodeSize;
      last.excerpt = (last.excerpt + node.text).slice(0, excerptLength);
      return;
    }
    passages.push({
      n: passages.length + 1,
      from: pos,
      to: pos + node.nodeSize,
      by: json.by,
      at: json.at ?? null,
      until: json.until ?? null,
      restored: json.restored ?? null,
      excerpt: node.text.slice(0, excerptLength),
    });
  });
  const all = [...amounts.values()].reduce((sum, amount) => sum + amount, 0);
  return {
    doc,
    passages,
    pieces: passages.map(({ from, to, by, n }) => ({ from, to, by, n, shape: "inline", kind: "wrote" })),
    shares: [...amounts].map(([by, amount]) => ({ by, part: amount / all })).sort((a, b) => b.part - a.part),
  };
}

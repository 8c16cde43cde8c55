import type { Node } from "@tiptap/pm/model";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { safeColor } from "../../people/color.ts";
import type { ChangeKind, Person } from "./answers.ts";

/** A stretch of the shown document that is marked: what happened to it, and by whom. */
export type Piece = {
  readonly from: number;
  readonly to: number;
  readonly shape: "inline" | "block" | "cell";
  readonly kind: ChangeKind | "wrote";
  /** The number of the change or passage that it belongs to. */
  readonly n: number;
  readonly by: number | null;
};

const elements: Readonly<Record<Piece["kind"], string>> = {
  inserted: "ins",
  deleted: "del",
  moved: "span",
  "moved-away": "del",
  attributes: "span",
  marks: "span",
  type: "span",
  wrote: "span",
};

function decorationOf(piece: Piece, people: readonly Person[], start: number): Decoration {
  const { from, to, shape, kind, n, by } = piece;
  const attributes = {
    class: `piece piece-${shape} piece-${kind}`,
    style: `--by: ${safeColor(by === null ? null : people[by]?.color)}`,
    "data-piece": String(n),
  };
  return shape === "inline"
    ? Decoration.inline(from - start, to - start, { nodeName: elements[kind], ...attributes })
    : Decoration.node(from - start, to - start, attributes);
}

/**
 * Made once for what is shown: thousands of them cost nothing while people read.
 *
 * `DecorationSet.create` looks through all decorations for each block: ten thousand changed blocks would take it more than a second.
 * Here each block gets its own set, and the constructor, which is not in the types, puts them together as `create` does.
 */
export function decorationsOf(doc: Node, pieces: readonly Piece[], people: readonly Person[]): DecorationSet {
  const sorted = pieces.toSorted((a, b) => a.from - b.from || b.to - a.to);
  const local: Decoration[] = [];
  const children: (number | DecorationSet)[] = [];
  let next = 0;
  doc.forEach((block, start) => {
    const end = start + block.nodeSize;
    const inside: Decoration[] = [];
    for (let piece = sorted[next]; piece !== undefined && piece.from < end; piece = sorted[++next]) {
      if (piece.from === start) local.push(decorationOf(piece, people, 0));
      else inside.push(decorationOf(piece, people, start + 1));
    }
    if (inside.length > 0) children.push(start, end, DecorationSet.create(block, inside));
  });
  return Reflect.construct(DecorationSet, [local, children]) as DecorationSet;
}

// What no window has room for: a change may consist of a whole document.
const mostMarked = 300;

/** Marks where the reader is among the changes. */
export function currentDecorations(doc: Node, pieces: readonly Piece[], n: number): DecorationSet {
  const own = pieces.filter((piece) => piece.n === n).slice(0, mostMarked);
  const decorations = own.map(({ from, to, shape }) =>
    shape === "inline"
      ? Decoration.inline(from, to, { class: "piece-current" })
      : Decoration.node(from, to, { class: "piece-current" }),
  );
  return DecorationSet.create(doc, decorations);
}

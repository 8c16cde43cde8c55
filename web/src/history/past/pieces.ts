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

/** Made once for what is shown: thousands of them cost nothing while people read. */
export function decorationsOf(doc: Node, pieces: readonly Piece[], people: readonly Person[]): DecorationSet {
  const decorations = pieces.map(({ from, to, shape, kind, n, by }) => {
    const attributes = {
      class: `piece piece-${shape} piece-${kind}`,
      style: `--by: ${safeColor(by === null ? null : people[by]?.color)}`,
      "data-piece": String(n),
    };
    return shape === "inline"
      ? Decoration.inline(from, to, { nodeName: elements[kind], ...attributes })
      : Decoration.node(from, to, attributes);
  });
  return DecorationSet.create(doc, decorations);
}

/** Marks where the reader is among the changes. */
export function currentDecorations(doc: Node, pieces: readonly Piece[], n: number): DecorationSet {
  const own = pieces.filter((piece) => piece.n === n);
  const decorations = own.map(({ from, to, shape }) =>
    shape === "inline"
      ? Decoration.inline(from, to, { class: "piece-current" })
      : Decoration.node(from, to, { class: "piece-current" }),
  );
  return DecorationSet.create(doc, decorations);
}

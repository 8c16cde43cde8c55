import type { DiffNode } from "./answers.ts";

/** A picture that became another one is drawn as both: which of them is gone, and which came. */
export type Half = "deleted" | "inserted";

export type SplitPictures = {
  readonly content: DiffNode;
  /** Of the nodes that stand for one half of a change. */
  readonly halves: ReadonlyMap<DiffNode, Half>;
};

/** In a comparison, puts the picture or file that was there before in front of the one that took its place. */
export function splitPictures(content: DiffNode): SplitPictures {
  const halves = new Map<DiffNode, Half>();
  const split = (node: DiffNode): DiffNode[] => {
    const before = node.change?.before?.attrs;
    if (
      (node.type !== "image" && node.type !== "file") ||
      node.change?.kind !== "attributes" ||
      before === undefined
    )
      return [within(node)];
    if (before.src === undefined || before.src === node.attrs?.src) return [node];
    const was: DiffNode = { ...node, attrs: { ...node.attrs, ...before } };
    const is: DiffNode = { ...node };
    halves.set(was, "deleted");
    halves.set(is, "inserted");
    return [was, is];
  };
  const within = (node: DiffNode): DiffNode => {
    if (node.content === undefined) return node;
    const children = node.content.flatMap(split);
    const isSame =
      children.length === node.content.length && children.every((child, i) => child === node.content?.[i]);
    return isSame ? node : { ...node, content: children };
  };
  return { content: within(content), halves };
}

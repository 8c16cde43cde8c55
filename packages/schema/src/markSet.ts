import type { JSONMark, JSONNode } from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";

/** Position of a mark in the schema's order, the order ProseMirror keeps marks in; unknown marks come last. */
export function markRank(type: string): number {
  const rank = Object.keys(documentSchema().marks).indexOf(type);
  return rank < 0 ? Number.MAX_SAFE_INTEGER : rank;
}

/** The marks with one more, in the schema's order. A mark of the same type that is already there wins. */
export function addMark(marks: readonly JSONMark[], mark: JSONMark): readonly JSONMark[] {
  if (marks.some((other) => other.type === mark.type)) return marks;
  return [...marks, mark].sort((a, b) => markRank(a.type) - markRank(b.type));
}

/** The marks with one more, which takes the place of one of its type: a colour inside a coloured passage. */
export function setMark(marks: readonly JSONMark[], mark: JSONMark): readonly JSONMark[] {
  return addMark(
    marks.filter((other) => other.type !== mark.type),
    mark,
  );
}

/** Whether two marks are the same mark with the same attributes; absent and null attributes count as equal. */
export function sameMark(a: JSONMark, b: JSONMark): boolean {
  if (a.type !== b.type) return false;
  const names = new Set([...Object.keys(a.attrs ?? {}), ...Object.keys(b.attrs ?? {})]);
  return [...names].every((name) => Object.is(a.attrs?.[name] ?? null, b.attrs?.[name] ?? null));
}

/** Whether two lists hold the same marks, in whatever order. */
export function sameMarks(a: readonly JSONMark[], b: readonly JSONMark[]): boolean {
  return a.length === b.length && a.every((mark) => b.some((other) => sameMark(mark, other)));
}

/** Joins neighbouring texts with the same marks, as ProseMirror does when it reads a document. */
export function joinTexts(nodes: readonly JSONNode[]): JSONNode[] {
  const joined: JSONNode[] = [];
  for (const node of nodes) {
    const last = joined.at(-1);
    if (node.type === "text" && last?.type === "text" && sameMarks(last.marks ?? [], node.marks ?? [])) {
      joined[joined.length - 1] = { ...last, text: `${last.text ?? ""}${node.text ?? ""}` };
    } else {
      joined.push(node);
    }
  }
  return joined;
}

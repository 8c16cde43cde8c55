import type { Node } from "@tiptap/pm/model";

export type Heading = { readonly pos: number; readonly level: number; readonly text: string };

/** The headings of a text in their order, also those inside of other blocks. */
export function headingsOf(doc: Node): readonly Heading[] {
  const headings: Heading[] = [];
  doc.descendants((node, pos) => {
    if (node.type.name === "heading")
      headings.push({ pos, level: Number(node.attrs.level), text: node.textContent.trim() });
    return !node.isTextblock;
  });
  return headings;
}

/** How far each heading is set in: by the levels that occur, so that a text without level 1 begins at the edge. */
export function depthsOf(headings: readonly Heading[]): readonly number[] {
  const above: number[] = [];
  return headings.map(({ level }) => {
    while (above.length > 0 && (above.at(-1) ?? 0) >= level) above.pop();
    above.push(level);
    return above.length - 1;
  });
}

/** The last heading that is above the line; the first one before any is. Those without a place (null) are not shown. */
export function activeHeading(tops: readonly (number | null)[], line: number): number {
  let active = tops.length > 0 ? 0 : -1;
  for (const [index, top] of tops.entries()) if (top !== null && top <= line) active = index;
  return active;
}

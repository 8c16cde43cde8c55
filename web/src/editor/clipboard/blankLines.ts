/** A block as far as the empty lines around it matter. */
export type Line = "blank" | "text" | "other";

/**
 * Which blocks stay. Empty lines beside headings, lists and tables are how a program makes room, and so they are where most
 * paragraphs are followed by one; between a few they are the author's, as between stanzas, and one of a run is kept.
 */
export function withoutSpacing(lines: readonly Line[]): readonly boolean[] {
  let near = 0;
  let apart = 0;
  const between = new Set<number>();
  for (let at = 0; at < lines.length; at++) {
    if (lines[at] !== "text") continue;
    let next = at + 1;
    while (lines[next] === "blank") next++;
    if (lines[next] !== "text") continue;
    if (next === at + 1) near++;
    else {
      apart++;
      between.add(at + 1);
    }
  }
  const isSpacing = apart > near;
  return lines.map((line, at) => line !== "blank" || (!isSpacing && between.has(at)));
}

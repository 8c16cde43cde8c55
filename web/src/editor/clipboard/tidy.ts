import { type Line, withoutSpacing } from "./blankLines.ts";

function isBlank(element: Element): boolean {
  return element.tagName === "P" && element.childNodes.length === 0;
}

/** Takes empty lines out of a run of blocks where they only made room. */
export function tidyBlocks(out: HTMLElement): void {
  const blocks = [...out.children];
  const lines = blocks.map(
    (block): Line => (isBlank(block) ? "blank" : block.tagName === "P" ? "text" : "other"),
  );
  const stays = withoutSpacing(lines);
  for (const [at, block] of blocks.entries()) if (stays[at] === false) block.remove();
}

/** Takes all empty lines out of an item or a cell, which keeps one if it holds nothing else. */
export function tidyItem(out: HTMLElement): void {
  for (const block of [...out.children]) if (isBlank(block)) block.remove();
  if (out.childElementCount === 0) out.append(out.ownerDocument.createElement("p"));
}

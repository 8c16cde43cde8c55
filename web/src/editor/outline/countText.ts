import type { Node } from "@tiptap/pm/model";

export type Counts = { readonly words: number; readonly characters: number };

export const nothing: Counts = { words: 0, characters: 0 };

// Languages that are written without spaces between words: each sign counts as one, as word processors do.
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const word = /[\p{L}\p{N}\p{M}]+(?:['’.,\-‐][\p{L}\p{N}\p{M}]+)*/gu;

/** Words, and characters as a reader counts them: an emoji is one. Line ends are none. */
export function countText(text: string): Counts {
  if (text === "") return nothing;
  const signs = text.match(unspaced)?.length ?? 0;
  const spaced = signs === 0 ? text : text.replace(unspaced, " ");
  // nothing that combines: the length is the number, without asking for every character
  const isPlain = /^[\u0020-\u02ff\u2010-\u2027\n]*$/.test(text);
  const characters = isPlain ? text.replaceAll("\n", "").length : graphemes(text);
  return { words: signs + (spaced.match(word)?.length ?? 0), characters };
}

const segmenter = new Intl.Segmenter();

function graphemes(text: string): number {
  let count = 0;
  for (const { segment } of segmenter.segment(text)) if (segment !== "\n") count++;
  return count;
}

export function textOfBlock(block: Node, from = 0, to = block.content.size): string {
  return block.textBetween(from, to, "\n", (leaf) => (leaf.type.name === "hardBreak" ? "\n" : ""));
}

export function added(a: Counts, b: Counts): Counts {
  return { words: a.words + b.words, characters: a.characters + b.characters };
}

/** The text of a stretch, from the words that begin before it to those that end after it: what is chosen is counted as it is. */
export function countBetween(doc: Node, from: number, to: number): Counts {
  let sum = nothing;
  doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isTextblock) return true;
    const start = Math.max(0, from - pos - 1);
    const end = Math.min(node.content.size, to - pos - 1);
    if (end > start) sum = added(sum, countText(textOfBlock(node, start, end)));
    return false;
  });
  return sum;
}

const wordsPerMinute = 230;

export function readingMinutes({ words }: Counts): number {
  return Math.round(words / wordsPerMinute);
}

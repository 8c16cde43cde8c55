import type { Hits } from "../documents.ts";

export type Piece = { readonly text: string; readonly isHit: boolean };

/** A text cut at its hits. What lies outside of the text, or before the end of the hit before, is left out. */
export function markedPieces(text: string, hits: Hits): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [from, to] of hits) {
    const [start, end] = [Math.max(from, at), Math.min(to, text.length)];
    if (start >= end) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), isHit: false });
    pieces.push({ text: text.slice(start, end), isHit: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isHit: false });
  return pieces;
}

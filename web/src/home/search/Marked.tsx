import type { Hits } from "../documents.ts";
import { markedPieces } from "./markedPieces.ts";

type Props = { readonly text: string; readonly hits: Hits };

export function Marked({ text, hits }: Props) {
  let at = 0;
  return markedPieces(text, hits).map((piece) => {
    const key = at;
    at += piece.text.length;
    return piece.isHit ? (
      <mark key={key} className="rounded-[3px] bg-(--mark) text-inherit">
        {piece.text}
      </mark>
    ) : (
      <span key={key}>{piece.text}</span>
    );
  });
}

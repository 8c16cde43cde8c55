import type { Seq } from "@palimpsest/history";
import { type Input, pushVarUint, readVarUint } from "./segment.ts";

/**
 * Where the segments of a pack end, but for the last one, which ends with it: how many frames each is further than the
 * one before, the first by its position. A link is made over a segment: with these it can be made again.
 */
export function encodeEnds(lastSeqs: readonly Seq[]): Uint8Array {
  const out: number[] = [];
  let before = 0;
  for (const end of lastSeqs.slice(0, -1)) {
    pushVarUint(out, end - before);
    before = end;
  }
  return Uint8Array.from(out);
}

/** @throws Error when the bytes are not what `encodeEnds` wrote */
export function decodeEnds(bytes: Uint8Array): Seq[] {
  const ends: Seq[] = [];
  const input: Input = { bytes, at: 0 };
  for (let end = 0; input.at < bytes.length; ) {
    end += readVarUint(input);
    ends.push(end as Seq);
  }
  return ends;
}

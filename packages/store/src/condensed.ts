import type { Frame, Seq } from "@palimpsest/history";
import { deflateSync, inflateSync } from "fflate";
import { crc32 } from "./crc32.ts";
import type { SqlValue } from "./driver.ts";
import { join } from "./parts.ts";
import { type Input, pushVarUint, readVarUint } from "./segment.ts";
import { rowChecksum } from "./segment-rows.ts";

/** Makes one update of those of frames that follow each other; opaque here. */
export type Condense = (updates: readonly Uint8Array[]) => Uint8Array;

/** What some frames that follow each other do, as one update. */
export interface Slice {
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly update: Uint8Array;
}

/**
 * A pack's frames in a few updates, as its row keeps them beside the pack:
 *
 *     condensed := checksum:uint32  size:uint32  deflate(slice…)
 *     slice     := frames:varuint  length:varuint  update
 *
 * Short slices take hardly more room than one for the whole pack, and of a moment within it fewer frames are left to be
 * read one by one.
 */
const SLICE_FRAMES = 500;
const HEAD_BYTES = 8;

/**
 * Null where it is not worth its room: next to large pastes frames read one by one cost little. And where it cannot be
 * made: a write that throws here would end the document, reading frame by frame only takes longer.
 *
 * @param packed bytes that the frames take as they are
 */
export function writeCondensed(
  frames: readonly Frame[],
  packed: number,
  condense: Condense,
): Uint8Array | null {
  const [first, last] = [frames[0], frames.at(-1)];
  if (first === undefined || last === undefined) return null;
  const parts: Uint8Array[] = [];
  try {
    for (let from = 0; from < frames.length; from += SLICE_FRAMES) {
      const slice = frames.slice(from, from + SLICE_FRAMES);
      const update = condense(slice.map((frame) => frame.update));
      const head: number[] = [];
      pushVarUint(head, slice.length);
      pushVarUint(head, update.length);
      parts.push(Uint8Array.from(head), update);
    }
  } catch {
    return null;
  }
  const plain = join(parts);
  const deflated = deflateSync(plain, { level: 6 });
  if (deflated.length * 2 > packed) return null;
  const condensed = new Uint8Array(HEAD_BYTES + deflated.length);
  condensed.set(deflated, HEAD_BYTES);
  const view = new DataView(condensed.buffer);
  view.setUint32(4, plain.length);
  view.setUint32(0, rowChecksum(crc32(condensed.subarray(4)), first.seq, last.seq, 0));
  return condensed;
}

/** Null where there is none, or not the one that was written for these frames. */
export function readCondensed(stored: SqlValue, firstSeq: Seq, lastSeq: Seq): readonly Slice[] | null {
  if (!(stored instanceof Uint8Array) || stored.length < HEAD_BYTES) return null;
  const view = new DataView(stored.buffer, stored.byteOffset);
  if (view.getUint32(0) !== rowChecksum(crc32(stored.subarray(4)), firstSeq, lastSeq, 0)) return null;
  const bytes = inflateSync(stored.subarray(HEAD_BYTES), { out: new Uint8Array(view.getUint32(4)) });
  const slices: Slice[] = [];
  const input: Input = { bytes, at: 0 };
  for (let from = firstSeq as number; input.at < bytes.length; ) {
    const count = readVarUint(input);
    const length = readVarUint(input);
    const update = bytes.subarray(input.at, input.at + length);
    slices.push({ firstSeq: from as Seq, lastSeq: (from + count - 1) as Seq, update });
    input.at += length;
    from += count;
  }
  return slices;
}

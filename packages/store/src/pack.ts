import type { Frame, Seq } from "@palimpsest/history";
import { deflateSync, inflateSync } from "fflate";
import { pushHead, readHead, skipHead } from "./segment.ts";

/**
 * A pack holds the frames of several segments, smaller:
 *
 *     pack  := size:uint32  deflate(heads:length-prefixed  columns)
 *     heads := the frames as a segment writes them, without their updates' bytes but with their lengths
 *
 * `columns` holds the updates. Those of one length stand together, in order, and of them first all first bytes, then
 * all second bytes, and so on: keystrokes differ from the one before in few of their bytes, and what stays the same
 * becomes long runs. On a typed text that takes a fifth of what deflating the segments as they are does.
 */
const SIZE_BYTES = 4;
/** As fast as the levels below it on columns, which are so even. */
const LEVEL = 6;

export function encodePack(frames: readonly Frame[]): Uint8Array {
  const heads = encodeHeads(frames);
  const groups = groupByLength(frames.map(({ update }) => update.length));
  const columns = frames.reduce((sum, { update }) => sum + update.length, 0);
  const plain = new Uint8Array(SIZE_BYTES + heads.length + columns);
  new DataView(plain.buffer).setUint32(0, heads.length);
  plain.set(heads, SIZE_BYTES);
  let at = SIZE_BYTES + heads.length;
  for (const [length, indexes] of groups) {
    for (const [row, index] of indexes.entries()) {
      const { update } = frames[index] as Frame;
      for (let column = 0; column < length; column++) {
        plain[at + column * indexes.length + row] = update[column] as number;
      }
    }
    at += length * indexes.length;
  }
  const deflated = deflateSync(plain, { level: LEVEL });
  const pack = new Uint8Array(SIZE_BYTES + deflated.length);
  new DataView(pack.buffer).setUint32(0, plain.length);
  pack.set(deflated, SIZE_BYTES);
  return pack;
}

/** @throws Error when the bytes are not what `encodePack` wrote */
export function decodePack(pack: Uint8Array, firstSeq: Seq): Frame[] {
  return decodeRange(pack, firstSeq, 0, Number.MAX_SAFE_INTEGER).frames;
}

/**
 * The frames in (`after`, `through`], and how many the pack holds: a few are read without an object for each of the others.
 *
 * @throws Error when the bytes are not what `encodePack` wrote
 */
export function decodeRange(
  pack: Uint8Array,
  firstSeq: Seq,
  after: number,
  through: number,
): { readonly frames: Frame[]; readonly count: number } {
  const { plain, headsEnd, heads, lengths } = openPack(pack, firstSeq, after, through);
  const frames: Frame[] = new Array(heads.length);
  const from = (heads[0]?.seq ?? 0) - firstSeq;
  let at = headsEnd;
  for (const [length, indexes] of groupByLength(lengths)) {
    if (at + length * indexes.length > plain.length) throw new Error(`the pack at ${firstSeq} is cut off`);
    for (const [row, index] of indexes.entries()) {
      const head = heads[index - from];
      if (head === undefined) continue;
      const update = new Uint8Array(length);
      for (let column = 0; column < length; column++) {
        update[column] = plain[at + column * indexes.length + row] as number;
      }
      frames[index - from] = { ...head, update };
    }
    at += length * indexes.length;
  }
  if (at !== plain.length) throw new Error(`the pack at ${firstSeq} holds more than its frames`);
  return { frames, count: lengths.length };
}

/**
 * The frames without the bytes of their updates: a fraction of the work.
 *
 * @throws Error when the bytes are not what `encodePack` wrote
 */
export function decodePackHeads(pack: Uint8Array, firstSeq: Seq): Frame[] {
  return openPack(pack, firstSeq, 0, Number.MAX_SAFE_INTEGER).heads;
}

interface Opened {
  readonly plain: Uint8Array;
  readonly headsEnd: number;
  /** Of those that were asked for. */
  readonly heads: Frame[];
  /** Of all updates. */
  readonly lengths: readonly number[];
}

function openPack(pack: Uint8Array, firstSeq: Seq, after: number, through: number): Opened {
  const plain = inflateSync(pack.subarray(SIZE_BYTES), { out: new Uint8Array(readUint32(pack)) });
  const headsEnd = SIZE_BYTES + readUint32(plain);
  const input = { bytes: plain.subarray(SIZE_BYTES, headsEnd), at: 0 };
  const heads: Frame[] = [];
  const lengths: number[] = [];
  for (let time = 0; input.at < input.bytes.length; ) {
    const seq = (firstSeq + lengths.length) as Seq;
    if (seq > after && seq <= through) {
      const { frame, length } = readHead(input, seq, time);
      time = frame.time;
      heads.push(frame);
      lengths.push(length);
    } else {
      const { since, length } = skipHead(input, seq);
      time += since;
      lengths.push(length);
    }
  }
  return { plain, headsEnd, heads, lengths };
}

/** Indexes by length, in order of the first of each length. */
function groupByLength(lengths: readonly number[]): Map<number, number[]> {
  const groups = new Map<number, number[]>();
  for (const [index, length] of lengths.entries()) {
    const group = groups.get(length);
    if (group === undefined) groups.set(length, [index]);
    else group.push(index);
  }
  return groups;
}

function encodeHeads(frames: readonly Frame[]): Uint8Array {
  const heads: number[] = [];
  let previousTime = 0;
  for (const frame of frames) {
    pushHead(heads, frame, frame.time - previousTime);
    previousTime = frame.time;
  }
  return Uint8Array.from(heads);
}

function readUint32(bytes: Uint8Array): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
}

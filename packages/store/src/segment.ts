import type { AuthorNo, Frame, NewFrame, Seq } from "@palimpsest/history";

/**
 * A segment is a row of frames, one after the other:
 *
 *     frame  := head  update
 *     head   := kind:byte  author:varuint  time:varuint  [target:varuint if kind is restore]  length:varuint
 *
 * `time` counts from the frame before, in ms; for the first frame of a segment from the epoch. All integers are
 * little-endian base 128, as lib0 writes them.
 */
const KINDS = ["edit", "import", "restore"] as const;

/** A frame without its update's bytes. */
export interface Head {
  /** The frame, with an update of no bytes. */
  readonly frame: Frame;
  /** Bytes of its update. */
  readonly length: number;
}

export interface Input {
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * Bytes to add to a segment for these frames, and the time that the next ones count from.
 *
 * @param previousTime of the frame before them in the segment; 0 when there is none
 * @param notBefore the newest time in the log, where that is another one: a clock that went back must not show
 */
export function encodeFrames(
  frames: readonly NewFrame[],
  previousTime: number,
  notBefore: number = previousTime,
): { bytes: Uint8Array; lastTime: number } {
  const heads: number[][] = [];
  let size = 0;
  let lastTime = previousTime;
  for (const frame of frames) {
    const head: number[] = [];
    const time = Math.max(frame.time, lastTime, notBefore);
    pushHead(head, frame, time - lastTime);
    lastTime = time;
    heads.push(head);
    size += head.length + frame.update.length;
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  frames.forEach(({ update }, i) => {
    const head = heads[i] ?? [];
    bytes.set(head, at);
    bytes.set(update, at + head.length);
    at += head.length + update.length;
  });
  return { bytes, lastTime };
}

/**
 * The frames of a whole segment. Their updates are views into `bytes`.
 *
 * @throws Error when the bytes are not what `encodeFrames` wrote
 */
export function decodeSegment(bytes: Uint8Array, firstSeq: Seq): Frame[] {
  const frames: Frame[] = [];
  const input = { bytes, at: 0 };
  let time = 0;
  for (let seq = firstSeq as number; input.at < bytes.length; seq++) {
    const { frame, length } = readHead(input, seq as Seq, time);
    time = frame.time;
    if (length > bytes.length - input.at) throw new Error(`frame ${seq} is cut off`);
    frames.push({ ...frame, update: bytes.subarray(input.at, input.at + length) });
    input.at += length;
  }
  return frames;
}

/** @param sincePrevious ms since the frame before */
export function pushHead(out: number[], frame: NewFrame, sincePrevious: number): void {
  out.push(KINDS.indexOf(frame.kind));
  pushVarUint(out, frame.author);
  pushVarUint(out, sincePrevious);
  if (frame.kind === "restore") pushVarUint(out, frame.target);
  pushVarUint(out, frame.update.length);
}

/** @throws Error when there is no head at `input.at` */
export function readHead(input: Input, seq: Seq, previousTime: number): Head {
  const kind = KINDS[input.bytes[input.at++] as number];
  if (kind === undefined) throw new Error(`frame ${seq} has an unknown kind`);
  const author = readVarUint(input) as AuthorNo;
  const time = previousTime + readVarUint(input);
  const target = kind === "restore" ? (readVarUint(input) as Seq) : null;
  const length = readVarUint(input);
  const base = { seq, time, author, update: NO_BYTES };
  const frame = kind === "restore" ? { ...base, kind, target: target as Seq } : { ...base, kind };
  return { frame, length };
}

/**
 * What the heads and bytes behind it need to know of a head.
 *
 * @throws Error when there is no head at `input.at`
 */
export function skipHead(input: Input, seq: Seq): { readonly since: number; readonly length: number } {
  const kind = KINDS[input.bytes[input.at++] as number];
  if (kind === undefined) throw new Error(`frame ${seq} has an unknown kind`);
  readVarUint(input);
  const since = readVarUint(input);
  if (kind === "restore") readVarUint(input);
  return { since, length: readVarUint(input) };
}

const NO_BYTES = new Uint8Array(0);

export function pushVarUint(out: number[], value: number): void {
  let rest = value;
  while (rest > 127) {
    out.push((rest % 128) | 128);
    rest = Math.floor(rest / 128); // not a shift: times have more than 32 bits
  }
  out.push(rest);
}

export function readVarUint(input: Input): number {
  let value = 0;
  for (let factor = 1; factor <= 2 ** 49; factor *= 128) {
    const byte = input.bytes[input.at++];
    if (byte === undefined) break;
    value += (byte & 127) * factor;
    if (byte < 128) return value;
  }
  throw new Error("a number in the log is cut off");
}

import { BEFORE_ALL, type Frame, type Seq } from "@palimpsest/history";
import { encodeMessage, limits } from "@palimpsest/protocol";
import {
  covers,
  decodeStateVector,
  joinUpdates,
  lackedBy,
  type StateVector,
  updateFor,
} from "@palimpsest/ydoc";
import type { CatchUp } from "./io.ts";

/** What catching up reads; a store has it. */
export interface LogReader {
  snapshots(): readonly { readonly seq: Seq }[];
  readSnapshot(seq: Seq, section: "update" | "state-vector" | "delete-set"): Uint8Array;
  frames(after: Seq, through: Seq): Iterable<Frame>;
  /** The newest positions whose encoded state vector is stored, newest first. */
  bases(limit: number): readonly { readonly seq: Seq; readonly stateVector: Uint8Array }[];
}

/** Frames are merged until this many bytes: a message must not grow with the length of the log. */
const CHUNK_BYTES = 256 * 1024;
/** … or of this many: a reader applies a message in one go, and should see the first of a long way back soon. */
const CHUNK_FRAMES = 256;

/** A way back longer than this is shortened by the newest snapshot, which holds each place once. */
export const FAR_FRAMES = 5_000;
/** Positions looked at to find one that a reader knows. */
const RECENT_BASES = 16;

/** An empty delete set. */
const NOTHING = new Uint8Array([0]);

/** The messages that bring a reader from where it is to `head`, from stored bytes alone. */
export function* catchUp(from: CatchUp, head: Seq, log: LogReader): Generator<Uint8Array> {
  switch (from.kind) {
    case "plain": {
      const snapshot = newestSnapshot(head, log);
      // a plain client says "synced" at this message: with it, it has everything
      if (from.stateVector.size > 0 || snapshot === BEFORE_ALL) {
        yield encodeMessage({ kind: "sync-step-2", update: lacking(from.stateVector, head, log) });
        return;
      }
      // read before the first message: when it is damaged, all of this is done again without it
      const whole = log.readSnapshot(snapshot, "update");
      // to join the two would read every struct of the document; Yjs keeps what comes before what it builds on
      for (const { update } of chunks(snapshot, head, log)) yield encodeMessage({ kind: "update", update });
      yield encodeMessage({ kind: "sync-step-2", update: whole });
      return;
    }
    case "resume": {
      const snapshot = newestSnapshot(head, log);
      const isFar = head - from.after > FAR_FRAMES && snapshot > from.after;
      if (isFar && from.stateVector !== null) yield* parts(lacking(from.stateVector, head, log), head);
      else yield* frames(from.after, head, log);
      break;
    }
    case "whole":
      if (from.stateVector.size > 0) {
        // it has something already: what it lacks is smaller than the whole
        yield* parts(lacking(from.stateVector, head, log), head);
      } else {
        const snapshot = newestSnapshot(head, log);
        if (snapshot > BEFORE_ALL) yield* parts(log.readSnapshot(snapshot, "update"), snapshot);
        yield* frames(snapshot, head, log);
      }
      break;
  }
  yield encodeMessage({ kind: "synced", seq: head });
}

/** What a reader with this state vector lacks, as one update: new structs, and every deletion. */
function lacking(reader: StateVector, head: Seq, log: LogReader): Uint8Array {
  const snapshot = newestSnapshot(head, log);
  if (reader.size > 0) {
    const known = knownThrough(reader, snapshot, log);
    if (known !== null) {
      // from the snapshot on in any case: what was deleted since is told by these frames alone
      const after = Math.min(known, snapshot) as Seq;
      const tail = [...log.frames(after, head)].map(({ update }) => update);
      const deletedBefore = snapshot === BEFORE_ALL ? NOTHING : log.readSnapshot(snapshot, "delete-set");
      return lackedBy(reader, tail, deletedBefore);
    }
  }
  const updates = snapshot === BEFORE_ALL ? [] : [log.readSnapshot(snapshot, "update")];
  for (const { update } of log.frames(snapshot, head)) updates.push(update);
  return updateFor(reader, updates);
}

/**
 * A recent position up to which the reader has every struct, or null. Almost everybody who comes back has one, and
 * then the snapshot, however large, need not be read.
 */
function knownThrough(reader: StateVector, snapshot: Seq, log: LogReader): Seq | null {
  if (snapshot > BEFORE_ALL && coversEncoded(reader, log.readSnapshot(snapshot, "state-vector")))
    return snapshot;
  for (const { seq, stateVector } of log.bases(RECENT_BASES))
    if (coversEncoded(reader, stateVector)) return seq;
  return null;
}

function coversEncoded(reader: StateVector, encoded: Uint8Array): boolean {
  const vector = decodeStateVector(encoded);
  return vector !== null && covers(reader, vector);
}

/** Another object of this document may have written one of what is not known here: its deletions would hang in the air. */
function newestSnapshot(head: Seq, log: LogReader): Seq {
  return log.snapshots().findLast(({ seq }) => seq <= head)?.seq ?? BEFORE_ALL;
}

function* parts(update: Uint8Array, seq: Seq): Generator<Uint8Array> {
  const count = Math.ceil(update.length / limits.partBytes);
  for (let index = 0; index < count; index++) {
    const bytes = update.subarray(index * limits.partBytes, (index + 1) * limits.partBytes);
    yield encodeMessage({ kind: "part", index, count, seq, bytes });
  }
}

/**
 * One step for a reader that is behind: messages with the frames after its position, until they hold `stepBytes`.
 *
 * @returns the position up to which they go
 */
export function goOn(
  after: Seq,
  head: Seq,
  negotiated: boolean,
  stepBytes: number,
  log: LogReader,
): { readonly messages: readonly Uint8Array[]; readonly through: Seq } {
  const messages: Uint8Array[] = [];
  let bytes = 0;
  let through = after;
  for (const { seq, update } of chunks(after, head, log)) {
    const message = encodeMessage(negotiated ? { kind: "frames", seq, update } : { kind: "update", update });
    messages.push(message);
    bytes += message.length;
    through = seq;
    if (bytes >= stepBytes) break;
  }
  return { messages, through };
}

function* frames(after: Seq, head: Seq, log: LogReader): Generator<Uint8Array> {
  for (const { seq, update } of chunks(after, head, log))
    yield encodeMessage({ kind: "frames", seq, update });
}

function* chunks(
  after: Seq,
  head: Seq,
  log: LogReader,
): Generator<{ readonly seq: Seq; readonly update: Uint8Array }> {
  let updates: Uint8Array[] = [];
  let bytes = 0;
  let seq = after;
  for (const frame of log.frames(after, head)) {
    updates.push(frame.update);
    bytes += frame.update.length;
    seq = frame.seq;
    if (bytes < CHUNK_BYTES && updates.length < CHUNK_FRAMES) continue;
    yield { seq, update: joinUpdates(updates) };
    updates = [];
    bytes = 0;
  }
  if (updates.length > 0) yield { seq, update: joinUpdates(updates) };
}

import type { Frame, Seq } from "@palimpsest/history";
import { encodeMessage, limits } from "@palimpsest/protocol";
import { joinUpdates, updateFor } from "@palimpsest/ydoc";
import type { CatchUp } from "./io.ts";

/** What catching up reads; a store has it. */
export interface LogReader {
  snapshots(): readonly { readonly seq: Seq }[];
  readSnapshot(seq: Seq, section: "update"): Uint8Array;
  frames(after: Seq, through: Seq): Iterable<Frame>;
}

/** Frames are merged until this many bytes: a message must not grow with the length of the log. */
const CHUNK_BYTES = 256 * 1024;
/** … or of this many: a reader applies a message in one go, and should see the first of a long way back soon. */
const CHUNK_FRAMES = 256;

/** The messages that bring a reader from where it is to `head`, from stored bytes alone. */
export function* catchUp(from: CatchUp, head: Seq, log: LogReader): Generator<Uint8Array> {
  switch (from.kind) {
    case "plain": {
      // a plain client says "synced" at this message: so it holds everything, in one piece
      const update = updateFor(from.stateVector, wholeDocument(head, log));
      yield encodeMessage({ kind: "sync-step-2", update });
      return;
    }
    case "resume":
      yield* frames(from.after, head, log);
      break;
    case "whole":
      if (from.stateVector.size > 0) {
        // it has something already: what it lacks is smaller than the whole
        const update = updateFor(from.stateVector, wholeDocument(head, log));
        yield* parts(update, head);
      } else {
        const snapshot = log.snapshots().at(-1);
        if (snapshot !== undefined) yield* parts(log.readSnapshot(snapshot.seq, "update"), snapshot.seq);
        yield* frames(snapshot?.seq ?? (0 as Seq), head, log);
      }
      break;
  }
  yield encodeMessage({ kind: "synced", seq: head });
}

/** Updates that together are the document at `head`. */
function wholeDocument(head: Seq, log: LogReader): Uint8Array[] {
  const snapshot = log.snapshots().at(-1);
  const updates = snapshot === undefined ? [] : [log.readSnapshot(snapshot.seq, "update")];
  for (const { update } of log.frames(snapshot?.seq ?? (0 as Seq), head)) updates.push(update);
  return updates;
}

function* parts(update: Uint8Array, seq: Seq): Generator<Uint8Array> {
  const count = Math.ceil(update.length / limits.partBytes);
  for (let index = 0; index < count; index++) {
    const bytes = update.subarray(index * limits.partBytes, (index + 1) * limits.partBytes);
    yield encodeMessage({ kind: "part", index, count, seq, bytes });
  }
}

function* frames(after: Seq, head: Seq, log: LogReader): Generator<Uint8Array> {
  let updates: Uint8Array[] = [];
  let bytes = 0;
  let seq = after;
  for (const frame of log.frames(after, head)) {
    updates.push(frame.update);
    bytes += frame.update.length;
    seq = frame.seq;
    if (bytes < CHUNK_BYTES && updates.length < CHUNK_FRAMES) continue;
    yield encodeMessage({ kind: "frames", seq, update: joinUpdates(updates) });
    updates = [];
    bytes = 0;
  }
  if (updates.length > 0) yield encodeMessage({ kind: "frames", seq, update: joinUpdates(updates) });
}

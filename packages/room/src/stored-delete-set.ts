import { BEFORE_ALL, type Frame, type Seq } from "@palimpsest/history";
import { type DeleteSet, decodeDeleteSet, deleteSetOf, EMPTY_UPDATE } from "@palimpsest/ydoc";

/** What finding the stored deletions reads; a store has it. */
export interface DeletionReader {
  snapshots(): readonly { readonly seq: Seq }[];
  readSnapshot(seq: Seq, section: "delete-set"): Uint8Array;
  frames(after: Seq, through: Seq): Iterable<Frame>;
}

/** Everything that is deleted at `head`, from what the newest snapshot keeps of it and the frames after that. */
export function storedDeleteSet(head: Seq, log: DeletionReader): DeleteSet {
  const snapshot = log.snapshots().findLast(({ seq }) => seq <= head);
  const set =
    snapshot === undefined
      ? deleteSetOf(EMPTY_UPDATE)
      : decodeDeleteSet(log.readSnapshot(snapshot.seq, "delete-set"));
  for (const { update } of log.frames(snapshot?.seq ?? BEFORE_ALL, head)) set.addAll(deleteSetOf(update));
  return set;
}

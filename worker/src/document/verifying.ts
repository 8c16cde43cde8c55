import { BEFORE_ALL, type Seq } from "@palimpsest/history";
import { assetIdOf, type JSONNode, yDocToJSON } from "@palimpsest/schema";
import { type Bad, type BadReason, Damage, type DocumentStore, type Verification } from "@palimpsest/store";
import { materialize, sameState, withinBudget } from "@palimpsest/ydoc";
import type { DocumentAssets } from "../assets/document-assets.ts";
import type { DocumentParts } from "./document-parts.ts";
import { updatesAt, updatesBetween } from "./moment.ts";

export interface VerifyAnswer extends Omit<Verification, "bad"> {
  readonly ok: boolean;
  readonly bad: BadPart | null;
}

/** The first thing that is not as it should be. */
export interface BadPart {
  readonly part: "frame" | "snapshot" | "version" | "file";
  /** The first and the last position it is about. */
  readonly seq: number;
  readonly through: number;
  /** For a person. */
  readonly sentence: string;
}

/** What is looked at before others are let in between. */
const STEPS = 16;

/**
 * Looks at everything that is stored of a document: that it can be read, that the log's links are right, that each
 * snapshot is what the log gives. Writes nothing. The document goes on meanwhile.
 *
 * @param pause lets others have their turn
 */
export async function verify(
  { store, host }: DocumentParts,
  files: DocumentAssets,
  pause: () => Promise<void>,
): Promise<VerifyAnswer> {
  host.flush(Date.now());
  const walk = store.verify({ sameState: (snapshot) => isWhatTheLogGives(snapshot, store) });
  for (let step = 1; ; step++) {
    const { done, value } = walk.next();
    if (done) {
      const { bad, ...counts } = value;
      const found = bad === null ? await missingFile(store, files) : told(bad);
      return { ok: found === null, ...counts, bad: found };
    }
    if (step % STEPS === 0) await pause();
  }
}

/** Of what the text refers to now: what only earlier moments show is not asked for. */
async function missingFile(store: DocumentStore, files: DocumentAssets): Promise<BadPart | null> {
  const { head } = store.stats();
  const updates = withinBudget(updatesAt(head, store));
  if (updates === null) return null;
  const doc = materialize(updates);
  const ids = new Set<string>();
  try {
    collect(yDocToJSON(doc), ids);
  } finally {
    doc.destroy();
  }
  const count = await files.countMissing(ids);
  if (count === 0) return null;
  const sentence = `The text shows ${count === 1 ? "a picture or file" : `${count} pictures or files`} whose content is not there. The text itself is whole.`;
  return { part: "file", seq: head, through: head, sentence };
}

function collect(node: JSONNode, ids: Set<string>): void {
  const id = node.type === "image" || node.type === "file" ? assetIdOf(node.attrs?.src) : null;
  if (id !== null) ids.add(id);
  for (const child of node.content ?? []) collect(child, ids);
}

/** Made again from the readable snapshot before it, or from the start: each stretch of the log is replayed once. */
function isWhatTheLogGives(snapshot: Seq, store: DocumentStore): boolean {
  const state = store.readSnapshot(snapshot, "update");
  const before = store.snapshots().findLast(({ seq }) => seq < snapshot)?.seq ?? BEFORE_ALL;
  try {
    const base = before === BEFORE_ALL ? [] : [store.readSnapshot(before, "update")];
    return sameState(state, [...base, ...updatesBetween(before, snapshot, store)]);
  } catch (error) {
    // the log cannot be read there, which is what will be told
    if (error instanceof Damage) return true;
    console.error(JSON.stringify({ event: "verify-failed", reason: String(error) }));
    return false;
  }
}

function told({ part, seq, through, reason }: Bad): BadPart {
  return {
    part: part === "log" ? "frame" : part,
    seq,
    through,
    sentence: sentences[part](seq === through ? `${seq}` : `${seq} to ${through}`, reason),
  };
}

const sentences = {
  log: (positions: string, reason: BadReason) =>
    `The changes at ${positions} ${ofFrames[reason] ?? ofFrames.unreadable}`,
  snapshot: (position: string, reason: BadReason) =>
    reason === "state"
      ? `The state stored at ${position} is not what the changes before it give. What was written is all in the changes.`
      : `The state stored at ${position} cannot be read. Nothing is lost: it is made again from the changes.`,
  version: (position: string) => `A version names the moment ${position}, which cannot be shown any more.`,
} as const;

const ofFrames: Partial<Record<BadReason, string>> & { readonly unreadable: string } = {
  unreadable: "cannot be read. What was written before them is there.",
  unlinked: "are not the ones that were written: something has changed them since they were sealed.",
  missing: "are missing. What was written before them is there.",
  time: "have times that cannot be right.",
};

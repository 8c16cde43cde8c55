import * as encoding from "lib0/encoding";
import * as Y from "yjs";
import { admitTyping } from "./admit-typing.ts";
import { type DeleteSet, writeDeleteSet } from "./delete-set.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { integrable } from "./integrable.ts";
import { nestingWithin } from "./nesting.ts";
import type { Outline } from "./outline.ts";
import { readUpdate, type Section, type UpdateShape } from "./read-update.ts";
import type { RefusalReason } from "./refusal.ts";
import { encodeStateVector, type StateVector } from "./state-vector.ts";
import { defaultUpdateLimits, type UpdateLimits } from "./update-limits.ts";

/** What a document holds, as far as judging an update needs it: no text. */
export interface KnownState {
  readonly stateVector: StateVector;
  /** Asked only when the update deletes something, because loading it can cost a read of the snapshot's row. */
  deleteSet(): DeleteSet;
}

export type Admission =
  /** It brings something and can be integrated at once. */
  | Admitted
  /** Everything in it is known already: a repeated or replayed message. Nothing is to be stored. */
  | { readonly kind: "known" }
  /** It builds on changes that are not here. Not the sender's fault: ask for everything that is missing. */
  | { readonly kind: "gap" }
  /** It can never be accepted. */
  | { readonly kind: "refused"; readonly reason: RefusalReason };

export interface Admitted {
  readonly kind: "new";
  /** What to store and to send on: the update without what was known before. */
  readonly update: Uint8Array;
  /** What `update` holds, where judging it has shown that; null where joining it has to look. */
  readonly outline: Outline | null;
  /** For each client with new structs its next clock after them. */
  readonly advanced: ReadonlyMap<ClientId, number>;
  /** What it deletes that was not deleted before. */
  readonly deleted: readonly IdRange[];
  /** UTF-16 units of text it brings. */
  readonly inserted: number;
}

/**
 * Judges an update against a document without building either: O(update), whatever the document's size.
 * An admitted update, applied after everything that is known, leaves nothing pending and does not throw.
 */
export function admit(
  bytes: Uint8Array,
  known: KnownState,
  limits: UpdateLimits = defaultUpdateLimits,
): Admission {
  return typingOrNull(bytes, known, limits) ?? admitAny(bytes, known, limits);
}

function typingOrNull(bytes: Uint8Array, known: KnownState, limits: UpdateLimits): Admitted | null {
  try {
    return admitTyping(bytes, known, limits);
  } catch {
    return null; // malformed: the long way says in which respect
  }
}

/** Judges an update of any kind. */
export function admitAny(bytes: Uint8Array, known: KnownState, limits: UpdateLimits): Admission {
  const read = readUpdate(bytes, limits);
  if (!read.ok) return { kind: "refused", reason: read.reason };
  const { shape } = read;

  const news = findNews(shape.sections, known.stateVector);
  if (news === "gap") return { kind: "gap" };
  const next = (client: ClientId) => news.advanced.get(client) ?? known.stateVector.get(client) ?? 0;
  for (const { client, clock, length } of shape.deletes) {
    if (clock + length > next(client)) return { kind: "gap" };
  }
  if (!nestingWithin(shape.sections, limits.maxDepth)) return { kind: "refused", reason: "too-deep" };
  if (!integrable(shape.sections, known.stateVector)) return { kind: "gap" };

  const deleted = findNewDeletes(shape.deletes, known);
  if (news.advanced.size === 0 && deleted.length === 0) return { kind: "known" };
  const verbatim = !news.overlap && sameRanges(deleted, shape.deletes);
  const update = verbatim ? bytes : trim(bytes, shape, news.advanced, known.stateVector, deleted, limits);
  return { kind: "new", update, outline: null, advanced: news.advanced, deleted, inserted: news.inserted };
}

interface News {
  readonly advanced: Map<ClientId, number>;
  /** Some structs are known already and must not be stored twice. */
  readonly overlap: boolean;
  readonly inserted: number;
}

function findNews(sections: readonly Section[], known: StateVector): News | "gap" {
  const advanced = new Map<ClientId, number>();
  let overlap = false;
  let inserted = 0;
  for (const { client, structs } of sections) {
    const start = known.get(client) ?? 0;
    let next = start;
    for (const { clock, length, text } of structs) {
      if (clock > next) return "gap";
      if (clock < start) overlap = true;
      const fresh = Math.max(0, clock + length - next);
      inserted += Math.min(fresh, text);
      next += fresh;
    }
    if (next > start) advanced.set(client, next);
  }
  return { advanced, overlap, inserted };
}

function findNewDeletes(deletes: readonly IdRange[], known: KnownState): IdRange[] {
  if (deletes.length === 0) return [];
  const before = known.deleteSet();
  return deletes.flatMap((range) => before.missing(range));
}

function sameRanges(a: readonly IdRange[], b: readonly IdRange[]): boolean {
  return (
    a.length === b.length &&
    a.every((range, i) => range.clock === b[i]?.clock && range.length === b[i]?.length)
  );
}

/** The same update without known structs and known deletes. */
function trim(
  bytes: Uint8Array,
  shape: UpdateShape,
  advanced: ReadonlyMap<ClientId, number>,
  known: StateVector,
  deleted: readonly IdRange[],
  limits: UpdateLimits,
): Uint8Array {
  const out = encoding.createEncoder();
  if (advanced.size === 0) encoding.writeVarUint(out, 0);
  else {
    const relevant = new Map<ClientId, number>();
    for (const { client } of shape.sections) relevant.set(client, known.get(client) ?? 0);
    const rest = Y.diffUpdate(bytes, encodeStateVector(relevant));
    const read = readUpdate(rest, limits);
    if (!read.ok) throw new Error(`trimming broke an update: ${read.reason}`);
    encoding.writeUint8Array(out, rest.subarray(0, read.shape.deletesAt));
  }
  writeDeleteSet(out, deleted);
  return encoding.toUint8Array(out);
}

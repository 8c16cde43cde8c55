import * as Y from "yjs";

/** Numbers of local changes, both ends included. */
export interface Range {
  readonly first: number;
  readonly last: number;
}

/** One or more local updates, merged. */
export interface Parcel {
  readonly update: Uint8Array;
  /** The numbers of the local changes in it: those of one provider are numbered as they are made. */
  readonly ranges: readonly Range[];
  /** How many local updates are inside. */
  readonly changes: number;
  /** How often the content was merged: parcels are only merged with their equals. */
  readonly rank: number;
}

/** What a parcel is to whoever keeps it. */
export type Numbered = Pick<Parcel, "ranges" | "update">;

interface SentParcel extends Parcel {
  readonly pushId: number;
}

/** A push as it goes over the wire. */
export interface Push {
  readonly pushId: number;
  readonly update: Uint8Array;
}

/** Every local change without an acknowledgement, oldest first: first what was sent, then what waits. */
export interface Outbox {
  readonly sent: readonly SentParcel[];
  readonly waiting: readonly Parcel[];
  /** Never used twice by one provider, so an answer to an old connection's push cannot meet a new one. */
  readonly nextPushId: number;
  /** The number of the next local change. */
  readonly nextChange: number;
}

export const emptyOutbox: Outbox = { sent: [], waiting: [], nextPushId: 1, nextChange: 1 };

/** `Y.mergeUpdates` is quadratic in their number (20,000 took 9 s), so never more than so many at once. */
const MERGE_AT = 32;

/** How many local updates have no acknowledgement yet. */
export function pendingChanges({ sent, waiting }: Outbox): number {
  return countChanges(sent) + countChanges(waiting);
}

/**
 * Adds a local update. A long absence gathers thousands: each time 32 of equal rank stand at the end they become
 * one, unless that would exceed `maxBytes`, the size of a push.
 */
export function addChange(outbox: Outbox, update: Uint8Array, maxBytes: number): Outbox {
  const { nextChange: number } = outbox;
  const parcel = { update, ranges: [{ first: number, last: number }], changes: 1, rank: 0 };
  return addParcel({ ...outbox, nextChange: number + 1 }, parcel, maxBytes);
}

/** Adds changes that have their numbers already: an earlier page made them. */
export function addParcel(outbox: Outbox, parcel: Parcel, maxBytes: number): Outbox {
  const waiting: Parcel[] = [...outbox.waiting, parcel];
  for (;;) {
    const tail = waiting.slice(-MERGE_AT);
    const rank = tail[0]?.rank ?? 0;
    const equals = tail.length === MERGE_AT && tail.every((parcel) => parcel.rank === rank);
    if (!equals || countBytes(tail) > maxBytes) return { ...outbox, waiting };
    waiting.splice(-MERGE_AT, MERGE_AT, {
      update: Y.mergeUpdates(tail.map((parcel) => parcel.update)),
      ranges: rangesOf(tail),
      changes: countChanges(tail),
      rank: rank + 1,
    });
  }
}

/**
 * Takes the next push: everything that waits, merged, or as much as fits `maxBytes` (at least one update: only
 * the server can refuse one that is too large). `push` is null when nothing waits.
 */
export function takePush(outbox: Outbox, maxBytes: number): { outbox: Outbox; push: Push | null } {
  const { waiting, nextPushId: pushId } = outbox;
  let count = 0;
  let bytes = 0;
  for (const { update } of waiting) {
    bytes += update.length;
    if (count > 0 && bytes > maxBytes) break;
    count++;
  }
  if (count === 0) return { outbox, push: null };
  const taken = waiting.slice(0, count);
  const update = mergeInChunks(taken.map((parcel) => parcel.update));
  const parcel: SentParcel = {
    update,
    ranges: rangesOf(taken),
    changes: countChanges(taken),
    rank: 0,
    pushId,
  };
  return {
    outbox: {
      ...outbox,
      sent: [...outbox.sent, parcel],
      waiting: waiting.slice(count),
      nextPushId: pushId + 1,
    },
    push: { pushId, update },
  };
}

/** Forgets the push that is now durable, and only that one. An unknown or repeated number changes nothing. */
export function acknowledge(outbox: Outbox, pushId: number): Outbox {
  if (!isUnanswered(outbox, pushId)) return outbox;
  return { ...outbox, sent: outbox.sent.filter((parcel) => parcel.pushId !== pushId) };
}

/** Whether that push was sent on this connection and neither acknowledged nor replaced. */
export function isUnanswered({ sent }: Outbox, pushId: number): boolean {
  return sent.some((parcel) => parcel.pushId === pushId);
}

/** The connection is gone: what it did not acknowledge waits again, before what waited already. */
export function takeBackSent(outbox: Outbox): Outbox {
  if (outbox.sent.length === 0) return outbox;
  return { ...outbox, sent: [], waiting: [...outbox.sent, ...outbox.waiting] };
}

/** Everything unacknowledged becomes the one `update` that contains it all; null when the server has it all. */
export function replaceAll(outbox: Outbox, update: Uint8Array | null): Outbox {
  if (update === null) return { ...outbox, sent: [], waiting: [] };
  const { nextChange: number } = outbox;
  const changes = Math.max(1, pendingChanges(outbox));
  const parcel = { update, ranges: [{ first: number, last: number }], changes, rank: 0 };
  return { ...outbox, sent: [], waiting: [parcel], nextChange: number + 1 };
}

/** Everything unacknowledged, oldest first. */
export function parcelsOf({ sent, waiting }: Outbox): readonly Parcel[] {
  return [...sent, ...waiting];
}

/** Merges without the cost that `Y.mergeUpdates` has for many at once. */
export function mergeInChunks(updates: readonly Uint8Array[]): Uint8Array {
  let level = updates;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += MERGE_AT) next.push(Y.mergeUpdates(level.slice(i, i + MERGE_AT)));
    level = next;
  }
  return level[0] ?? Y.mergeUpdates([]);
}

function rangesOf(parcels: readonly Parcel[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of parcels.flatMap(({ ranges }) => ranges)) {
    const before = joined.at(-1);
    if (before?.last !== range.first - 1) joined.push(range);
    else joined[joined.length - 1] = { first: before.first, last: range.last };
  }
  return joined;
}

function countChanges(parcels: readonly Parcel[]): number {
  return parcels.reduce((sum, { changes }) => sum + changes, 0);
}

function countBytes(parcels: readonly Parcel[]): number {
  return parcels.reduce((sum, { update }) => sum + update.length, 0);
}

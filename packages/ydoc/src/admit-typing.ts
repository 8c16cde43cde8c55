import type { Admitted, KnownState } from "./admit.ts";
import { Depths } from "./depths.ts";
import { TEXT_REF } from "./read-content.ts";
import { NOBODY, SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";
import type { UpdateLimits } from "./update-limits.ts";

/**
 * Judges what typing and pasting send: the next structs of one client, and no deletion. What it admits, `admit` admits
 * as well, with the same words; but in one walk over the bytes that keeps next to nothing of the single structs, so that
 * `maxWalkedStructs` may come at once. Null for every other update, acceptable or not: `admit` then goes the long way.
 *
 * One client's structs come in their order, so each needs only what is known before the update.
 */
export function admitTyping(
  bytes: Uint8Array,
  { stateVector }: KnownState,
  limits: UpdateLimits,
): Admitted | null {
  const cursor = new UpdateCursor(bytes, limits, limits.maxWalkedStructs);
  if (cursor.sectionsLeft !== 1 || !cursor.nextSection()) return null;
  const { client, clock, structsLeft: count, position: from } = cursor;
  if (count === 0 || clock !== (stateVector.get(client) ?? 0)) return null;
  const isKnown = (of: number, at: number) =>
    of === NOBODY || of === client || at < (stateVector.get(of as typeof client) ?? 0);
  // structs that are as few cannot be nested too deeply; each struct is at least two bytes
  const depths = count <= limits.maxDepth ? null : new Depths(Math.min(count, bytes.length >> 1));
  let inserted = 0;
  while (cursor.nextStruct()) {
    if (cursor.contentRef === SKIPPED_REF) return null;
    if (!isKnown(cursor.originClient, cursor.originClock)) return null;
    if (!isKnown(cursor.rightOriginClient, cursor.rightOriginClock)) return null;
    if (!isKnown(cursor.parentClient, cursor.parentClock)) return null;
    if (cursor.contentRef === TEXT_REF) inserted += cursor.length;
    if (depths !== null && !isWithin(cursor, depths, limits.maxDepth)) return null;
  }
  const end = cursor.clock + cursor.length;
  const { to } = cursor;
  const deletesAt = cursor.position;
  if (cursor.nextDelete() || !cursor.isAtEnd) return null;
  const stretch = { client, clock, count, from, end, to, isWhole: true };
  return {
    kind: "new",
    update: bytes,
    outline: { stretches: [stretch], deletes: [], deletesAt, structs: count },
    advanced: new Map([[client, end]]),
    deleted: [],
    inserted,
  };
}

/** A parent in the same update adds a level; a neighbour lies on the same one. */
function isWithin(cursor: UpdateCursor, depths: Depths, maxDepth: number): boolean {
  let depth = 0;
  if (cursor.parentClient === cursor.client) {
    if (depths.has(cursor.parentClock)) depth = depths.at(cursor.parentClock) + 1;
  } else if (cursor.parentClient === NOBODY) {
    if (cursor.originClient === cursor.client) depth = depths.at(cursor.originClock);
    else if (cursor.originClient === NOBODY && cursor.rightOriginClient === cursor.client)
      depth = depths.at(cursor.rightOriginClock);
  }
  if (depth > maxDepth) return false;
  depths.push(cursor.clock, depth);
  return true;
}

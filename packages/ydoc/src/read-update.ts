import type { ClientId, IdRange } from "./ids.ts";
import { TEXT_REF, TYPE_REF } from "./read-content.ts";
import { Refusal, type RefusalReason } from "./refusal.ts";
import { NOBODY, SKIPPED_REF, UpdateCursor } from "./update-cursor.ts";
import { defaultUpdateLimits, type UpdateLimits } from "./update-limits.ts";

/** A struct's id, or what it refers to. */
export interface StructId {
  readonly client: ClientId;
  readonly clock: number;
}

export interface Struct {
  readonly clock: number;
  readonly length: number;
  /** Left neighbour when it was inserted. */
  readonly origin: StructId | null;
  readonly rightOrigin: StructId | null;
  /** The item whose type holds this struct; null under a root type and where the neighbours tell. */
  readonly parent: StructId | null;
  /** It holds a shared type, so that other structs can be inside it. */
  readonly isType: boolean;
  /** UTF-16 units of text. */
  readonly text: number;
}

/** The structs of one client, ascending; where clocks are missing between two of them, the update skipped them. */
export interface Section {
  readonly client: ClientId;
  readonly structs: readonly Struct[];
}

export interface UpdateShape {
  readonly sections: readonly Section[];
  readonly deletes: readonly IdRange[];
  /** Where in the bytes the delete set begins. */
  readonly deletesAt: number;
}

export type ReadUpdate =
  | { readonly ok: true; readonly shape: UpdateShape }
  | { readonly ok: false; readonly reason: RefusalReason };

/**
 * Reads a V1 update without building Yjs structs: memory stays proportional to the bytes, whatever lengths they
 * claim, and everything on which Yjs would throw half way through applying is refused here first. For stored updates
 * of any size there is `outlineOf`, which keeps nothing of the single structs.
 */
export function readUpdate(bytes: Uint8Array, limits: UpdateLimits = defaultUpdateLimits): ReadUpdate {
  try {
    const cursor = new UpdateCursor(bytes, limits);
    const sections: Section[] = [];
    while (cursor.nextSection()) sections.push({ client: cursor.client, structs: readStructs(cursor) });
    const deletesAt = cursor.position;
    const deletes: IdRange[] = [];
    while (cursor.nextDelete()) deletes.push(rangeAt(cursor));
    if (!cursor.isAtEnd) throw new Refusal("malformed");
    return { ok: true, shape: { sections, deletes, deletesAt } };
  } catch (error) {
    // anything but a Refusal is lib0 at the end of the bytes, or at broken UTF-8
    return { ok: false, reason: error instanceof Refusal ? error.reason : "malformed" };
  }
}

/** The range that the cursor came to, to keep. */
export function rangeAt({ client, clock, length }: UpdateCursor): IdRange {
  return { client, clock, length };
}

function readStructs(cursor: UpdateCursor): Struct[] {
  const structs: Struct[] = [];
  while (cursor.nextStruct()) {
    if (cursor.contentRef === SKIPPED_REF) continue;
    structs.push({
      clock: cursor.clock,
      length: cursor.length,
      origin: idOf(cursor.originClient, cursor.originClock),
      rightOrigin: idOf(cursor.rightOriginClient, cursor.rightOriginClock),
      parent: idOf(cursor.parentClient, cursor.parentClock),
      isType: cursor.contentRef === TYPE_REF,
      text: cursor.contentRef === TEXT_REF ? cursor.length : 0,
    });
  }
  return structs;
}

function idOf(client: number, clock: number): StructId | null {
  return client === NOBODY ? null : { client: client as ClientId, clock };
}

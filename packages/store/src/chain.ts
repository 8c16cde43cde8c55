import { digest } from "lib0/hash/sha256";
import { join } from "./parts.ts";

/** What the first segment is linked to. */
export const CHAIN_START: Uint8Array = new Uint8Array(32);

/**
 * The link of a closed segment: SHA-256 over the link before it and the segment's bytes. Whoever has noted one link
 * can tell later whether anything up to there was changed. Synchronous, unlike the platform's own: a segment closes in
 * the turn that appends to it.
 *
 * @param segment as `encodeFrames` wrote it
 */
export function linkOf(previous: Uint8Array, segment: Uint8Array): Uint8Array {
  return new Uint8Array(digest(join([previous, segment])));
}

export function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

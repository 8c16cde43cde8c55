import { digest as sha256 } from "lib0/hash/sha256";

/** Bytes of a digest on the wire. */
export const DIGEST_BYTES = 8;

/**
 * What two sides compare instead of the bytes themselves: the first 8 bytes of their SHA-256 (FIPS 180-4). Against
 * accidents, not against an adversary: of two different copies one pair in 2^64 would pass for equal.
 */
export function digest(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(sha256(bytes).subarray(0, DIGEST_BYTES));
}

/** Whether two digests are the same. */
export function isSameDigest(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

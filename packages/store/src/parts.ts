import { MAX_ROW_BYTES } from "./document-store.ts";

/**
 * Slices that fit a row each; at least one, even of nothing.
 *
 * @param beside bytes that stand in the first slice's row besides
 */
export function split(bytes: Uint8Array, beside = 0): Uint8Array[] {
  const first = MAX_ROW_BYTES - beside;
  const parts = [bytes.subarray(0, first)];
  for (let at = first; at < bytes.length; at += MAX_ROW_BYTES) {
    parts.push(bytes.subarray(at, at + MAX_ROW_BYTES));
  }
  return parts;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * Gives the memory of bytes back at once that nobody needs any more: what a row was read into stays until garbage is
 * collected, and of a large document a few readings leave more than an isolate has. A view of other bytes stays.
 */
export function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength) buffer.transfer(0);
}

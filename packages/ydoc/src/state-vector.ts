import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { ClientId } from "./ids.ts";

/** For each client the first clock that is not known yet; a client that is absent counts as 0. */
export type StateVector = ReadonlyMap<ClientId, number>;

const MAX_UINT32 = 0xffff_ffff;
const MAX_CLOCK = 0x8000_0000;

/** Bytes as Yjs writes a state vector; clients in descending order, so that equal vectors are equal bytes. */
export function encodeStateVector(vector: StateVector): Uint8Array {
  const out = encoding.createEncoder();
  const entries = [...vector].filter(([, clock]) => clock > 0).sort(([a], [b]) => b - a);
  encoding.writeVarUint(out, entries.length);
  for (const [client, clock] of entries) {
    encoding.writeVarUint(out, client);
    encoding.writeVarUint(out, clock);
  }
  return encoding.toUint8Array(out);
}

/** Reads a state vector from anywhere; null when the bytes are not one. */
export function decodeStateVector(bytes: Uint8Array): Map<ClientId, number> | null {
  const input = decoding.createDecoder(bytes);
  const vector = new Map<ClientId, number>();
  try {
    const count = decoding.readVarUint(input);
    for (let i = 0; i < count; i++) {
      const client = decoding.readVarUint(input);
      const clock = decoding.readVarUint(input);
      if (client > MAX_UINT32 || clock > MAX_CLOCK) return null;
      vector.set(client as ClientId, clock);
    }
  } catch {
    return null; // the end came early: a count that promises more than the bytes hold
  }
  return decoding.hasContent(input) ? null : vector;
}

/** Whether everything that `part` knows is known to `whole`. */
export function covers(whole: StateVector, part: StateVector): boolean {
  for (const [client, clock] of part) if ((whole.get(client) ?? 0) < clock) return false;
  return true;
}

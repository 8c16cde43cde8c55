import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import type { ClientId } from "./ids.ts";
import type { Move } from "./moves.ts";

const MAX_UINT32 = 0xffff_ffff;
const MAX_CLOCK = 0x8000_0000;

/**
 * About five bytes a move: a table of the clients, then for each move both clients' places in it, the two clocks as
 * distances from where the move before ended, and the length. Numbers are lib0's variable-length integers.
 */
export function encodeMoves(moves: readonly Move[]): Uint8Array {
  const out = encoding.createEncoder();
  const places = new Map<ClientId, number>();
  for (const { from, to } of moves) {
    for (const { client } of [from, to]) if (!places.has(client)) places.set(client, places.size);
  }
  encoding.writeVarUint(out, places.size);
  for (const client of places.keys()) encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, moves.length);
  let fromEnd = 0;
  let toEnd = 0;
  for (const { from, to } of moves) {
    encoding.writeVarUint(out, places.get(from.client) as number);
    encoding.writeVarInt(out, from.clock - fromEnd);
    encoding.writeVarUint(out, from.length);
    encoding.writeVarUint(out, places.get(to.client) as number);
    encoding.writeVarInt(out, to.clock - toEnd);
    fromEnd = from.clock + from.length;
    toEnd = to.clock + from.length;
  }
  return encoding.toUint8Array(out);
}

/** Null for bytes that `encodeMoves` did not write; what it allocates stays in proportion to the bytes. */
export function decodeMoves(bytes: Uint8Array): Move[] | null {
  try {
    const input = decoding.createDecoder(bytes);
    const clients: ClientId[] = [];
    for (let left = decoding.readVarUint(input); left > 0; left--) {
      const client = decoding.readVarUint(input);
      if (client > MAX_UINT32) return null;
      clients.push(client as ClientId);
    }
    const moves: Move[] = [];
    let fromEnd = 0;
    let toEnd = 0;
    for (let left = decoding.readVarUint(input); left > 0; left--) {
      const fromClient = clients[decoding.readVarUint(input)];
      const fromClock = fromEnd + decoding.readVarInt(input);
      const length = decoding.readVarUint(input);
      const toClient = clients[decoding.readVarUint(input)];
      const toClock = toEnd + decoding.readVarInt(input);
      fromEnd = fromClock + length;
      toEnd = toClock + length;
      if (fromClient === undefined || toClient === undefined || length === 0) return null;
      if (fromClock < 0 || toClock < 0 || fromEnd > MAX_CLOCK || toEnd > MAX_CLOCK) return null;
      moves.push({
        from: { client: fromClient, clock: fromClock, length },
        to: { client: toClient, clock: toClock },
      });
    }
    return decoding.hasContent(input) ? null : moves;
  } catch {
    return null; // lib0 at the end of the bytes, or at a number that is too large
  }
}

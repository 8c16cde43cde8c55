import WebSocket from "ws";
import { sharedServer } from "./api.ts";

/** A number as lib0 writes it: seven bits at a time, the lowest first. */
export function varUint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varUint(Math.floor(value / 0x80))];
}

export function bytes(...content: readonly number[]): number[] {
  return [...varUint(content.length), ...content];
}

/** Bytes of a sync message: 0 asks with a state vector, 1 answers, 2 brings an update. */
export function sync(type: 0 | 1 | 2, ...payload: readonly number[]): Uint8Array {
  return Uint8Array.from([0, type, ...bytes(...payload)]);
}

export interface Attempt {
  readonly id: string;
  readonly send?: string | Uint8Array;
  /** Asks for the product's own frames. */
  readonly negotiated?: boolean;
  readonly token?: string;
}

/** Opens a socket, sends one message, and resolves with the code that the server closed with. */
export function closeCodeOf({ id, send, negotiated, token }: Attempt): Promise<number> {
  const query = token === undefined ? "" : `?token=${encodeURIComponent(token)}`;
  const address = `${sharedServer().replace(/^http/, "ws")}/sync/${id}${query}`;
  const socket = new WebSocket(address, negotiated ? ["palimpsest.1"] : []);
  return new Promise((resolve, reject) => {
    socket.on("open", () => {
      if (send !== undefined) socket.send(send);
    });
    socket.on("error", reject);
    socket.on("close", resolve);
  });
}

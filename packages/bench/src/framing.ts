import { MessageType } from "@palimpsest/protocol";
import * as encoding from "lib0/encoding";

/** How a server wraps the messages of y-protocols. */
export interface Framing {
  /** Stands before every message, in both directions. */
  readonly prefix: Uint8Array;
  /** What a client sends first, complete. */
  readonly greeting: readonly Uint8Array[];
  /** Presence that a client without news has to send again within this time, or be closed; null: none. */
  readonly heartbeatMs: number | null;
}

/** As y-websocket speaks it: nothing but y-protocols. */
export const plainFraming: Framing = { prefix: new Uint8Array(), greeting: [], heartbeatMs: null };

/** The version that Hocuspocus' own provider would announce. */
const HOCUSPOCUS_VERSION = "4.7.0";
const TOKEN = 0;

/** Hocuspocus puts the document's name before every message and wants a token first, whatever it says. */
export function hocuspocusFraming(room: string): Framing {
  const prefix = written((out) => encoding.writeVarString(out, room));
  const greeting = written((out) => {
    encoding.writeUint8Array(out, prefix);
    encoding.writeVarUint(out, MessageType.auth);
    encoding.writeVarUint(out, TOKEN);
    encoding.writeVarString(out, "bench");
    encoding.writeVarString(out, HOCUSPOCUS_VERSION);
  });
  return { prefix, greeting: [greeting], heartbeatMs: 15_000 };
}

/** One message behind its framing's prefix. */
export function framed(framing: Framing, write: (out: encoding.Encoder) => void): Uint8Array {
  return written((out) => {
    encoding.writeUint8Array(out, framing.prefix);
    write(out);
  });
}

function written(write: (out: encoding.Encoder) => void): Uint8Array {
  const out = encoding.createEncoder();
  write(out);
  return encoding.toUint8Array(out);
}

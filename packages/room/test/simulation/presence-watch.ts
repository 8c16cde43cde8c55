import type { AwarenessEntry, ConnectionId } from "@palimpsest/protocol";
import type { Attachment } from "../../src/index.ts";
import type { TurnReport } from "./process.ts";
import { fail } from "./truth.ts";

interface Gathered {
  /** Yjs client id → the connection through which it is present. */
  readonly present: ReadonlyMap<number, ConnectionId>;
  /** Who hears who comes and goes. */
  readonly listeners: ReadonlySet<ConnectionId>;
}

/** [I13] at each turn: nobody is shown who is not there, and whose end nobody announced is announced to everybody. */
export class PresenceWatch {
  #before = new WeakMap<TurnReport["attachments"], Gathered>();
  /** The last word of this turn: reader → client id → whether it is there. */
  readonly #told = new Map<ConnectionId, Map<number, boolean>>();

  told(to: ConnectionId, states: readonly AwarenessEntry[]): void {
    const told = this.#told.get(to) ?? new Map<number, boolean>();
    this.#told.set(to, told);
    for (const { clientId, state } of states) told.set(clientId, state !== "null");
  }

  turn({ kind, attachments }: TurnReport): void {
    const before = this.#before.get(attachments);
    const now = gathered(attachments);
    this.#before.set(attachments, now);
    for (const [to, told] of this.#told) {
      // what it is told before its end does not matter
      if (attachments.get(to) == null) continue;
      for (const [client, isThere] of told)
        if (isThere && !now.present.has(client)) fail("I13", `${to} is shown ${client}, who is not there`);
    }
    for (const [client, holder] of before?.present ?? []) {
      if (now.present.has(client)) continue;
      // who says goodbye is taken leave of with the next news; whose socket ends, or who is swept, at once
      const saysSo = kind === "message" && attachments.get(holder) != null;
      if (saysSo) continue;
      for (const to of now.listeners) {
        const isMissed =
          to !== holder && before?.listeners.has(to) && this.#told.get(to)?.get(client) !== false;
        if (isMissed) fail("I13", `${to} is not told that ${client} has gone`);
      }
    }
    this.#told.clear();
  }

  /** A process died: nobody is there to be told. */
  died(): void {
    this.#before = new WeakMap();
  }
}

function gathered(attachments: ReadonlyMap<ConnectionId, Attachment | null>): Gathered {
  const present = new Map<number, ConnectionId>();
  const listeners = new Set<ConnectionId>();
  for (const [id, attachment] of attachments) {
    if (attachment === null) continue;
    const { presence, ready, negotiated } = attachment;
    if (presence !== null && presence.state !== null) present.set(presence.clientId, id);
    if (ready || !negotiated) listeners.add(id);
  }
  return { present, listeners };
}

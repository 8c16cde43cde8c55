import {
  type AwarenessEntry,
  type ClientId,
  type CloseCode,
  type ConnectionId,
  encodeMessage,
  type Identity,
  type Seq,
} from "@palimpsest/protocol";
import type { Attachment, Presence } from "./attachment.ts";
import type { Effect } from "./io.ts";
import { judgePresence, toDeparture, toEntry } from "./presence.ts";

/** The open sockets of a room, who is present through them, and who hears what. Who is not here is not present. */
export class Gathering {
  readonly #connections: Map<ConnectionId, Attachment>;

  constructor(connections: Iterable<readonly [ConnectionId, Attachment]>) {
    this.#connections = new Map(connections);
  }

  get size(): number {
    return this.#connections.size;
  }

  get(connection: ConnectionId): Attachment | undefined {
    return this.#connections.get(connection);
  }

  /** Takes a connection in, or changes what is kept of it. */
  attach(connection: ConnectionId, attachment: Attachment): Effect[] {
    this.#connections.set(connection, attachment);
    return [{ kind: "attach", connection, attachment }];
  }

  /** @param attachment what the connection was last given, for one that is not here any more */
  leave(connection: ConnectionId, attachment: Attachment | null = null): Effect[] {
    const presence = (this.#connections.get(connection) ?? attachment)?.presence ?? null;
    this.#connections.delete(connection);
    if (presence === null || presence.state === null) return [];
    const bytes = encodeMessage({ kind: "awareness", states: [toDeparture(presence)] });
    return sendTo(this.#presenceListeners(connection), bytes);
  }

  /** Closes a socket; its presence ends for the others at once, not when the close has come back. */
  refuse(connection: ConnectionId, code: CloseCode): Effect[] {
    return [...this.leave(connection), { kind: "close", connection, code }];
  }

  /** Shows an update to everybody who is ready, each in their own protocol. */
  broadcast(except: ConnectionId | null, update: Uint8Array, seq: Seq): Effect[] {
    const plain = this.#listeners(except, false);
    const negotiated = this.#listeners(except, true);
    return [
      ...(negotiated.length > 0 ? sendTo(negotiated, encodeMessage({ kind: "frames", seq, update })) : []),
      ...(plain.length > 0 ? sendTo(plain, encodeMessage({ kind: "update", update })) : []),
    ];
  }

  /** To everybody who speaks our protocol. */
  announce(bytes: Uint8Array): Effect[] {
    return sendTo(this.#listeners(null, true), bytes);
  }

  /** Tells one connection of everybody else who is present. */
  introduce(to: ConnectionId): Effect[] {
    const states: AwarenessEntry[] = [];
    for (const [id, { presence }] of this.#connections) {
      if (id !== to && presence !== null && presence.state !== null) states.push(toEntry(presence));
    }
    return states.length === 0 ? [] : sendTo([to], encodeMessage({ kind: "awareness", states }));
  }

  /**
   * What a connection says of presences.
   *
   * @param mayAuthorAs whether a person may appear as a Yjs client
   */
  hear(
    connection: ConnectionId,
    entries: readonly AwarenessEntry[],
    mayAuthorAs: (user: Identity, client: ClientId) => boolean,
  ): Effect[] {
    const effects: Effect[] = [];
    const news: AwarenessEntry[] = [];
    for (const entry of entries) {
      const from = this.#connections.get(connection);
      if (from === undefined) break;
      const holder = this.#presentAs(entry.clientId);
      // the same person's older socket may be dead without anybody knowing: the newer one takes the presence over
      const free = holder === null || holder === connection || this.#isSamePerson(holder, from);
      const mayBind = free && mayAuthorAs(from.user, entry.clientId);
      const change = judgePresence(from.presence, entry, from.user, mayBind);
      if (change.kind === "ignore") continue;
      if (holder !== null && holder !== connection) effects.push(...this.#supersede(holder, entry.clock));
      effects.push(...this.attach(connection, { ...from, presence: change.presence }));
      news.push(toEntry(change.presence));
    }
    if (news.length === 0) return effects;
    const bytes = encodeMessage({ kind: "awareness", states: news });
    return [...effects, ...sendTo(this.#presenceListeners(connection), bytes)];
  }

  #listeners(except: ConnectionId | null, negotiated: boolean): ConnectionId[] {
    const ids: ConnectionId[] = [];
    for (const [id, attachment] of this.#connections) {
      if (id !== except && attachment.ready && attachment.negotiated === negotiated) ids.push(id);
    }
    return ids;
  }

  /** A plain connection was told at its opening who is there, so from then on it has to hear who comes and goes. */
  #presenceListeners(except: ConnectionId): ConnectionId[] {
    const ids: ConnectionId[] = [];
    for (const [id, { ready, negotiated }] of this.#connections) {
      if (id !== except && (ready || !negotiated)) ids.push(id);
    }
    return ids;
  }

  #presentAs(clientId: number): ConnectionId | null {
    for (const [id, { presence }] of this.#connections) {
      if (presence !== null && presence.state !== null && presence.clientId === clientId) return id;
    }
    return null;
  }

  #isSamePerson(connection: ConnectionId, other: Attachment): boolean {
    return this.#connections.get(connection)?.user.id === other.user.id;
  }

  /** The person is present through a newer socket: what this one still says up to `clock` is old. */
  #supersede(connection: ConnectionId, clock: number): Effect[] {
    const attachment = this.#connections.get(connection);
    if (attachment === undefined || attachment.presence === null) return [];
    const presence: Presence = { ...attachment.presence, clock, state: null };
    return this.attach(connection, { ...attachment, presence });
  }
}

export function sendTo(to: readonly ConnectionId[], bytes: Uint8Array): Effect[] {
  return to.length === 0 ? [] : [{ kind: "send", to, bytes }];
}

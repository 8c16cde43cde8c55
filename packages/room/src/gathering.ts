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
import { Flow, type FlowLimits } from "./flow.ts";
import type { Effect } from "./io.ts";
import { judgePresence, toDeparture, toEntry } from "./presence.ts";
import { PresenceNews } from "./presence-news.ts";

/** The open sockets of a room, who is present through them, and who hears what. Who is not here is not present. */
export class Gathering {
  readonly #connections: Map<ConnectionId, Attachment>;
  readonly #flows = new Map<ConnectionId, Flow>();
  readonly #presence: PresenceNews;
  readonly #limits: FlowLimits;

  /** @param presenceMs between two words on presences */
  constructor(
    connections: Iterable<readonly [ConnectionId, Attachment]>,
    presenceMs: number,
    limits: FlowLimits,
  ) {
    this.#connections = new Map(connections);
    this.#presence = new PresenceNews(presenceMs);
    this.#limits = limits;
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
    this.#flows.delete(connection);
    if (presence === null || presence.state === null) return [];
    return this.#tellDeparture(connection, presence);
  }

  /**
   * Nothing was heard of a connection for long. One of ours gives signs of life: its socket leads nowhere any more.
   * A plain one owes nobody a sign, so it may read on; but it is not present.
   */
  sweep(connection: ConnectionId): Effect[] {
    const attachment = this.#connections.get(connection);
    if (attachment === undefined) return [];
    if (attachment.negotiated) return this.refuse(connection, 4300);
    const { presence } = attachment;
    if (presence === null || presence.state === null) return [];
    return [
      ...this.attach(connection, { ...attachment, presence: { ...presence, state: null } }),
      ...this.#tellDeparture(connection, presence),
    ];
  }

  /** Closes a socket; its presence ends for the others at once, not when the close has come back. */
  refuse(connection: ConnectionId, code: CloseCode): Effect[] {
    return [...this.leave(connection), { kind: "close", connection, code }];
  }

  /**
   * Shows an update to everybody who is ready and reads, each in their own protocol.
   *
   * @param after the position before it: where a reader who cannot take it now stays
   */
  broadcast(except: ConnectionId | null, update: Uint8Array, after: Seq, seq: Seq): Effect[] {
    const effects: Effect[] = [];
    const plain: ConnectionId[] = [];
    const negotiated: ConnectionId[] = [];
    const gone: ConnectionId[] = [];
    for (const [id, attachment] of this.#connections) {
      if (id === except || !attachment.ready || attachment.behind !== null) continue;
      const flow = this.#flow(id);
      if (!attachment.answers && flow.isOverfull) gone.push(id);
      else if (attachment.answers && flow.isFull) {
        effects.push(...this.attach(id, { ...attachment, behind: after }));
        // its answer is what brings it on: one has to be under way
        effects.push(...this.#ask(id, flow.ask()));
      } else (attachment.negotiated ? negotiated : plain).push(id);
    }
    if (negotiated.length > 0)
      effects.push(...this.#sendCounted(negotiated, encodeMessage({ kind: "frames", seq, update })));
    if (plain.length > 0)
      effects.push(...this.#sendCounted(plain, encodeMessage({ kind: "update", update })));
    for (const id of gone) effects.push(...this.refuse(id, 4300));
    return effects;
  }

  /** Counts what was sent to one reader besides. */
  sent(to: ConnectionId, bytes: number): Effect[] {
    return this.#ask(to, this.#flow(to).count(bytes));
  }

  /** A reader has taken in what it was sent before it was asked. */
  confirm(connection: ConnectionId): Effect[] {
    const attachment = this.#connections.get(connection);
    if (attachment === undefined) return [];
    this.#flow(connection).confirm();
    return this.attach(connection, { ...attachment, asked: false, answers: true });
  }

  /** Presences that a busy reader was not told of. */
  makeUp(connection: ConnectionId): Effect[] {
    const flow = this.#flow(connection);
    if (!flow.missedPresence) return [];
    flow.missedPresence = false;
    return this.introduce(connection);
  }

  /** A reader that was behind has been sent `bytes` more, through `through`, or everything. */
  wentOn(connection: ConnectionId, through: Seq, isAll: boolean, bytes: number): Effect[] {
    const attachment = this.#connections.get(connection);
    if (attachment === undefined) return [];
    const flow = this.#flow(connection);
    const token = flow.count(bytes) ?? (isAll ? null : flow.ask());
    return [
      ...this.attach(connection, { ...attachment, behind: isAll ? null : through }),
      ...this.#ask(connection, token),
      ...(isAll ? this.makeUp(connection) : []),
    ];
  }

  /** To everybody who speaks our protocol. */
  announce(bytes: Uint8Array): Effect[] {
    const ids: ConnectionId[] = [];
    for (const [id, { ready, negotiated }] of this.#connections) if (ready && negotiated) ids.push(id);
    return sendTo(ids, bytes);
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
   * What a connection says of presences. Those that follow each other quickly are told together.
   *
   * @param mayAuthorAs whether a person may appear as a Yjs client
   */
  hear(
    connection: ConnectionId,
    entries: readonly AwarenessEntry[],
    now: number,
    mayAuthorAs: (user: Identity, client: ClientId) => boolean,
  ): Effect[] {
    const effects: Effect[] = [];
    let isNews = false;
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
      if (change.presence.state === null) effects.push(...this.#tellDeparture(connection, change.presence));
      else this.#presence.add(connection, toEntry(change.presence));
      isNews = true;
    }
    return isNews ? [...effects, ...this.tellPresence(now)] : effects;
  }

  /** At once, and to everybody: what waits may be forgotten, and whoever did not hear of it would see a ghost. */
  #tellDeparture(of: ConnectionId, presence: Presence): Effect[] {
    this.#presence.forget(presence.clientId);
    const bytes = encodeMessage({ kind: "awareness", states: [toDeparture(presence)] });
    return sendTo(this.#presenceListeners(of), bytes);
  }

  /** Tells all who hear of presences of everybody: for when it is not known any more what was still to be told. */
  retell(): Effect[] {
    return this.#presenceListeners(null).flatMap((connection) => this.introduce(connection));
  }

  /** Something is still to be told, at the time that was asked for. */
  get hasPresenceNews(): boolean {
    return this.#presence.size > 0;
  }

  /** Tells everybody who came, moved or left, if it is time, or the last one; else asks for a flush when it will be. */
  tellPresence(now: number, isLast = false): Effect[] {
    const due = this.#presence.take(now, isLast);
    if (due.kind === "wait") return due.at === null ? [] : [{ kind: "flush-at", at: due.at }];
    const effects: Effect[] = [];
    const bytes = encodeMessage({ kind: "awareness", states: due.entries });
    const listeners: ConnectionId[] = [];
    for (const id of this.#presenceListeners(due.from)) {
      const flow = this.#flow(id);
      // whoever has not read the text yet can do without the latest movement of a cursor
      if (flow.isBusy) {
        flow.missedPresence = true;
        // its answer is when it is told
        effects.push(...this.#ask(id, flow.ask()));
      } else listeners.push(id);
    }
    effects.push(...sendTo(listeners, bytes));
    return effects;
  }

  /** What `tellPresence` asked for has come, or another flush; when it came too early, it is asked for again. */
  flushPresence(now: number, isLast: boolean): Effect[] {
    this.#presence.flushed();
    return this.tellPresence(now, isLast);
  }

  /** A plain connection was told at its opening who is there, so from then on it has to hear who comes and goes. */
  #presenceListeners(except: ConnectionId | null): ConnectionId[] {
    const ids: ConnectionId[] = [];
    for (const [id, { ready, negotiated }] of this.#connections) {
      if (id !== except && (ready || !negotiated)) ids.push(id);
    }
    return ids;
  }

  #flow(connection: ConnectionId): Flow {
    let flow = this.#flows.get(connection);
    if (flow === undefined) {
      flow = new Flow(this.#limits);
      // asked in an earlier life of this memory: what was kept from it since is forgotten
      flow.missedPresence = this.#connections.get(connection)?.asked === true;
      this.#flows.set(connection, flow);
    }
    return flow;
  }

  #sendCounted(to: readonly ConnectionId[], bytes: Uint8Array): Effect[] {
    return [...sendTo(to, bytes), ...to.flatMap((id) => this.sent(id, bytes.length))];
  }

  /** A plain client answers the question who is there at once, and that is all that it can be asked. */
  #ask(connection: ConnectionId, token: number | null): Effect[] {
    const attachment = this.#connections.get(connection);
    if (token === null || attachment === undefined) return [];
    const question = attachment.negotiated
      ? ({ kind: "confirm", token } as const)
      : ({ kind: "query-awareness" } as const);
    return [
      ...this.attach(connection, { ...attachment, asked: true }),
      ...sendTo([connection], encodeMessage(question)),
    ];
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

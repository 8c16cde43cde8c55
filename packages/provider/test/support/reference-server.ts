import {
  type AwarenessEntry,
  type ClientMessage,
  type ConnectionId,
  decodeClientMessage,
  digest,
  encodeMessage,
  isSameDigest,
  type Role,
  type ServerMessage,
} from "@palimpsest/protocol";
import type { FakeClock } from "@palimpsest/testkit/clock";
import type { FakeSocket } from "@palimpsest/testkit/socket";
import * as Y from "yjs";
import { ada, seq } from "./harness.ts";

interface Peer {
  readonly socket: FakeSocket;
  readonly role: Role;
  ready: boolean;
  presence: AwarenessEntry | null;
}

/** How long a message is under way, in milliseconds; never overtakes the one before. */
export type Delay = () => number;

/**
 * The smallest server that keeps the protocol: a document, a log of updates, and the sockets. It stores before it
 * acknowledges, refuses gaps, and knows duplicates.
 */
export class ReferenceServer {
  readonly doc = new Y.Doc();
  readonly log: Uint8Array[] = [];
  logId = "log-1";
  role: Role = "edit";
  resumes = 0;
  sentBytes = 0;
  /** For each audit that was answered, whether both copies were the same. */
  readonly audits: boolean[] = [];
  readonly #peers = new Set<Peer>();
  readonly #clock: FakeClock;
  readonly #delay: Delay;

  constructor(clock: FakeClock, delay: Delay = () => 0) {
    this.#clock = clock;
    this.#delay = delay;
  }

  get present(): AwarenessEntry[] {
    return [...this.#peers].flatMap(({ presence }) => (presence === null ? [] : [presence]));
  }

  /** Takes a new socket: hand this to `FakeSockets.onopen`. */
  readonly accept = (socket: FakeSocket): void => {
    const peer: Peer = { socket, role: this.role, ready: false, presence: null };
    const arrive = this.#line();
    socket.onsend = (data) => {
      if (typeof data === "string") arrive(() => socket.receive("pong"));
      // what was sent before a normal close still arrives
      else arrive(() => this.#peers.has(peer) && this.#receive(peer, data));
    };
    socket.onclosed = () => arrive(() => this.#leave(peer));
    arrive(() => {
      this.#peers.add(peer);
      socket.accept();
    });
  };

  /** The connection breaks in both directions: what is under way is lost. */
  cut(socket: FakeSocket): void {
    for (const peer of this.#peers) if (peer.socket === socket) this.#leave(peer);
    socket.onsend = null;
    socket.drop();
  }

  #leave(peer: Peer): void {
    if (!this.#peers.delete(peer) || peer.presence === null) return;
    const { clientId, clock } = peer.presence;
    this.#broadcast(peer, { kind: "awareness", states: [{ clientId, clock: clock + 1, state: "null" }] });
  }

  #receive(peer: Peer, data: Uint8Array): void {
    const decoded = decodeClientMessage(data);
    if (!decoded.ok || (decoded.message.kind === "hello") === peer.ready) {
      throw new Error("a provider broke the protocol");
    }
    this.#handle(peer, decoded.message);
  }

  #handle(peer: Peer, message: ClientMessage): void {
    switch (message.kind) {
      case "hello":
        this.#welcome(peer, message);
        break;
      case "push":
        this.#push(peer, message);
        break;
      case "awareness":
        for (const entry of message.states) {
          peer.presence = entry.state === "null" ? null : entry;
        }
        this.#broadcast(peer, message);
        break;
      case "audit":
        this.#audit(peer, message);
        break;
      default:
        throw new Error(`a provider has no reason to send ${message.kind}`);
    }
  }

  #welcome(peer: Peer, { resume, stateVector }: ClientMessage & { kind: "hello" }): void {
    const head = seq(this.log.length);
    const resumes = resume !== null && resume.logId === this.logId && resume.seq <= head;
    if (stateVector === null && !resumes) {
      this.#send(peer, { kind: "hello-again" });
      return;
    }
    peer.ready = true;
    this.#send(peer, {
      kind: "welcome",
      connectionId: "c" as ConnectionId,
      logId: this.logId,
      head,
      role: peer.role,
      user: ada,
      coalesceMs: 130,
      stateVector: stateVector === null ? null : Y.encodeStateVector(this.doc),
    });
    if (resumes) {
      this.resumes++;
      for (let at = resume.seq; at < head; at++) {
        this.#send(peer, { kind: "frames", seq: seq(at + 1), update: this.log[at] as Uint8Array });
      }
    } else {
      const bytes = Y.encodeStateAsUpdate(this.doc, stateVector ?? undefined);
      const half = Math.ceil(bytes.length / 2);
      const slices = [bytes.subarray(0, half), bytes.subarray(half)];
      for (const [index, slice] of slices.entries()) {
        this.#send(peer, { kind: "part", index, count: 2, seq: head, bytes: slice });
      }
    }
    this.#send(peer, { kind: "synced", seq: head });
    const states = [...this.#peers].flatMap((other) =>
      other === peer || other.presence === null ? [] : [other.presence],
    );
    if (states.length > 0) this.#send(peer, { kind: "awareness", states });
  }

  #push(peer: Peer, { pushId, update }: ClientMessage & { kind: "push" }): void {
    if (peer.role !== "edit") throw new Error("a reader pushed");
    const candidate = new Y.Doc();
    Y.applyUpdate(candidate, Y.encodeStateAsUpdate(this.doc));
    Y.applyUpdate(candidate, update);
    if (candidate.store.pendingStructs !== null || candidate.store.pendingDs !== null) {
      this.#send(peer, { kind: "resync", pushId, stateVector: Y.encodeStateVector(this.doc) });
      return;
    }
    const news: Uint8Array[] = [];
    const remember = (change: Uint8Array) => news.push(change);
    this.doc.on("update", remember);
    Y.applyUpdate(this.doc, update);
    this.doc.off("update", remember);
    if (news.length > 0) {
      const frame = Y.mergeUpdates(news);
      this.log.push(frame);
      this.#broadcast(peer, { kind: "frames", seq: seq(this.log.length), update: frame });
    }
    this.#send(peer, { kind: "ack", pushId, seq: seq(this.log.length) });
  }

  #audit(peer: Peer, { seq: at, stateVector, deleteSet }: ClientMessage & { kind: "audit" }): void {
    const head = seq(this.log.length);
    if (at !== head) {
      this.#send(peer, { kind: "audited", seq: head, difference: null });
      return;
    }
    const here = Y.encodeStateVector(this.doc);
    const copy = { stateVector: here, deleteSet: Y.encodeStateAsUpdate(this.doc, here).subarray(1) };
    const isSame =
      isSameDigest(stateVector, digest(copy.stateVector)) && isSameDigest(deleteSet, digest(copy.deleteSet));
    this.audits.push(isSame);
    this.#send(peer, { kind: "audited", seq: head, difference: isSame ? null : copy });
  }

  #broadcast(except: Peer, message: ServerMessage): void {
    for (const peer of this.#peers) if (peer !== except && peer.ready) this.#send(peer, message);
  }

  readonly #down = new WeakMap<FakeSocket, (run: () => void) => void>();

  #send({ socket }: Peer, message: ServerMessage): void {
    const line = this.#down.get(socket) ?? this.#line();
    this.#down.set(socket, line);
    const bytes = encodeMessage(message);
    this.sentBytes += bytes.length;
    line(() => socket.receive(bytes));
  }

  /** Delays what passes, in order. */
  #line(): (run: () => void) => void {
    let last = 0;
    return (run) => {
      last = Math.max(last, this.#clock.now() + this.#delay());
      this.#clock.setTimeout(run, last - this.#clock.now());
    };
  }
}

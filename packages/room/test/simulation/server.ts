import {
  type AuthorNo,
  defaultCompactionPolicy,
  planCompaction,
  planPrune,
  planRollBack,
  type Seq,
} from "@palimpsest/history";
import type { ClientId, CloseCode, ConnectionId, Identity } from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import type { FakeClock } from "@palimpsest/testkit/clock";
import { InjectedFault, NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import { compact, materialize, rollBack } from "@palimpsest/ydoc";
import { type Attachment, type Input, RoomHost, type RoomPorts } from "../../src/index.ts";
import { person, SCHEMA } from "../harness.ts";
import type { Link, Network, Receiver } from "./network.ts";

/** So little that readers stay behind again and again, in documents as small as these. */
const NARROW = { askBytes: 100, mostBytes: 600, stepBytes: 200, unansweredBytes: 100_000 };

/** What happens to the next turn. */
export type Fault =
  /** The process dies in place of a statement. */
  | { readonly kind: "crash"; readonly statement: number }
  /** It dies after the commit, before anything was sent. */
  | { readonly kind: "crash-before-sending" }
  /** A statement throws and the process lives on. */
  | { readonly kind: "throw"; readonly statement: number };

export type Output =
  | { readonly kind: "send"; readonly to: ConnectionId; readonly bytes: Uint8Array }
  | { readonly kind: "close"; readonly to: ConnectionId; readonly code: CloseCode };

/** What a turn did, after its commit and before its output leaves. */
export interface TurnReport {
  readonly outputs: readonly Output[];
  readonly from: Link | null;
  readonly data: Uint8Array | string | null;
  readonly threw: boolean;
  /** Changes of earlier turns were waiting to be written. */
  readonly waited: boolean;
}

export interface Host {
  dispatch(input: Input): Seq;
  authorOf(user: Identity): AuthorNo;
  flush?(now: number): void;
  readonly isWaiting?: boolean;
}

const compaction = { ...defaultCompactionPolicy, idleMs: 0, busyMs: 0, minTailBytes: 400, minTailFrames: 4 };
const pruning = { keepNewest: 2, checkpointFrames: 25 };

/** Who looks on. */
export interface Observer {
  turn(report: TurnReport): void;
  /** The process died and has started again: what is stored is all there is. */
  died(): void;
}

/** The document's process as the platform runs it: turns that commit or vanish, and an output gate. */
export class Server implements Receiver {
  readonly driver = new NodeSqlite();
  protected readonly network: Network;
  protected readonly clock: FakeClock;
  readonly #observer: Observer;
  readonly attachments = new Map<ConnectionId, Attachment | null>();
  protected store!: SqliteStore;
  protected host!: Host;
  #outputs: Output[] = [];
  #versions = 0;
  fault: Fault | null = null;
  /** No more mistakes: for those that are mended by what happens later. */
  goesRight = false;
  deaths = 0;

  /** How long messages wait for each other; see RoomOptions. */
  protected readonly crowdMs: number;
  /** Which start of the process this is: a timer of an earlier one must not fire. */
  #start = 0;

  constructor(network: Network, clock: FakeClock, observer: Observer, crowdMs = 0) {
    this.crowdMs = crowdMs;
    this.network = network;
    this.clock = clock;
    this.#observer = observer;
    network.receiver = this;
    new SqliteStore(this.driver).create({ documentId: "d1", logId: "log-1", createdAt: 0 });
    this.start();
  }

  /** The constructor of the object runs: after a crash, and after hibernation. */
  start(): void {
    this.#start += 1;
    this.store = new SqliteStore(this.driver);
    this.host = this.makeHost({
      store: this.store,
      sockets: {
        open: () => this.openSockets(),
        send: (to, bytes) => this.send(to, bytes),
        attach: (to, attachment) => {
          if (this.attachments.get(to) !== null) this.attachments.set(to, structuredClone(attachment));
        },
        close: (to, code) => this.#close(to, code),
      },
      differed: () => undefined,
      dirty: () => undefined,
      flushAt: (at) => this.#flushLater(at),
    });
  }

  #flushLater(at: number): void {
    const start = this.#start;
    const flush = () => {
      if (start === this.#start) this.turn(() => this.host.flush?.(this.clock.now()));
    };
    this.clock.setTimeout(flush, at - this.clock.now());
  }

  protected makeHost(ports: RoomPorts): Host {
    return new RoomHost(ports, {
      schemaVersion: SCHEMA,
      crowdMs: this.crowdMs,
      presenceMs: this.crowdMs,
      ...(this.crowdMs > 0 ? { flow: NARROW } : {}),
    });
  }

  protected *openSockets(): Generator<readonly [ConnectionId, Attachment]> {
    for (const [id, attachment] of this.attachments)
      if (attachment !== null) yield [id, structuredClone(attachment)];
  }

  protected send(to: ConnectionId, bytes: Uint8Array): void {
    this.#outputs.push({ kind: "send", to, bytes: bytes.slice() });
  }

  hibernate(): void {
    // the platform does not put a process to sleep while a timer is set
    if (this.host.isWaiting !== true) this.start();
  }

  opened({ id, person: name, role, negotiated }: Link): void {
    this.turn(() =>
      this.host.dispatch({ kind: "open", connection: id, user: person(name), role, negotiated }),
    );
  }

  message(link: Link, data: Uint8Array | string): void {
    if (data === "ping") {
      this.network.answer(link, { kind: "data", data: "pong" }); // by the runtime, without waking the object
      return;
    }
    const now = this.clock.now();
    this.turn(() => this.host.dispatch({ kind: "message", connection: link.id, data, now }), link, data);
  }

  closed(link: Link): void {
    link.serverSide = "gone";
    const attachment = this.attachments.get(link.id) ?? null;
    this.attachments.delete(link.id);
    this.turn(() => this.host.dispatch({ kind: "close", connection: link.id, attachment }));
  }

  /** What the alarm does. */
  alarm(): void {
    this.turn(() => {
      this.host.flush?.(this.clock.now());
      this.compactNow();
    });
  }

  protected compactNow(): void {
    const tail = this.tail();
    const plan = planCompaction(tail, this.clock.now() + 1, compaction);
    if (plan.kind !== "compact") return;
    const seqs = this.store.snapshots().map(({ seq }) => seq);
    this.store.writeSnapshot(this.snapshotNow(), planPrune([...seqs, tail.head], pruning));
  }

  protected tail() {
    const { head } = this.store.stats();
    const snapshot = this.store.snapshots().at(-1)?.seq ?? (0 as Seq);
    let bytes = 0;
    for (const { update } of this.store.frames(snapshot, head)) bytes += update.length;
    return { head, snapshot, bytes, lastFrameAt: 0, failedAt: null };
  }

  protected snapshotNow() {
    const { head } = this.store.stats();
    const doc = materialize(this.updatesAt(head));
    return { seq: head, createdAt: this.clock.now(), ...compact(doc) };
  }

  protected updatesAt(target: Seq): Uint8Array[] {
    const snapshot = this.store.snapshots().findLast(({ seq }) => seq <= target);
    const updates = snapshot === undefined ? [] : [this.store.readSnapshot(snapshot.seq, "update")];
    for (const { update } of this.store.frames(snapshot?.seq ?? (0 as Seq), target)) updates.push(update);
    return updates;
  }

  restore(target: Seq, clientId: ClientId): void {
    this.turn(() => {
      this.host.flush?.(this.clock.now());
      const { head, floor } = this.store.stats();
      const plan = planRollBack(target, {
        head,
        floor,
        snapshots: this.store.snapshots().map(({ seq }) => seq),
      });
      if (plan.kind !== "roll-back") return;
      const later = [...this.store.frames(target, head)].map(({ update }) => update);
      const update = rollBack(this.updatesAt(target), later, clientId);
      const user = person("rita");
      this.#addVersion("Before restoring", user);
      if (update === null) return;
      this.host.dispatch({ kind: "edit", as: "restore", target, user, update, now: this.clock.now() });
    });
  }

  nameVersion(): void {
    this.turn(() => {
      this.#addVersion("A version", person("rita"));
      this.host.dispatch({ kind: "notify", notice: { kind: "history" } });
    });
  }

  #addVersion(name: string, user: Identity): void {
    this.host.flush?.(this.clock.now());
    const { head } = this.store.stats();
    const author = this.host.authorOf(user);
    const id = `v${++this.#versions}`;
    this.store.addVersion({ id, seq: head, name, createdAt: this.clock.now(), author, automatic: false });
  }

  #close(to: ConnectionId, code: CloseCode): void {
    this.attachments.set(to, null);
    this.#outputs.push({ kind: "close", to, code });
  }

  /** One turn: it commits whole before any of its output leaves, or it never happened. */
  protected turn(act: () => void, from: Link | null = null, data: Uint8Array | string | null = null): void {
    const { fault } = this;
    this.fault = null;
    this.#outputs = [];
    let threw = false;
    const waited = this.host.isWaiting === true;
    if (fault?.kind === "crash") this.driver.crashAt(fault.statement);
    // a socket's opening and its end have nobody who would send them again
    if (fault?.kind === "throw" && from !== null) this.driver.failAt(fault.statement);
    try {
      this.driver.turn(() => {
        try {
          act();
        } catch (error) {
          if (!(error instanceof InjectedFault) || error.kind === "crash") throw error;
          threw = true;
          this.#giveUp(from);
        }
      });
    } catch (error) {
      if (!(error instanceof InjectedFault)) throw error;
      this.die();
      return;
    } finally {
      this.driver.failAt(null);
    }
    if (fault?.kind === "crash-before-sending") {
      this.die();
      return;
    }
    // a turn with fewer statements leaves it to the next one
    if (!threw) this.fault ??= fault;
    this.#observer.turn({ outputs: this.#outputs, from, data, threw, waited });
    this.#release();
  }

  /** As the Worker does when a message failed: that client reconnects and sends again. */
  #giveUp(from: Link | null): void {
    if (from === null) return;
    const attachment = this.attachments.get(from.id) ?? null;
    if (attachment !== null) this.#close(from.id, 4300);
    this.host.dispatch({ kind: "close", connection: from.id, attachment });
  }

  #release(): void {
    const links = new Map(this.network.links.map((link) => [link.id, link]));
    for (const output of this.#outputs.splice(0)) {
      const link = links.get(output.to);
      if (link === undefined) continue;
      if (output.kind === "send") this.network.answer(link, { kind: "data", data: output.bytes });
      else this.network.answer(link, { kind: "close", code: output.code });
    }
  }

  die(): void {
    this.deaths++;
    this.#outputs = [];
    this.attachments.clear();
    this.network.serverDied();
    this.start();
    this.#observer.died();
  }
}

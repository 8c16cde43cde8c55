import type { AppendBatch, AuthorNo, Seq } from "@palimpsest/history";
import type { CloseCode, ConnectionId, Identity } from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import { InjectedFault } from "@palimpsest/testkit/node-sqlite";
import { type Attachment, type Input, RoomHost, type RoomPorts } from "../../src/index.ts";
import { SCHEMA } from "../harness.ts";
import type { Link } from "./network.ts";
import type { Site } from "./site.ts";

/** So little that readers stay behind again and again, in documents as small as these. */
const NARROW = { askBytes: 100, mostBytes: 600, stepBytes: 200, unansweredBytes: 20_000 };
/** So that a document of a few kilobytes has open, closed, packed and kept rows. */
export const SMALL = { segment: 500, pack: 1_500, kept: 3_000 };

/** What an object says that has noticed. */
const REFUSALS = /without this store|another object|was not admitted|UNIQUE constraint/;

/** What happens to the next turn, or, when it is torn, to the next write of several senders' changes. */
export type Fault =
  /** The process dies in place of a statement. */
  | { readonly kind: "crash"; readonly statement: number }
  /** It dies after the commit, before anything was sent. */
  | { readonly kind: "crash-before-sending" }
  /** A statement throws and the process lives on. */
  | { readonly kind: "throw"; readonly statement: number };
export type Tear = Exclude<Fault, { kind: "crash-before-sending" }>;

export type Output =
  | { readonly kind: "send"; readonly to: ConnectionId; readonly bytes: Uint8Array }
  | { readonly kind: "close"; readonly to: ConnectionId; readonly code: CloseCode };

export type TurnKind = "open" | "message" | "close" | "sweep" | "flush" | "work";

/** What a turn did, after its commit and before its output leaves. */
export interface TurnReport {
  readonly kind: TurnKind;
  readonly outputs: readonly Output[];
  readonly from: Link | null;
  readonly data: Uint8Array | string | null;
  readonly threw: boolean;
  /** Changes of earlier turns were waiting to be written. */
  readonly waited: boolean;
  /** Every socket of this object; null for one that it has closed. */
  readonly attachments: ReadonlyMap<ConnectionId, Attachment | null>;
}

export interface Host {
  dispatch(input: Input): Seq;
  authorOf(user: Identity): AuthorNo;
  flush?(now: number): void;
  readonly isWaiting?: boolean;
}

/** An object as the platform runs it: turns that commit or vanish, an output gate, and a process that can die. */
export class Process {
  protected readonly site: Site;
  readonly attachments = new Map<ConnectionId, Attachment | null>();
  protected store!: SqliteStore;
  protected host!: Host;
  #outputs: Output[] = [];
  #appended = false;
  /** Which start of the process this is: a timer of an earlier one must not fire. */
  #start = 0;
  fault: Fault | null = null;
  tear: Tear | null = null;
  /** Another object wrote since this one has read, and it has not been told so. */
  isOvertaken = false;
  /** No more mistakes: for those that are mended by what happens later. */
  goesRight = false;

  constructor(site: Site) {
    this.site = site;
    this.start();
  }

  protected get driver() {
    return this.site.driver;
  }

  protected get now(): number {
    return this.site.clock.now();
  }

  /** The constructor of the object runs: at first, after a crash, and after hibernation. */
  start(): void {
    this.#start += 1;
    this.isOvertaken = false;
    this.store = this.openStore();
    const { store } = this;
    this.host = this.makeHost({
      store: {
        load: () => store.load(),
        ownerOf: (client) => store.ownerOf(client),
        authors: () => store.authors(),
        bases: (limit) => store.bases(limit),
        readAround: (act) => store.readAround(act),
        append: (batch) => this.append(batch),
        snapshots: () => store.snapshots(),
        readSnapshot: (seq, section) => store.readSnapshot(seq, section),
        frames: (after, through) => store.frames(after, through),
      },
      sockets: {
        open: () => this.openSockets(),
        send: (to, bytes) => this.send(to, bytes),
        attach: (to, attachment) => this.attach(to, attachment),
        close: (to, code) => this.#close(to, code),
      },
      differed: () => undefined,
      dirty: () => undefined,
      flushAt: (at) => this.#flushLater(at),
    });
  }

  /** The process ends, and with it what it had in memory: no timer of it fires any more. */
  stop(): void {
    this.#start += 1;
    this.attachments.clear();
  }

  protected openStore(): SqliteStore {
    return new SqliteStore(this.driver, { sizes: SMALL });
  }

  protected makeHost(ports: RoomPorts): Host {
    const { crowdMs, narrow } = this.site;
    return new RoomHost(ports, {
      schemaVersion: SCHEMA,
      crowdMs,
      presenceMs: crowdMs,
      ...(narrow ? { flow: NARROW } : {}),
    });
  }

  protected append(batch: AppendBatch): Seq {
    const { tally } = this.site;
    const isSeveral = new Set(batch.frames.map(({ author }) => author)).size > 1;
    if (batch.frames.length > 1) tally.count("batches");
    if (isSeveral) tally.count("batches of several senders");
    const { tear } = this;
    if (isSeveral && tear !== null) {
      if (tear.kind === "crash") this.driver.crashAt(tear.statement);
      else this.driver.failAt(tear.statement);
    }
    try {
      const seq = this.store.append(batch);
      if (isSeveral && tear !== null) this.driver.failAt(null); // it has fewer statements than that
      this.#appended = true;
      return seq;
    } catch (error) {
      if (isSeveral && tear !== null && error instanceof InjectedFault) {
        this.tear = null;
        tally.count(`torn batches: ${tear.kind} at statement ${tear.statement}`);
      }
      throw error;
    }
  }

  protected *openSockets(): Generator<readonly [ConnectionId, Attachment]> {
    for (const [id, attachment] of this.attachments)
      if (attachment !== null) yield [id, structuredClone(attachment)];
  }

  protected attach(to: ConnectionId, attachment: Attachment): void {
    const before = this.attachments.get(to);
    if (before === null) return;
    const wasBehind = before !== undefined && before.behind !== null;
    if (wasBehind !== (attachment.behind !== null))
      this.site.tally.count(wasBehind ? "readers brought on" : "readers left behind");
    this.attachments.set(to, structuredClone(attachment));
  }

  protected send(to: ConnectionId, bytes: Uint8Array): void {
    this.#outputs.push({ kind: "send", to, bytes: bytes.slice() });
  }

  hibernate(): void {
    // the platform does not put a process to sleep while a timer is set
    if (this.host.isWaiting === true || this.isOvertaken) return;
    this.site.tally.count("hibernations");
    this.start();
  }

  /** One turn: it commits whole before any of its output leaves, or it never happened. */
  protected turn(
    kind: TurnKind,
    act: () => void,
    from: Link | null = null,
    data: Uint8Array | string | null = null,
  ): void {
    const { fault } = this;
    const { tally } = this.site;
    this.fault = null;
    this.#outputs = [];
    this.#appended = false;
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
          if (!this.#isExpected(error)) throw error;
          threw = true;
          this.#giveUp(from);
        }
      });
    } catch (error) {
      if (!(error instanceof InjectedFault)) throw error;
      tally.count("crashes at a statement");
      this.die();
      return;
    } finally {
      this.driver.failAt(null);
    }
    if (this.#appended) this.site.wrote(this);
    if (fault?.kind === "crash-before-sending") {
      tally.count("crashes before sending");
      this.die();
      return;
    }
    if (threw) tally.count("turns that threw");
    // a turn with fewer statements leaves it to the next one
    else this.fault ??= fault;
    const { attachments } = this;
    this.site.observer.turn({ kind, outputs: this.#outputs, from, data, threw, waited, attachments });
    this.#release();
  }

  die(): void {
    this.#outputs = [];
    this.attachments.clear();
    this.site.died(this);
    this.start();
    this.site.observer.died();
  }

  /** Refusing to write over what another object wrote is no mistake: the only error that nobody injected. */
  #isExpected(error: unknown): boolean {
    if (error instanceof InjectedFault) return error.kind === "throw";
    const isRefusal = this.isOvertaken && REFUSALS.test(String(error));
    if (!isRefusal) return false;
    this.site.tally.count("refusals of an object that was overtaken");
    if (!String(error).includes("was not admitted")) this.isOvertaken = false;
    return true;
  }

  #flushLater(at: number): void {
    const start = this.#start;
    const flush = () => {
      if (start === this.#start) this.turn("flush", () => this.host.flush?.(this.now));
    };
    this.site.clock.setTimeout(flush, Math.max(0, at - this.now));
  }

  #close(to: ConnectionId, code: CloseCode): void {
    if (this.attachments.get(to) === null) return;
    this.attachments.set(to, null);
    this.#outputs.push({ kind: "close", to, code });
  }

  /** As the Worker does when a message failed: that client reconnects and sends again. */
  #giveUp(from: Link | null): void {
    if (from === null) return;
    const attachment = this.attachments.get(from.id) ?? null;
    if (attachment !== null) this.#close(from.id, 4300);
    this.host.dispatch({ kind: "close", connection: from.id, attachment });
  }

  #release(): void {
    const { network } = this.site;
    for (const output of this.#outputs.splice(0)) {
      const link = network.find(output.to);
      if (link === undefined) continue;
      if (output.kind === "send") network.answer(link, { kind: "data", data: output.bytes });
      else network.answer(link, { kind: "close", code: output.code });
    }
  }
}

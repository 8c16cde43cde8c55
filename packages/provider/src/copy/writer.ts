import type { Role } from "@palimpsest/protocol";
import type { Numbered } from "../outbox.ts";
import type { Timers } from "../timers.ts";
import { Alarm } from "../timers.ts";
import { append, type Batch, isLoose, type Reader, rewrite, type Whole } from "./decide.ts";
import { makeRoom } from "./room.ts";
import { isFull, type OfflineStore, type Position } from "./store.ts";

/** Milliseconds until a store that could not write is tried again; doubles up to the second number. */
const RETRY_MS = 4_000;
const MAX_RETRY_MS = 64_000;
/** Putting everything into one row takes as long as the document is large: not between two keys. */
const QUIET_MS = 2_000;
const REWRITE_LATER_MS = 250;

/** How a copy fares that a tab writes. */
export type Writing =
  /** What was to be written so far is written, or is being written. */
  | "works"
  /** There is no room left on this device. */
  | "full"
  /** The store refuses for another reason. */
  | "fails";

export interface WriterOptions {
  readonly store: OfflineStore;
  readonly timers: Timers;
  readonly reader: () => Reader | null;
  /** Everything there is to write at this instant. */
  readonly whole: () => Omit<Whole, "startsAnew" | "generation" | "throughRow" | "claimedFrom">;
  /**
   * The document holds nothing that another tab wrote and could not store: in the place of what is acknowledged it would
   * pass for that, if both tabs crashed.
   */
  readonly mayRewrite: () => boolean;
  readonly freshId: () => string;
  /** Takes in what other tabs have stored; it is no change of this one. */
  readonly apply: (updates: readonly Uint8Array[]) => void;
  /** `writing` or `isKept` may be another now. */
  readonly told: () => void;
}

/**
 * Writes what happens in a tab, in order and one transaction after the other: while one is under way, what comes next is
 * gathered. After a failure nothing is known of what is stored, and everything is written anew.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #retry: Alarm;
  readonly #quiet: Alarm;
  #batch: Batch | null = null;
  #isBusy = false;
  /** Appending would leave a hole. */
  #mustRewrite = false;
  #isPaused = true;
  #startsAnew = false;
  #unkept = 0;
  #inFlight = 0;
  #failures = 0;
  #ending: (() => void) | null = null;
  #claimedFrom: readonly string[] = [];
  /** Of the copy that this tab read or wrote last. */
  generation: string | null = null;
  throughRow = -1;
  writing: Writing = "works";

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#retry = new Alarm(options.timers);
    this.#quiet = new Alarm(options.timers);
  }

  /** Every local change that is not acknowledged is stored. */
  get isKept(): boolean {
    return this.writing === "works" && !this.#mustRewrite && this.#unkept + this.#inFlight === 0;
  }

  /** There is something to write to. */
  open(): void {
    this.#isPaused = false;
    this.#go();
  }

  /** Nothing is written until `open`; what is under way ends. */
  pause(): void {
    this.#isPaused = true;
    this.#retry.clear();
    this.#quiet.clear();
  }

  /** The next time everything is written. `claimedFrom` are tabs whose outboxes this one has taken over in memory alone. */
  startOver(claimedFrom: readonly string[] = []): void {
    this.#claimedFrom = [...this.#claimedFrom, ...claimedFrom];
    this.#mustRewrite = true;
    this.#batch = null;
    this.#go();
  }

  added(changes: Numbered): void {
    this.#unkept++;
    this.#add(({ added }) => ({ added: [...added, changes] }));
  }

  settled(changes: readonly Numbered[]): void {
    const ranges = changes.flatMap((each) => each.ranges);
    const isIn = ({ ranges: [range] }: Numbered) =>
      range !== undefined && ranges.some(({ first, last }) => first <= range.first && range.first <= last);
    // what is acknowledged before it was written never was unsent
    this.#add(({ added, settled }) => ({
      added: added.filter((each) => !isIn(each)),
      settled: [...settled, ...changes],
    }));
  }

  delivered(delivery: Batch["deliveries"][number]): void {
    this.#add(({ deliveries }) => ({ deliveries: [...deliveries, delivery] }));
  }

  /** Null: what is stored about the position is not true any more. */
  moved(position: Position | null): void {
    const isLost = position === null;
    // after a failure everything is written anew, and this with it
    this.#startsAnew ||= isLost;
    this.#add(({ startsAnew }) => ({ position, startsAnew: startsAnew || isLost }));
  }

  roleIs(role: Role): void {
    this.#add(() => ({ role }));
  }

  /** Resolves when what there is to write is written, or could not be. Nothing comes after it. */
  end(): Promise<void> {
    this.#retry.clear();
    this.#quiet.clear();
    if (!this.#isBusy) return Promise.resolve();
    return new Promise((resolve) => {
      this.#ending = resolve;
    });
  }

  #add(change: (batch: Batch) => Partial<Batch>): void {
    // everything is written anew in any case
    if (!this.#mustRewrite) {
      const batch = this.#batch ?? empty;
      this.#batch = { ...batch, ...change(batch) };
    }
    this.#go();
  }

  #go(): void {
    if (this.#isBusy || this.#isPaused || this.#retry.isSet) return;
    this.#isBusy = true;
    // together with whatever else happens in this turn
    queueMicrotask(() => void this.#run());
  }

  get #hasWork(): boolean {
    const isWaiting = this.#isPaused || this.#retry.isSet;
    return !isWaiting && (this.#batch !== null || this.#mustRewrite);
  }

  async #run(): Promise<void> {
    try {
      while (this.#hasWork) await this.#write();
      this.#failures = 0;
      this.writing = "works";
    } catch (error) {
      this.#fail(error);
    }
    this.#isBusy = false;
    this.#ending?.();
    this.#options.told();
  }

  async #write(): Promise<void> {
    const reader = this.#options.reader();
    const { generation } = this;
    // before anybody knows whose copy it is, there is nothing to write it to
    if (reader === null || generation === null) this.#mustRewrite = true;
    if (reader === null) {
      this.#isPaused = true;
      return;
    }
    const batch = this.#batch;
    if (!this.#mustRewrite && batch !== null && generation !== null) {
      this.#batch = null;
      this.#startsWriting();
      await this.#append(reader, batch, generation);
    } else await this.#rewrite(reader);
  }

  async #append(reader: Reader, batch: Batch, generation: string): Promise<void> {
    const { documentId } = reader;
    try {
      const head = await this.#options.store.change(documentId, "head", (copy) =>
        append(copy, batch, reader, generation),
      );
      if (head === null) this.#mustRewrite = true;
      else {
        this.#succeeded();
        if (isLoose(head)) this.#compactLater();
      }
    } catch (error) {
      // writing everything anew may make room
      if (!isFull(error)) throw error;
      this.#mustRewrite = true;
    }
  }

  #compactLater(): void {
    this.#quiet.set(QUIET_MS, () => {
      if (this.#options.mayRewrite()) this.startOver();
      else this.#compactLater();
    });
  }

  async #rewrite(reader: Reader): Promise<void> {
    const { store, timers, freshId, whole, apply, mayRewrite } = this.#options;
    const { generation, throughRow } = this;
    const claimedFrom = this.#claimedFrom;
    const fresh = { generation: freshId(), now: timers.now() };
    const write = () =>
      store.change(reader.documentId, "all", (copy) => {
        if (!mayRewrite()) return { result: null, change: null };
        // the document, its outbox and its position at one instant: from here on everything is new again
        this.#mustRewrite = false;
        this.#batch = null;
        this.#startsWriting();
        const startsAnew = this.#startsAnew;
        return rewrite(copy, { ...whole(), startsAnew, generation, throughRow, claimedFrom }, reader, fresh);
      });
    const written = await write().catch(async (error: unknown) => {
      if (!isFull(error) || !(await makeRoom(store, reader.documentId))) throw error;
      return write();
    });
    if (written === null) {
      this.#retry.set(REWRITE_LATER_MS, () => this.#go());
      return;
    }
    const { head, others } = written;
    this.#succeeded();
    this.generation = head.generation;
    this.throughRow = Math.max(throughRow, head.nextRow - 1);
    this.#claimedFrom = [];
    this.#quiet.clear();
    apply(others);
  }

  #succeeded(): void {
    this.#inFlight = 0;
    this.#startsAnew = this.#batch?.startsAnew ?? false;
  }

  #startsWriting(): void {
    this.#inFlight += this.#unkept;
    this.#unkept = 0;
  }

  #fail(error: unknown): void {
    this.#mustRewrite = true;
    this.#batch = null;
    this.writing = isFull(error) ? "full" : "fails";
    const waitMs = Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** this.#failures);
    this.#failures++;
    if (this.#ending === null) this.#retry.set(waitMs, () => this.#go());
  }
}

const empty: Batch = {
  deliveries: [],
  added: [],
  settled: [],
  position: undefined,
  startsAnew: false,
  role: null,
};

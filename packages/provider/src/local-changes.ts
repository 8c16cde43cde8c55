import { limits } from "@palimpsest/protocol";
import {
  acknowledge,
  addChange,
  addParcel,
  emptyOutbox,
  isUnanswered,
  type Numbered,
  type Outbox,
  type Parcel,
  type Push,
  parcelsOf,
  pendingChanges,
  replaceAll,
  takeBackSent,
  takePush,
} from "./outbox.ts";
import { Alarm, type Timers } from "./timers.ts";

/** A push's own header: kind, number, length. */
const HEADER_BYTES = 32;
const MAX_PUSH_BYTES = limits.maxMessageBytes - HEADER_BYTES;
/** Answers in a row that say "there is a gap": pushing once more will not close it. */
const MAX_RESYNCS = 5;

/** How many times `coalesceMs` without a push are a pause. */
const PAUSE = 2;

export interface LocalChangesOptions {
  readonly timers: Timers;
  /** Milliseconds for which changes are gathered. */
  readonly coalesceMs: () => number;
  /** Sends a push now; only called between `open` and `close`. */
  readonly send: (push: Push) => void;
  /** Hears what comes into the outbox, and what leaves it because the server has it. */
  readonly kept?: OutboxKeeper | undefined;
}

/** Keeps a second copy of an outbox, in which nothing is lost with the page. */
export interface OutboxKeeper {
  added(changes: Numbered): void;
  settled(changes: readonly Numbered[]): void;
}

/** The outbox in time: when what is pushed, and what an answer means for it. */
export class LocalChanges {
  readonly #options: LocalChangesOptions;
  readonly #timer: Alarm;
  #outbox: Outbox = emptyOutbox;
  #isOpen = false;
  #pushedAt = Number.NEGATIVE_INFINITY;
  #resyncs = 0;

  constructor(options: LocalChangesOptions) {
    this.#options = options;
    this.#timer = new Alarm(options.timers);
  }

  /** Local updates without an acknowledgement. */
  get pending(): number {
    return pendingChanges(this.#outbox);
  }

  /** Everything without an acknowledgement, oldest first. */
  get unsent(): readonly Parcel[] {
    return parcelsOf(this.#outbox);
  }

  /** Takes the numbers of so many changes; the first of them. */
  number(changes: number): number {
    const { nextChange } = this.#outbox;
    this.#outbox = { ...this.#outbox, nextChange: nextChange + changes };
    return nextChange;
  }

  /** What another page left unsent, under numbers that `number` gave. It is pushed with the next push. */
  takeOver(parcels: readonly Numbered[]): void {
    for (const parcel of parcels)
      this.#outbox = addParcel(this.#outbox, { ...parcel, changes: 1, rank: 0 }, MAX_PUSH_BYTES);
    this.flush();
  }

  /** The server listens and this person may edit: pushes what waits. */
  open(): void {
    this.#isOpen = true;
    this.#resyncs = 0;
    this.flush();
  }

  /** The connection is gone, and every acknowledgement that was still to come with it. */
  close(): void {
    this.#isOpen = false;
    this.#timer.clear();
    this.#outbox = takeBackSent(this.#outbox);
  }

  /**
   * The first after a pause goes at once; what follows is gathered for `coalesceMs` from its first change on. Counted
   * from the push before, the same number of messages would keep keystrokes waiting half as long again.
   */
  add(update: Uint8Array): void {
    const number = this.#outbox.nextChange;
    this.#outbox = addChange(this.#outbox, update, MAX_PUSH_BYTES);
    this.#options.kept?.added({ update, ranges: [{ first: number, last: number }] });
    if (!this.#isOpen || this.#timer.isSet) return;
    const { timers } = this.#options;
    const coalesceMs = this.#options.coalesceMs();
    const sinceMs = timers.now() - this.#pushedAt;
    // a clock that was set back must not postpone a push until it has caught up
    if (sinceMs >= coalesceMs * PAUSE || sinceMs < 0) this.flush();
    else this.#timer.set(coalesceMs, () => this.flush());
  }

  /** Pushes everything that waits, if there is a connection to push it to. */
  flush(): void {
    this.#timer.clear();
    while (this.#isOpen) {
      const { outbox, push } = takePush(this.#outbox, MAX_PUSH_BYTES);
      if (push === null) return;
      this.#outbox = outbox;
      this.#pushedAt = this.#options.timers.now();
      this.#options.send(push);
    }
  }

  /** The push is durable. False when it is none of this connection's, or was replaced. */
  acknowledge(pushId: number): boolean {
    if (!isUnanswered(this.#outbox, pushId)) return false;
    const settled = this.#outbox.sent.filter((parcel) => parcel.pushId === pushId);
    this.#outbox = acknowledge(this.#outbox, pushId);
    this.#options.kept?.settled(settled);
    this.#resyncs = 0;
    return true;
  }

  /**
   * The server saw a gap before this push. "stale": an earlier answer has already replaced it. "endless": that
   * was the fifth gap in a row. "replaced": `lacking()`, everything the server lacks, was pushed instead.
   */
  resync(pushId: number, lacking: () => Uint8Array): "stale" | "endless" | "replaced" {
    if (!isUnanswered(this.#outbox, pushId)) return "stale";
    this.#resyncs++;
    if (this.#resyncs >= MAX_RESYNCS) return "endless";
    this.replaceAll(lacking());
    return "replaced";
  }

  /** Puts `update` in the place of everything unacknowledged, and pushes it; null: the server has it all. */
  replaceAll(update: Uint8Array | null): void {
    const before = this.unsent;
    this.#outbox = replaceAll(this.#outbox, update);
    for (const parcel of this.#outbox.waiting) this.#options.kept?.added(parcel);
    this.#options.kept?.settled(before);
    this.flush();
  }
}

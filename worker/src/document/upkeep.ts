import { isTimeToTell, nextAlarm, defaultCompactionPolicy as policy } from "@palimpsest/history";
import { nextSweep, type RoomHost, SILENT_MS } from "@palimpsest/room";
import { Damage, type DocumentStore } from "@palimpsest/store";
import type { DocumentAssets } from "../assets/document-assets.ts";
import {
  compactIfPossible,
  compactionPlan,
  expectFailure,
  missingCheckpoint,
  writeCheckpoint,
} from "./compaction.ts";
import type { Messenger } from "./messenger.ts";
import type { HibernatingSockets, UpkeepNotes } from "./sockets.ts";
import { thin, thinningPlan } from "./thinning.ts";
import type { Trash } from "./trash.ts";

/** An alarm does not set the next one closer than this: people who open a document together are looked for together. */
const APART_MS = 20_000;

const SPREAD_MS = 4_000;

/** Between two steps of a long work: others have their turns meanwhile, and the object is not kept awake for minutes. */
const STEP_MS = 1_000;

export interface UpkeepParts {
  readonly storage: DurableObjectStorage;
  readonly store: DocumentStore;
  readonly sockets: HibernatingSockets;
  readonly host: RoomHost;
  readonly messenger: Messenger;
  readonly trash: Trash;
  /** Takes leave of the document for good. */
  readonly purge: () => Promise<void>;
  readonly files: DocumentAssets;
  /** For how long everything is kept, in ms; null for ever. */
  readonly keepMs: number | null;
}

/**
 * What is done when nobody asks for it, in alarms: snapshots, what the directory is told, the end of those who fell
 * silent. Setting an alarm is a row that a deployer pays for, and each one that fires wakes the object.
 */
export class Upkeep {
  readonly #parts: UpkeepParts;
  /** Null until it is needed. */
  #notes: UpkeepNotes | null = null;
  /** When the alarm is to fire that is set next, ms since the epoch. */
  #toSet: number | null = null;

  /** An alarm was asked for because of a damaged snapshot: where it cannot be replaced, not again in this life. */
  #mending = false;

  constructor(parts: UpkeepParts) {
    this.#parts = parts;
  }

  /** Frames were appended. */
  dirty(now: number): void {
    const pending = this.#pending(now);
    // one that was spread comes soon enough
    const latest = pending === null ? null : pending - SPREAD_MS;
    const at = nextAlarm(latest, this.#known().toldAt, now, policy);
    // documents that were opened together need not all do their work in the same moment
    if (at !== null) this.#setAlarm(at + Math.random() * SPREAD_MS);
  }

  /** Somebody came or moved: whoever falls silent has to be found. Alone, nobody would see that. */
  stirred(now: number): void {
    this.#mend(now);
    if (this.#parts.sockets.count < 2) return;
    const at = nextSweep(now, now);
    const pending = this.#pending(now);
    if (pending === null || pending > at) this.#setAlarm(at);
  }

  /** A snapshot was found damaged: the next alarm writes another, and nobody need type for that. */
  #mend(now: number): void {
    const { store } = this.#parts;
    if (store.damagedSnapshots.length === 0 || this.#mending) return;
    this.#mending = true;
    const at = now + policy.firstMs;
    const pending = this.#pending(now);
    if (pending === null || pending > at) this.#setAlarm(at);
  }

  /** The last one left: the list that they go back to is to be right. */
  left(now: number): void {
    const { store, sockets, host, messenger } = this.#parts;
    if (sockets.count > 0) return;
    try {
      host.flush(now);
      const { head = 0, lastFrameAt = 0 } = store.load() ?? {};
      // with what else is to be done then: one alarm for all
      if (messenger.hasNews(head)) this.expect(Math.max(now, lastFrameAt + policy.idleMs), now);
    } catch (error) {
      ignoreDamage(error);
    }
  }

  /**
   * Tells the directory without waiting for an alarm; one comes if that is not possible.
   *
   * @param isForgotten it has lost what it was told
   */
  async tell(now: number, isForgotten = false): Promise<void> {
    const { store, host, messenger } = this.#parts;
    host.flush(now);
    if (!isForgotten && !messenger.hasNews(store.load()?.head ?? 0)) return;
    // before anything is awaited, in case nobody is left to try again
    this.expect(now + policy.busyMs, now);
    const at = await messenger.deliver(now, true, policy.busyMs);
    if (at !== null) this.expect(at, now);
  }

  /** The alarm. It fires again by itself when this throws. */
  async run(now: number): Promise<void> {
    const { store, sockets, host, trash } = this.#parts;
    if (trash.purgeAt !== null && trash.purgeAt <= now) return this.#parts.purge();
    this.#notes = { ...this.#known(), alarmAt: null };
    host.flush(now);
    const silent = sockets.silentFor(SILENT_MS, now);
    if (silent.length > 0) host.dispatch({ kind: "sweep", silent });
    const { head = 0, lastFrameAt = 0 } = store.load() ?? {};
    const activeAt = Math.max(sockets.activeAt, lastFrameAt);
    const sweepAt = sockets.count < 2 ? null : nextSweep(activeAt, now + APART_MS);
    const workAt = await this.#work(head, lastFrameAt, now);
    const filesAt = await this.#tendFiles(now);
    const due = [sweepAt, workAt, filesAt, trash.purgeAt];
    const at = Math.min(...due.map((time) => time ?? Number.POSITIVE_INFINITY));
    // somebody may have written while the directory was told, and have asked for an earlier one
    if (at < (this.#pending(now) ?? Number.POSITIVE_INFINITY)) this.#setAlarm(at);
    // or a later life of this memory would wait for the one that has just fired
    else this.#keep();
  }

  /** @returns when to look again; null when everything is done */
  async #work(head: number, lastFrameAt: number, now: number): Promise<number | null> {
    const { storage, store, host } = this.#parts;
    const plan = compactionPlan(store, now, policy);
    if (plan.kind === "compact") {
      await expectFailure(store, () => storage.sync());
      compactIfPossible(store, now);
      // the snapshot's delete set also knows what was deleted with its parent: the room reads it again
      host.forget(now);
    }
    // each is work of its own: an object that does all at once would keep people waiting
    const hasMore = plan.kind === "none" ? await this.#tendPast(now) : this.#nextForPast(now) !== null;
    const tellAt = await this.#tell(head, lastFrameAt, now);
    if (plan.kind === "wait") return Math.min(plan.at, tellAt ?? plan.at);
    return hasMore ? now + STEP_MS : tellAt;
  }

  /** @returns when to tell the directory what it lacks; null when that is nothing */
  async #tell(head: number, lastFrameAt: number, now: number): Promise<number | null> {
    const { sockets, messenger } = this.#parts;
    if (!messenger.hasNews(head)) return null;
    const { toldAt } = this.#known();
    if (sockets.count > 0 && !isTimeToTell(lastFrameAt, toldAt, now, policy)) {
      if (toldAt === null) this.#notes = { ...this.#known(), toldAt: lastFrameAt };
      return now + policy.busyMs;
    }
    const at = await messenger.deliver(now, now - lastFrameAt >= policy.idleMs, policy.busyMs);
    this.#notes = { ...this.#known(), toldAt: now };
    return at;
  }

  /** There will be something to look at then. */
  expect(at: number, now: number): void {
    const pending = this.#pending(now);
    if (pending === null || pending > at) this.#setAlarm(at);
  }

  /** @returns when to look at the files again */
  async #tendFiles(now: number): Promise<number | null> {
    try {
      const at = await this.#parts.files.tend(now);
      return at === null ? null : Math.max(at, now + STEP_MS);
    } catch (error) {
      // while nobody can tell what the log refers to, everything stays
      ignoreDamage(error);
      return null;
    }
  }

  /** One step for what lies behind. @returns whether there is another one to do */
  async #tendPast(now: number): Promise<boolean> {
    const { storage, store, host } = this.#parts;
    const next = this.#nextForPast(now);
    if (next === null) return false;
    const sync = () => storage.sync();
    if (next.kind === "checkpoint") await writeCheckpoint(store, next.seq, now, sync);
    else await thin(next, store, now, sync);
    // who comes back from before the floor is told otherwise from now on
    if (next.kind === "thin") host.forget(now);
    return this.#nextForPast(now) !== null;
  }

  #nextForPast(now: number) {
    const { store, keepMs } = this.#parts;
    if (!store.exists) return null;
    const seq = missingCheckpoint(store);
    if (seq !== null) return { kind: "checkpoint", seq } as const;
    const plan = thinningPlan(store, keepMs, now);
    return plan.kind === "none" ? null : plan;
  }

  /** Reads what an earlier life of this memory has left, if that was not done yet. */
  recall(): void {
    this.#known();
  }

  #known(): UpkeepNotes {
    if (this.#notes === null) {
      const { store, sockets } = this.#parts;
      this.#notes = sockets.notes ?? { alarmAt: null, toldAt: null, rowsWritten: 0 };
      store.countRows(Math.max(0, this.#notes.rowsWritten - store.rowsWritten));
    }
    return this.#notes;
  }

  #keep(): void {
    const { store, sockets } = this.#parts;
    this.#notes = { ...this.#known(), rowsWritten: store.rowsWritten };
    sockets.keepNotes(this.#notes);
  }

  /** One that is overdue is firing or was lost: then nothing is certain to come. */
  #pending(now: number): number | null {
    const { alarmAt } = this.#known();
    return alarmAt !== null && alarmAt > now ? alarmAt : null;
  }

  #setAlarm(alarmAt: number): void {
    const { store } = this.#parts;
    this.#notes = { ...this.#known(), alarmAt };
    // several within one turn are one
    if (this.#toSet === null) {
      store.countRows(1);
      void this.#setLater();
    }
    this.#toSet = alarmAt;
    this.#keep();
  }

  /**
   * The runtime makes sure of an alarm before it commits anything that was written with it: what people wait for would
   * wait for that. Lost in between, it is set again with a change that comes after it was due.
   */
  async #setLater(): Promise<void> {
    const { storage } = this.#parts;
    // when what was written failed, this object ends anyway
    await storage.sync().catch(() => undefined);
    const alarmAt = this.#toSet;
    this.#toSet = null;
    if (alarmAt !== null) await storage.setAlarm(alarmAt);
  }
}

/** What cannot be read stays so: to try again would be of no use. */
function ignoreDamage(error: unknown): void {
  if (!(error instanceof Damage)) throw error;
  console.error(JSON.stringify({ event: "damaged", reason: String(error) }));
}

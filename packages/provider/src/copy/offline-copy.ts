import { closeMeaning, type Role } from "@palimpsest/protocol";
import * as Y from "yjs";
import type { Conversation } from "../conversation.ts";
import type { LocalChanges, OutboxKeeper } from "../local-changes.ts";
import { TicketRefused } from "../options.ts";
import type { Numbered } from "../outbox.ts";
import type { Replica } from "../replica.ts";
import { Alarm, type Timers } from "../timers.ts";
import { type Claim, collect, endsCopy, type Opened, open, type Reader, remove } from "./decide.ts";
import { Siblings } from "./siblings.ts";
import type { Aside, OfflineStore, Position, StoredCopy } from "./store.ts";
import { freshId, type MeetTabs, meetTabs } from "./tabs.ts";
import { Writer } from "./writer.ts";

/** Whether this device keeps a copy of the document. */
export type CopyStatus =
  /** None was asked for. */
  | "none"
  /** It is being read; what is written in the meantime is kept once it is. */
  | "opening"
  /** It is there, or will be once there is something to keep. */
  | "kept"
  /** It had to go with the right to the document; what was not sent is put aside. */
  | "aside"
  /** There is no room for it. It is tried again. */
  | "full"
  /** This browser keeps nothing for the page (a private window, blocked storage), or its storage fails. */
  | "unavailable";

export interface CopyOptions {
  readonly store: OfflineStore;
  /** The user whose copy it is; null as long as nobody knows: then nothing is read or written. */
  readonly owner: () => string | null;
  /** Default: the platform's. */
  readonly meetTabs?: MeetTabs;
}

export interface Surroundings extends CopyOptions {
  readonly documentId: string;
  readonly schemaVersion: number;
  readonly doc: Y.Doc;
  readonly timers: Timers;
  readonly changes: () => LocalChanges;
  readonly replica: () => Replica;
  readonly conversation: () => Conversation;
  readonly putAside: (aside: Aside) => void;
  /** Why something could not be kept. For logs. */
  readonly fault: (error: Error) => void;
  /** `status`, `isKept` or `siblingsAreSaved` may be another now. */
  readonly told: () => void;
}

/** A browser whose storage does not answer must not keep anybody from the server. */
const OPEN_MS = 5_000;

/** Milliseconds. */
const COLLECT_AGAIN_MS = 4_000;

/** The close code for which an editor is told to reload. */
const NEWER = 4426;

/**
 * The copy of one document on this device, as one tab reads and writes it. It tells of nothing that went wrong by
 * throwing: a tab without a copy works as before there were any.
 */
export class OfflineCopy implements OutboxKeeper {
  readonly #options: Surroundings;
  readonly #siblings: Siblings;
  readonly #writer: Writer;
  #status: CopyStatus = "opening";
  #isEnded = false;
  #isRemoving = false;
  /** Tabs that are gone, and of which what they left was not found out yet. */
  #toCollect = 0;
  readonly #again: Alarm;
  /** Settles when it is read, or is not to be had. @throws TicketRefused when a newer editor wrote it */
  readonly opened: Promise<void>;

  constructor(options: Surroundings) {
    this.#options = options;
    this.#again = new Alarm(options.timers);
    const { documentId, schemaVersion, doc, store, timers, owner } = options;
    this.#siblings = new Siblings({
      meetTabs: options.meetTabs ?? meetTabs,
      channel: `palimpsest:${schemaVersion}:${documentId}`,
      owner,
      doc,
      apply: (update) => options.replica().takeIn([update]),
      safety: () => ({ isSaved: options.replica().isSaved, isKept: this.#isStored }),
      heard: () => this.#told(),
      left: (unkept) => {
        this.#toCollect++;
        for (const update of unkept) options.changes().add(update);
        void this.#collect();
      },
    });
    this.#writer = new Writer({
      store,
      timers,
      reader: () => this.#reader(),
      whole: () => ({
        update: Y.encodeStateAsUpdate(doc),
        unsent: options.changes().unsent,
        position: options.replica().position,
        role: options.conversation().role,
      }),
      apply: (updates) => {
        if (!this.#isEnded) options.replica().takeIn(updates);
      },
      mayRewrite: () => this.#siblings.areKept,
      freshId,
      told: () => this.#told(),
    });
    this.opened = this.#open();
    // whoever connects hears of it; nobody else has to
    this.opened.catch(() => undefined);
  }

  get status(): CopyStatus {
    if (this.#status !== "kept" || this.#writer.writing === "works") return this.#status;
    return this.#writer.writing === "full" ? "full" : "unavailable";
  }

  /** Every local change that is not acknowledged would be there again if the page ended now. */
  get isKept(): boolean {
    return this.#isStored && this.#siblings.areKept;
  }

  get #isStored(): boolean {
    return this.#status === "aside" || (this.#status === "kept" && this.#writer.isKept);
  }

  /** No other tab has anything to send, nor has one left it behind. */
  get siblingsAreSaved(): boolean {
    return this.#siblings.areSaved && this.#toCollect === 0;
  }

  added(changes: Numbered): void {
    this.#siblings.changed(changes.update);
    this.#writer.added(changes);
  }

  settled(changes: readonly Numbered[]): void {
    this.#writer.settled(changes);
  }

  /** Something came from the server: a frame of the log, or (null) something without a place in it. */
  delivered(at: Position | null, update: Uint8Array): void {
    this.#writer.delivered({ at, update });
  }

  /** Everything of the log up to there is in the document; null: nobody knows any more up to where. */
  moved(position: Position | null): void {
    this.#writer.moved(position);
    if (position === null || this.#status === "opening" || this.#status === "unavailable") return;
    this.#status = "kept";
    this.#writer.open();
  }

  welcomed(role: Role): void {
    this.#writer.roleIs(role);
  }

  /** The other tabs hear whether everything of this one is saved. */
  tell(): void {
    this.#siblings.tell();
  }

  /** The server's no is final. */
  refused(code: number): void {
    if (!endsCopy(code) || this.#status !== "kept" || this.#isRemoving) return;
    this.#isRemoving = true;
    this.#writer.pause();
    void this.#remove(code);
  }

  /** Lets what is being written be written, and is done. */
  end(): void {
    this.#isEnded = true;
    this.#again.clear();
    this.#siblings.close(this.#writer.end());
  }

  async #open(): Promise<void> {
    const { timers } = this.#options;
    let giveUp = () => {};
    const patience = new Promise<null>((resolve) => {
      giveUp = () => resolve(null);
    });
    const timer = timers.setTimeout(giveUp, OPEN_MS);
    const reading: Reading = { isLate: false };
    const opened = await Promise.race([this.#read(reading), patience]);
    timers.clearTimeout(timer);
    reading.isLate = true;
    if (this.#isEnded) return;
    if (opened === null) this.#status = "unavailable";
    else if (opened.kind === "newer") {
      this.#status = "none";
      throw new TicketRefused(NEWER, closeMeaning(NEWER).sentence);
    } else {
      this.#status = "kept";
      if (opened.kind === "copy") {
        this.#writer.generation = opened.generation;
        this.#writer.throughRow = opened.throughRow;
        this.#restore(opened);
        if (opened.isDamaged || reading.isReadOnly) this.#writer.startOver(opened.claimedFrom);
        this.#writer.open();
      }
      this.#siblings.open(opened.kind === "copy" ? opened.others : []);
    }
    this.#told();
  }

  #restore({ updates, position, isDamaged, claimed, role }: Opened & { kind: "copy" }): void {
    const { replica, changes, conversation } = this.#options;
    replica().restore({ updates, position, isWhole: !isDamaged, hasUnsent: claimed.length > 0 });
    changes().takeOver(claimed);
    conversation().role ??= role;
  }

  /** Null: there is nothing to be read here, nor to be written. */
  async #read(reading: Reading): Promise<Opened | null> {
    const { store, documentId, changes, timers } = this.#options;
    try {
      const alive = await this.#siblings.alive();
      const reader = this.#reader();
      if (reader === null) return { kind: "none" };
      const decide = (copy: StoredCopy) =>
        open(copy, reader, alive, (entries) => changes().number(entries), timers.now());
      const mayWrite = () => !reading.isLate && !this.#isEnded;
      try {
        return await store.change(documentId, "all", (copy) => {
          const decision = decide(copy);
          return mayWrite() ? decision : { ...decision, change: null };
        });
      } catch (cause) {
        // a full disk can be read
        reading.isReadOnly = true;
        this.#options.fault(new Error("the offline copy could not be claimed", { cause }));
        return await store.change(documentId, "all", (copy) => ({ ...decide(copy), change: null }));
      }
    } catch (cause) {
      this.#options.fault(new Error("this device keeps no copy", { cause }));
      return null;
    }
  }

  /** A tab with changes of its own is gone: what it left is sent by this one, unless another was faster. */
  async #collect(): Promise<void> {
    const { store, documentId, changes, replica } = this.#options;
    const reader = this.#reader();
    if (reader === null) return;
    const asked = this.#toCollect;
    let left: Claim = { claimed: [], claimedFrom: [] };
    try {
      const alive = await this.#siblings.alive();
      await store.change(documentId, "outbox", (copy) => {
        if (this.#isEnded) return { result: null, change: null };
        const decision = collect(copy, reader, alive, (entries) => changes().number(entries));
        left = decision.result;
        return { result: null, change: decision.change };
      });
      this.#toCollect -= asked;
    } catch (cause) {
      this.#options.fault(new Error("what another tab left could not be taken over", { cause }));
      if (this.#isEnded) return;
      // it may have been done, and only the answer be lost: sent twice it does no harm
      if (left.claimed.length > 0) this.#writer.startOver(left.claimedFrom);
      this.#again.set(COLLECT_AGAIN_MS, () => void this.#collect());
    }
    replica().takeIn(left.claimed.map(({ update }) => update));
    changes().takeOver(left.claimed);
    this.#told();
  }

  async #remove(code: number): Promise<void> {
    const { store, timers, documentId, changes, doc, putAside } = this.#options;
    const reader = this.#reader();
    if (reader === null) return;
    const own = { update: Y.encodeStateAsUpdate(doc), unsent: changes().unsent };
    const fresh = { generation: freshId(), now: timers.now() };
    this.#writer.startOver();
    try {
      const aside = await store.change(documentId, "all", (copy) => remove(copy, own, reader, fresh, code));
      this.#status = "aside";
      if (aside !== null && !this.#isEnded) putAside(aside);
    } catch (cause) {
      this.#options.fault(new Error("the offline copy could not be removed", { cause }));
    }
    this.#isRemoving = false;
    this.#told();
  }

  #reader(): Reader | null {
    const { documentId, schemaVersion, owner: ownerNow } = this.#options;
    const owner = ownerNow();
    return owner === null ? null : { documentId, owner, schemaVersion, tab: this.#siblings.id };
  }

  #told(): void {
    if (!this.#isEnded) this.#options.told();
  }
}

/** One reading of a copy. */
interface Reading {
  /** Nobody waits for it any more: it must not take anything over. */
  isLate: boolean;
  isReadOnly?: boolean;
}

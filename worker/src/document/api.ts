import type { Seq } from "@palimpsest/history";
import type { ClientId, Identity } from "@palimpsest/protocol";
import type { RoomHost } from "@palimpsest/room";
import { META_NAME, type ProseMirrorJSON, TITLE_KEY, yDocTitle, yDocToJSON } from "@palimpsest/schema";
import { Damage, type DocumentStore, type StoreStats } from "@palimpsest/store";
import { changeDocument, joinUpdates, materialize, projectRoot, withinBudget } from "@palimpsest/ydoc";
import { randomId } from "../identity/random-id.ts";
import { type AuditCounts, auditCounts } from "./audit-counts.ts";
import {
  type HistoryPage,
  historyPage,
  peopleOf,
  toVersionEntry,
  type VersionEntry,
} from "./history-page.ts";
import { type MomentProblem, resolveMoment, TOO_LARGE, type TooLarge, updatesAt } from "./moment.ts";
import { planRestore } from "./restore.ts";
import type { HibernatingSockets } from "./sockets.ts";

export interface Content {
  readonly ok: true;
  readonly seq: number;
  readonly title: string;
  readonly content: ProseMirrorJSON;
}

export interface RawContent {
  readonly ok: true;
  readonly seq: number;
  /** A stream, because a call's answer is copied once on each side. */
  readonly update: ReadableStream;
}

export interface Restored {
  readonly ok: true;
  /** The newest position afterwards. */
  readonly seq: number;
  /** Restoring to this position takes the restore back. */
  readonly undo: number;
  /** False when the document already looked like that: then nothing was written. */
  readonly changed: boolean;
}

export interface DocumentStats extends StoreStats {
  readonly connections: number;
  /**
   * Whether the newest snapshot left out the content of what was deleted. False for a document that is too large for
   * that; null while there is no snapshot.
   */
  readonly garbageCollected: boolean | null;
  readonly audits: AuditCounts;
}

const MAX_VERSIONS = 10_000;

/** The requests that are answered by a document object besides its sockets. Synchronous, one turn each. */
export class DocumentApi {
  readonly #store: DocumentStore;
  readonly #host: RoomHost;
  readonly #sockets: HibernatingSockets;

  constructor(store: DocumentStore, host: RoomHost, sockets: HibernatingSockets) {
    this.#store = store;
    this.#host = host;
    this.#sockets = sockets;
  }

  /** Makes the document. `seed` is its first content, or null for an empty one. */
  create(documentId: string, user: Identity, seed: Uint8Array | null): void {
    const now = Date.now();
    this.#store.create({ documentId, logId: randomId(), createdAt: now });
    if (seed !== null) this.#host.dispatch({ kind: "edit", as: "import", user, update: seed, now });
  }

  content(at: string | null): Content | MomentProblem | TooLarge | Damaged {
    return orDamaged(() => this.#content(at));
  }

  #content(at: string | null): Content | MomentProblem | TooLarge {
    this.#host.flush(Date.now());
    const moment = resolveMoment(at, this.#store, Date.now());
    if (!moment.ok) return moment;
    const updates = withinBudget(updatesAt(moment.seq, this.#store));
    if (updates === null) return TOO_LARGE;
    const doc = materialize(updates);
    try {
      return { ok: true, seq: moment.seq, title: yDocTitle(doc), content: yDocToJSON(doc) };
    } finally {
      doc.destroy();
    }
  }

  /** The state as one Yjs update, of a document of any size. */
  rawContent(at: string | null): RawContent | MomentProblem | Damaged {
    return orDamaged(() => this.#rawContent(at));
  }

  #rawContent(at: string | null): RawContent | MomentProblem {
    this.#host.flush(Date.now());
    const moment = resolveMoment(at, this.#store, Date.now());
    if (!moment.ok) return moment;
    return { ok: true, seq: moment.seq, update: streamOf(joinUpdates(updatesAt(moment.seq, this.#store))) };
  }

  history(before: Seq | null, limit: number): HistoryPage {
    this.#host.flush(Date.now());
    return historyPage(this.#store, this.#authors(), before, limit);
  }

  nameVersion(
    name: string,
    at: string | null,
    user: Identity,
  ):
    | ({ readonly ok: true } & VersionEntry)
    | MomentProblem
    | { readonly ok: false; readonly code: "too-many-versions" } {
    this.#host.flush(Date.now());
    const moment = resolveMoment(at, this.#store, Date.now());
    if (!moment.ok) return moment;
    if (this.#store.stats().versions >= MAX_VERSIONS) return { ok: false, code: "too-many-versions" };
    const version = this.#addVersion(name, moment.seq, user, false);
    this.#host.dispatch({ kind: "notify", notice: { kind: "history" } });
    return { ok: true, ...version };
  }

  /** Brings a moment back as a new edit, after keeping the present as an automatic version. */
  restore(to: string, user: Identity): Restored | MomentProblem | TooLarge | Damaged {
    return orDamaged(() => this.#restore(to, user));
  }

  #restore(to: string, user: Identity): Restored | MomentProblem | TooLarge {
    const now = Date.now();
    this.#host.flush(now);
    const moment = resolveMoment(to, this.#store, now);
    if (!moment.ok) return moment;
    const { head } = this.#store.stats();
    const restoring = planRestore(moment.seq, this.#newClientId(), this.#store);
    if (restoring.kind === "too-large") return TOO_LARGE;
    if (restoring.kind === "nothing") return { ok: true, seq: head, undo: head, changed: false };
    const { update } = restoring;
    const kept = this.#store.versions().some(({ seq }) => seq === head);
    if (!kept) this.#addVersion("Before restoring", head, user, true);
    const seq = this.#host.dispatch({ kind: "edit", as: "restore", target: moment.seq, user, update, now });
    this.#host.dispatch({ kind: "notify", notice: { kind: "history" } });
    return { ok: true, seq, undo: head, changed: true };
  }

  rename(title: string, user: Identity): { readonly seq: number } {
    this.#host.flush(Date.now());
    const { head } = this.#store.stats();
    // the title's part of the document alone: a change to that is valid in the whole, whatever its size
    const titles = projectRoot(updatesAt(head, this.#store), META_NAME);
    const update = changeDocument([titles], this.#newClientId(), (doc) => {
      const meta = doc.getMap(META_NAME);
      if (meta.get(TITLE_KEY) !== title) meta.set(TITLE_KEY, title);
    });
    if (update === null) return { seq: head };
    return { seq: this.#host.dispatch({ kind: "edit", as: "edit", user, update, now: Date.now() }) };
  }

  stats(): DocumentStats {
    this.#host.flush(Date.now());
    const garbageCollected = this.#store.snapshots().at(-1)?.collected ?? null;
    return {
      ...this.#store.stats(),
      connections: this.#sockets.count,
      garbageCollected,
      audits: auditCounts(this.#store),
    };
  }

  #authors() {
    return this.#store.authors();
  }

  #addVersion(name: string, seq: Seq, user: Identity, automatic: boolean): VersionEntry {
    const author = this.#host.authorOf(user);
    const version = { id: `v_${randomId()}`, seq, name, description: "", createdAt: Date.now(), author, automatic };
    this.#store.addVersion(version);
    return toVersionEntry(version, peopleOf(this.#authors()));
  }

  /** A replica that never wrote here; 32 random bits may collide, so it is checked. */
  #newClientId(): ClientId {
    for (;;) {
      const [client = 0] = crypto.getRandomValues(new Uint32Array(1));
      if (this.#store.ownerOf(client) === null) return client as ClientId;
    }
  }
}

function streamOf(bytes: Uint8Array): ReadableStream {
  const { body } = new Response(bytes);
  if (body === null) throw new Error("a response with bytes has a body");
  return body;
}

/** What is stored of the moment that was asked for cannot be read. */
interface Damaged {
  readonly ok: false;
  readonly code: "document-damaged";
}

function orDamaged<T>(act: () => T): T | Damaged {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Damage)) throw error;
    console.error(JSON.stringify({ event: "damaged", reason: String(error) }));
    return { ok: false, code: "document-damaged" };
  }
}

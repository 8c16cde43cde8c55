import type { Seq } from "@palimpsest/history";
import type { Identity } from "@palimpsest/protocol";
import type { RoomHost } from "@palimpsest/room";
import { META_NAME, type ProseMirrorJSON, TITLE_KEY, yDocTitle, yDocToJSON } from "@palimpsest/schema";
import type { DocumentStore, StoreStats } from "@palimpsest/store";
import { changeDocument, joinUpdates, materialize, projectRoot, withinBudget } from "@palimpsest/ydoc";
import type { DocumentAssets } from "../assets/document-assets.ts";
import { randomId } from "../identity/random-id.ts";
import { type AuditCounts, auditCounts } from "./audit-counts.ts";
import { type Copied, canBegin, copyOf } from "./copying.ts";
import { type Damaged, orDamaged } from "./damaged.ts";
import type { DocumentParts } from "./document-parts.ts";
import { type Exported, exportOf } from "./exporting.ts";
import {
  type HistoryFilter,
  type HistoryPage,
  historyPage,
  type Person,
  peopleOf,
  type VersionEntry,
} from "./history-page.ts";
import { type MomentProblem, resolveMoment, TOO_LARGE, type TooLarge, updatesAt } from "./moment.ts";
import { newClientId } from "./new-client-id.ts";
import { type Replaced, replaceContent } from "./replacing.ts";
import type { HibernatingSockets } from "./sockets.ts";
import { streamOf } from "./stream-of.ts";
import { type HistoryTimeline, timeline } from "./timeline.ts";
import { type VerifyAnswer, verify } from "./verifying.ts";
import {
  listVersions,
  type NewVersion,
  nameVersion,
  removeVersion,
  updateVersion,
  type VersionChange,
} from "./versions.ts";

export interface Content {
  readonly ok: true;
  readonly seq: number;
  /** When it was written, and by whom; null for the empty beginning. */
  readonly at: string | null;
  readonly author: Person | null;
  readonly title: string;
  readonly content: ProseMirrorJSON;
}

export interface RawContent {
  readonly ok: true;
  readonly seq: number;
  /** A stream, because a call's answer is copied once on each side. */
  readonly update: ReadableStream;
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

/** The requests that are answered by a document object besides its sockets. Synchronous, one turn each. */
export class DocumentApi {
  readonly #store: DocumentStore;
  readonly #host: RoomHost;
  readonly #sockets: HibernatingSockets;
  readonly #parts: DocumentParts;
  readonly #files: DocumentAssets;
  #verifying: Promise<VerifyAnswer> | null = null;

  constructor(store: DocumentStore, host: RoomHost, sockets: HibernatingSockets, files: DocumentAssets) {
    this.#store = store;
    this.#host = host;
    this.#sockets = sockets;
    this.#parts = { store, host };
    this.#files = files;
  }

  /** Makes the document. `seed` is its first content, or null for an empty one. */
  create(documentId: string, user: Identity, seed: Uint8Array | null): void {
    const now = Date.now();
    this.#store.create({ documentId, logId: randomId(), createdAt: now });
    if (seed !== null) this.#host.dispatch({ kind: "edit", as: "import", user, update: seed, now });
  }

  /** Makes the document from the state of another one. Refused where that is too much for one change. */
  createFrom(documentId: string, user: Identity, state: Uint8Array): { readonly ok: true } | TooLarge {
    if (!canBegin(state)) return TOO_LARGE;
    this.create(documentId, user, state);
    return { ok: true };
  }

  copy(at: string | null, title: string | null): Copied | MomentProblem | Damaged {
    return orDamaged(() => copyOf(this.#parts, this.#files, at, title));
  }

  /** Those who ask while it is looked at get the same answer: it takes the object's time, and anybody may ask. */
  verify(): Promise<VerifyAnswer> {
    this.#verifying ??= verify(
      this.#parts,
      this.#files,
      () => new Promise((resolve) => setTimeout(resolve, 0)),
    ).finally(() => {
      this.#verifying = null;
    });
    return this.#verifying;
  }

  export(): Exported | Damaged {
    return orDamaged(() => exportOf(this.#parts, this.#files));
  }

  replaceContent(json: ProseMirrorJSON, user: Identity): Replaced | TooLarge | Damaged {
    return orDamaged(() => replaceContent(this.#parts, json, user));
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
      return {
        ok: true,
        seq: moment.seq,
        ...this.#origin(moment.seq),
        title: yDocTitle(doc),
        content: yDocToJSON(doc),
      };
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

  history(before: Seq | null, limit: number, filter: HistoryFilter): HistoryPage {
    this.#host.flush(Date.now());
    return historyPage(this.#store, this.#authors(), before, limit, filter);
  }

  timeline(): HistoryTimeline {
    this.#host.flush(Date.now());
    return timeline(this.#store);
  }

  versions(named: boolean): { readonly versions: readonly VersionEntry[] } {
    return { versions: listVersions(this.#store, named) };
  }

  nameVersion(version: NewVersion, user: Identity) {
    return nameVersion(this.#parts, version, user);
  }

  updateVersion(id: string, change: VersionChange) {
    return updateVersion(this.#parts, id, change);
  }

  removeVersion(id: string) {
    return removeVersion(this.#parts, id);
  }

  rename(title: string, user: Identity): { readonly seq: number } {
    this.#host.flush(Date.now());
    const { head } = this.#store.stats();
    // the title's part of the document alone: a change to that is valid in the whole, whatever its size
    const titles = projectRoot(updatesAt(head, this.#store), META_NAME);
    const update = changeDocument([titles], newClientId(this.#store), (doc) => {
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

  /** Who wrote the frame at `seq`, and when. */
  #origin(seq: Seq): { readonly at: string | null; readonly author: Person | null } {
    const head = this.#store.frameHeadAt(seq);
    if (head === null) return { at: null, author: null };
    const author = peopleOf(this.#authors())(head.author);
    return { at: new Date(head.time).toISOString(), author };
  }
}

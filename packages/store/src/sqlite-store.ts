import type { AppendBatch, Author, AuthorNo, Frame, RowEnd, Seq, StoredDocument } from "@palimpsest/history";
import type { Condense } from "./condensed.ts";
import { Damage } from "./damage.ts";
import type {
  DocumentStore,
  FrameHead,
  NewSnapshot,
  RestoreFacts,
  RowSummary,
  SnapshotInfo,
  SnapshotSection,
  StoredRestore,
  StoreStats,
  Version,
} from "./document-store.ts";
import type { SqlDriver } from "./driver.ts";
import { readFloor } from "./floor.ts";
import { Ledger } from "./ledger.ts";
import { type Meta, migrate, readMeta } from "./schema.ts";
import { type Link, SegmentRows } from "./segment-rows.ts";
import { SqliteAuthors } from "./sqlite-authors.ts";
import {
  type Base,
  type LogSizes,
  logSizes,
  overtaken,
  SqliteLog,
  type Summarise,
  type Totals,
} from "./sqlite-log.ts";
import { SqliteMeta } from "./sqlite-meta.ts";
import { SqliteRestores } from "./sqlite-restores.ts";
import { SECTIONS, SqliteSnapshots } from "./sqlite-snapshots.ts";
import { SqliteVersions } from "./sqlite-versions.ts";
import { thinLog } from "./thinning.ts";
import { type Verification, type VerifyOptions, verifyStored } from "./verify.ts";

type Identity = Pick<StoredDocument, "documentId" | "logId" | "createdAt">;

/** The positions of snapshots that were found damaged: known at each start without a query of its own. */
const SET_ASIDE = "snapshots-set-aside";

export interface StoreOptions {
  readonly sizes?: LogSizes;
  /** How frames are summed up for `summaries`; without it rows get no summary, and asking for one throws. */
  readonly summarise?: Summarise | null;
  /** How updates of frames that follow each other become one; without it packs keep none, and are read frame by frame. */
  readonly condense?: Condense | null;
}

/** A document in SQLite. Construct it once for each start of the object: it counts as a wake. */
export class SqliteStore implements DocumentStore {
  readonly #driver: SqlDriver;
  readonly #log: SqliteLog;
  readonly #segments: SegmentRows;
  readonly #snapshots: SqliteSnapshots;
  readonly #authors: SqliteAuthors;
  readonly #versions: SqliteVersions;
  readonly #restores: SqliteRestores;
  readonly #meta: SqliteMeta;
  readonly #ledger: Ledger;
  /** As it was read at the start: no query of its own. What another object of this document drops meanwhile, frames say. */
  #floor: Seq;
  /** What never changes; null while no document was created here. */
  #identity: Identity | null;
  readonly #atStart: Meta;

  constructor(driver: SqlDriver, { sizes = logSizes, summarise = null, condense = null }: StoreOptions = {}) {
    const meta = migrate(driver, summarise);
    this.#atStart = meta;
    this.#identity = identityIn(meta);
    this.#floor = Number(meta.get("floor") ?? 0) as Seq;
    this.#driver = driver;
    this.#log = new SqliteLog(driver, sizes, summarise, condense);
    this.#segments = new SegmentRows(driver, summarise, condense);
    this.#snapshots = new SqliteSnapshots(driver, setAsideIn(meta));
    this.#authors = new SqliteAuthors(driver);
    this.#versions = new SqliteVersions(driver);
    this.#restores = new SqliteRestores(driver);
    this.#meta = new SqliteMeta(driver);
    this.#ledger = new Ledger(driver, this.#log, this.#snapshots, this.#meta, () => this.#remember());
  }

  get exists(): boolean {
    return this.#known() !== null;
  }

  load(): StoredDocument | null {
    const identity = this.#known();
    if (identity === null) return null;
    const { seq, time, base, firstSeq } = this.#log.look();
    this.#ledger.foundAt(seq);
    // without a state vector in the log it is made from the frames: of a log that was thinned not all are there
    const isCut = base.seq < firstSeq - 1;
    return {
      ...identity,
      head: seq,
      floor: this.#floor,
      lastFrameAt: time,
      base: isCut ? this.#baseOfSnapshot() : base,
    };
  }

  #baseOfSnapshot(): Base {
    return this.readAround(() => {
      const seq = this.#snapshots.list().at(-1)?.seq;
      if (seq === undefined) throw new Damage("log", 0 as Seq);
      return { seq, stateVector: this.#snapshots.read(seq, "state-vector") };
    });
  }

  ownerOf(client: number): AuthorNo | null {
    return this.#authors.ownerOf(client);
  }

  authors(): readonly Author[] {
    return this.#authors.list();
  }

  create(document: {
    readonly documentId: string;
    readonly logId: string;
    readonly createdAt: number;
  }): void {
    this.#ledger.write(false, (totals) => {
      if (this.#meta.read("document-id") !== undefined) throw new Error("the document exists already");
      totals.rows += this.#meta.write("document-id", document.documentId);
      totals.rows += this.#meta.write("log-id", document.logId);
      totals.rows += this.#meta.write("created-at", document.createdAt);
      return null;
    });
  }

  append({ after, frames, authors, owners, stateVector }: AppendBatch): Seq {
    // one statement is atomic by itself, and a savepoint around it would cost more than the statement
    const isOneStatement = authors.length === 0 && owners.size === 0 && this.#log.staysOpenWith(frames);
    return this.#ledger.write(isOneStatement, (totals, head) => {
      // this store may know already what another object wrote, from an act that failed, when its caller does not
      if (after !== undefined && after !== head) throw overtaken(after);
      totals.rows += this.#authors.write(authors, owners);
      if (frames.length === 0) return null;
      return this.#log.append(frames, head, totals, stateVector);
    });
  }

  frames(after: Seq, through: Seq): Iterable<Frame> {
    return this.#log.reader.ascending(after, through);
  }

  updates(after: Seq, through: Seq): Iterable<Uint8Array> {
    return this.#log.reader.updates(after, through);
  }

  rowEnds(): readonly RowEnd[] {
    return this.#log.reader.rowEnds();
  }

  tailBytes(after: Seq): number {
    return this.#log.tailBytes(after);
  }

  framesDescending(before: Seq): Iterable<Frame> {
    return this.#log.reader.descending(before);
  }

  summaries(before: Seq): Iterable<RowSummary> {
    return this.#log.reader.summaries(before);
  }

  positionAt(time: number): Seq {
    return this.#log.reader.positionAt(time);
  }

  frameHeadAt(seq: Seq): FrameHead | null {
    return this.#log.reader.headAt(seq);
  }

  bases(limit: number): readonly Base[] {
    return this.#log.bases(limit);
  }

  snapshots(): readonly SnapshotInfo[] {
    return this.#snapshots.list();
  }

  readSnapshot(seq: Seq, section: SnapshotSection): Uint8Array {
    return this.#snapshots.read(seq, section);
  }

  readAround<T>(act: () => T): T {
    for (;;) {
      try {
        return act();
      } catch (error) {
        if (!(error instanceof Damage) || error.part !== "snapshot") throw error;
        this.#setAside(error.seq);
      }
    }
  }

  get damagedSnapshots(): readonly Seq[] {
    return this.#snapshots.damaged;
  }

  writeSnapshot(snapshot: NewSnapshot, drop: readonly Seq[] = [], deflate: readonly Seq[] = []): void {
    this.#ledger.write(false, (totals, head) => {
      const before = this.#snapshots.damaged.length;
      totals.rows += this.#snapshots.drop(drop);
      for (const seq of deflate) if (seq !== snapshot.seq) this.#snapshots.deflate(seq, totals);
      this.#snapshots.write(snapshot, deflate.includes(snapshot.seq), totals);
      if (this.#snapshots.damaged.length < before) this.#keepSetAside(totals);
      // one that lies before the newest frame's row is not looked at for the totals again
      return snapshot.seq === head ? head : null;
    });
  }

  thin(floor: Seq, drop: readonly Seq[]): void {
    if (drop.includes(floor)) throw new Error(`the snapshot at ${floor} holds what is dropped`);
    if (floor < readFloor(this.#driver).seq) throw new Error("what was dropped does not come back");
    // nothing else will be able to tell what these frames made
    for (const section of SECTIONS) this.#snapshots.read(floor, section);
    this.#ledger.write(false, (totals) => {
      totals.rows += thinLog(this.#driver, this.#segments, floor);
      totals.rows += this.#snapshots.drop(drop);
      this.#floor = floor;
      return null;
    });
  }

  versions(): readonly Version[] {
    return this.#versions.list();
  }

  addVersion(version: Version): void {
    this.#ledger.write(false, (totals) => {
      totals.rows += this.#versions.add(version);
      return null;
    });
  }

  updateVersion(id: string, change: { readonly name?: string; readonly description?: string }): boolean {
    if (!this.#versions.has(id)) return false;
    this.#ledger.write(false, (totals) => {
      totals.rows += this.#versions.update(id, change.name, change.description);
      return null;
    });
    return true;
  }

  removeVersion(id: string): boolean {
    if (!this.#versions.has(id)) return false;
    this.#ledger.write(false, (totals) => {
      totals.rows += this.#versions.remove(id);
      return null;
    });
    return true;
  }

  get hasRestores(): boolean {
    return this.#restores.any;
  }

  restores(): readonly StoredRestore[] {
    return this.#restores.list();
  }

  restoreFacts(): readonly RestoreFacts[] {
    return this.#restores.facts();
  }

  addRestore(restore: StoredRestore): void {
    this.#ledger.write(false, (totals) => {
      totals.rows += this.#restores.add(restore);
      return null;
    });
  }

  readNote(key: string): string | null {
    const value = this.#meta.read(`note:${key}`);
    return typeof value === "string" ? value : null;
  }

  /** A note as it was when this store was made: it was read then anyway, so that it takes no query. */
  noteAtStart(key: string): string | null {
    const value = this.#atStart.get(`note:${key}`);
    return typeof value === "string" ? value : null;
  }

  writeNote(key: string, value: string): void {
    this.#ledger.write(false, (totals) => {
      totals.rows += this.#meta.write(`note:${key}`, value);
      return null;
    });
  }

  stats(): StoreStats {
    const log = this.#log.size();
    const snapshots = this.#snapshots.list();
    return {
      head: this.#ledger.seq,
      floor: readFloor(this.#driver).seq,
      logBytes: log.bytes,
      segments: log.segments,
      snapshotBytes: snapshots.reduce((sum, { bytes }) => sum + bytes, 0),
      snapshots: snapshots.length,
      versions: this.#versions.count,
      rowsWritten: this.rowsWritten,
      wakes: this.#ledger.wakes,
    };
  }

  verify(options: VerifyOptions = {}): Generator<void, Verification> {
    const stored = {
      segments: this.#segments,
      snapshots: this.#snapshots,
      versions: this.#versions,
      head: this.#log.look().seq,
      floor: readFloor(this.#driver),
    };
    return verifyStored(stored, options);
  }

  links(): readonly Link[] {
    return this.#segments.links();
  }

  countRows(rows: number): void {
    this.#ledger.countRows(rows);
  }

  get rowsWritten(): number {
    return this.#ledger.rows;
  }

  transaction<T>(act: () => T): T {
    return this.#ledger.transaction(act);
  }

  #setAside(seq: Seq): void {
    this.#snapshots.setAside(seq);
    this.#ledger.write(false, (totals) => {
      this.#keepSetAside(totals);
      return null;
    });
  }

  #keepSetAside(totals: Totals): void {
    totals.rows += this.#meta.write(SET_ASIDE, JSON.stringify(this.#snapshots.damaged));
  }

  #remember(): () => void {
    const setAside = this.#snapshots.damaged;
    const floor = this.#floor;
    return () => {
      this.#identity = null;
      this.#snapshots.forget(setAside);
      this.#floor = floor;
    };
  }

  #known(): Identity | null {
    this.#identity ??= identityIn(readMeta(this.#driver));
    return this.#identity;
  }
}

function setAsideIn(meta: Meta): Seq[] {
  const noted = meta.get(SET_ASIDE);
  return typeof noted === "string" ? (JSON.parse(noted) as Seq[]) : [];
}

function identityIn(meta: Meta): Identity | null {
  const documentId = meta.get("document-id");
  if (typeof documentId !== "string") return null;
  return {
    documentId,
    logId: meta.get("log-id") as string,
    createdAt: meta.get("created-at") as number,
  };
}

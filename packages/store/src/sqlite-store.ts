import type { AppendBatch, Author, AuthorNo, Frame, RowEnd, Seq, StoredDocument } from "@palimpsest/history";
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
import { type Meta, migrate, readMeta } from "./schema.ts";
import { type Link, SegmentRows } from "./segment-rows.ts";
import {
  type Base,
  type LogSizes,
  logSizes,
  overtaken,
  SqliteLog,
  type Summarise,
  type Totals,
} from "./sqlite-log.ts";
import { SqliteRestores } from "./sqlite-restores.ts";
import { SECTIONS, SqliteSnapshots } from "./sqlite-snapshots.ts";
import { SqliteVersions } from "./sqlite-versions.ts";
import { thinLog } from "./thinning.ts";
import { type Verification, type VerifyOptions, verifyStored } from "./verify.ts";

type Identity = Pick<StoredDocument, "documentId" | "logId" | "createdAt">;

interface Head {
  readonly seq: Seq;
  readonly totals: Readonly<Totals>;
}

/** The positions of snapshots that were found damaged: known at each start without a query of its own. */
const SET_ASIDE = "snapshots-set-aside";

export interface StoreOptions {
  readonly sizes?: LogSizes;
  /** How frames are summed up for `summaries`; without it rows get no summary, and asking for one throws. */
  readonly summarise?: Summarise | null;
}

/** A document in SQLite. Construct it once for each start of the object: it counts as a wake. */
export class SqliteStore implements DocumentStore {
  readonly #driver: SqlDriver;
  readonly #log: SqliteLog;
  readonly #segments: SegmentRows;
  readonly #snapshots: SqliteSnapshots;
  readonly #versions: SqliteVersions;
  readonly #restores: SqliteRestores;
  /** Undefined until read. */
  #head: Head | undefined;
  /** Added to the stored total with the first write after the start. */
  #unsavedWakes = 1;
  #unsavedRows = 0;
  /** As it was read at the start: no query of its own. What another object of this document drops meanwhile, frames say. */
  #floor: Seq;
  /** What never changes; null while no document was created here. */
  #identity: Identity | null;

  constructor(driver: SqlDriver, { sizes = logSizes, summarise = null }: StoreOptions = {}) {
    const meta = migrate(driver, summarise);
    this.#identity = identityIn(meta);
    this.#floor = Number(meta.get("floor") ?? 0) as Seq;
    this.#driver = driver;
    this.#log = new SqliteLog(driver, sizes, summarise);
    this.#segments = new SegmentRows(driver, summarise);
    this.#snapshots = new SqliteSnapshots(driver, setAsideIn(meta));
    this.#versions = new SqliteVersions(driver);
    this.#restores = new SqliteRestores(driver);
  }

  get exists(): boolean {
    return this.#known() !== null;
  }

  load(): StoredDocument | null {
    const identity = this.#known();
    if (identity === null) return null;
    const { seq, time, base, firstSeq } = this.#log.look();
    // another object of this document has written: what is kept here of the end of the log is old
    if (this.#head !== undefined && this.#head.seq !== seq) this.#head = undefined;
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
    const row = this.#driver.query("SELECT author FROM owners WHERE client = ?", client)[0];
    return row === undefined ? null : (row.author as AuthorNo);
  }

  authors(): readonly Author[] {
    return this.#driver.query("SELECT no, user_id, name, color FROM authors ORDER BY no").map((row) => ({
      no: row.no as AuthorNo,
      userId: row.user_id as string,
      name: row.name as string,
      color: row.color as string,
    }));
  }

  create(document: {
    readonly documentId: string;
    readonly logId: string;
    readonly createdAt: number;
  }): void {
    this.#write(false, (totals) => {
      if (this.#readMeta("document-id") !== undefined) throw new Error("the document exists already");
      totals.rows += this.#writeMeta("document-id", document.documentId);
      totals.rows += this.#writeMeta("log-id", document.logId);
      totals.rows += this.#writeMeta("created-at", document.createdAt);
      return null;
    });
  }

  append({ after, frames, authors, owners, stateVector }: AppendBatch): Seq {
    // one statement is atomic by itself, and a savepoint around it would cost more than the statement
    const isOneStatement = authors.length === 0 && owners.size === 0 && this.#log.staysOpenWith(frames);
    return this.#write(isOneStatement, (totals, head) => {
      // this store may know already what another object wrote, from an act that failed, when its caller does not
      if (after !== undefined && after !== head) throw overtaken(after);
      for (const { no, userId, name, color } of authors) {
        const written = this.#driver.exec(
          `INSERT INTO authors (no, user_id, name, color) VALUES (?, ?, ?, ?)
           ON CONFLICT (no) DO UPDATE SET name = excluded.name, color = excluded.color
             WHERE user_id = excluded.user_id`,
          no,
          userId,
          name,
          color,
        );
        // a version's author is enrolled without a frame, whose position would show that another object was faster
        if (written === 0) throw new Error(`author ${no} was given to somebody else without this store`);
        totals.rows += written;
      }
      for (const [client, author] of owners) {
        totals.rows += this.#driver.exec("INSERT INTO owners (client, author) VALUES (?, ?)", client, author);
      }
      if (frames.length === 0) return null;
      return this.#log.append(frames, head, totals, stateVector);
    });
  }

  frames(after: Seq, through: Seq): Iterable<Frame> {
    return this.#log.reader.ascending(after, through);
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
    this.#write(false, (totals, head) => {
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
    this.#write(false, (totals) => {
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
    this.#write(false, (totals) => {
      totals.rows += this.#versions.add(version);
      return null;
    });
  }

  updateVersion(id: string, change: { readonly name?: string; readonly description?: string }): boolean {
    if (!this.#versions.has(id)) return false;
    this.#write(false, (totals) => {
      totals.rows += this.#versions.update(id, change.name, change.description);
      return null;
    });
    return true;
  }

  removeVersion(id: string): boolean {
    if (!this.#versions.has(id)) return false;
    this.#write(false, (totals) => {
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
    this.#write(false, (totals) => {
      totals.rows += this.#restores.add(restore);
      return null;
    });
  }

  readNote(key: string): string | null {
    const value = this.#readMeta(`note:${key}`);
    return typeof value === "string" ? value : null;
  }

  writeNote(key: string, value: string): void {
    this.#write(false, (totals) => {
      totals.rows += this.#writeMeta(`note:${key}`, value);
      return null;
    });
  }

  stats(): StoreStats {
    const { seq, totals } = this.#readHead();
    const log = this.#log.size();
    const snapshots = this.#snapshots.list();
    return {
      head: seq,
      floor: readFloor(this.#driver).seq,
      logBytes: log.bytes,
      segments: log.segments,
      snapshotBytes: snapshots.reduce((sum, { bytes }) => sum + bytes, 0),
      snapshots: snapshots.length,
      versions: this.#versions.count,
      rowsWritten: this.rowsWritten,
      wakes: totals.wakes + this.#unsavedWakes,
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
    this.#unsavedRows += rows;
  }

  get rowsWritten(): number {
    return this.#readHead().totals.rows + this.#unsavedRows;
  }

  transaction<T>(act: () => T): T {
    return this.#orAsBefore(() => this.#driver.transaction(act));
  }

  #setAside(seq: Seq): void {
    this.#snapshots.setAside(seq);
    this.#write(false, (totals) => {
      this.#keepSetAside(totals);
      return null;
    });
  }

  #keepSetAside(totals: Totals): void {
    totals.rows += this.#writeMeta(SET_ASIDE, JSON.stringify(this.#snapshots.damaged));
  }

  #known(): Identity | null {
    this.#identity ??= identityIn(readMeta(this.#driver));
    return this.#identity;
  }

  /** What is stored is read again. */
  #forget(): void {
    this.#head = undefined;
    this.#identity = null;
    this.#log.forget();
  }

  #orAsBefore<T>(act: () => T): T {
    const unsavedWakes = this.#unsavedWakes;
    const unsavedRows = this.#unsavedRows;
    const setAside = this.#snapshots.damaged;
    const floor = this.#floor;
    try {
      return act();
    } catch (error) {
      // memory ahead of the rows would leave a hole in the log with the next frame
      this.#forget();
      this.#unsavedWakes = unsavedWakes;
      this.#unsavedRows = unsavedRows;
      this.#snapshots.forget(setAside);
      this.#floor = floor;
      throw error;
    }
  }

  /**
   * One atomic write.
   *
   * @param isOneStatement what `act` does is a single statement
   * @param act tells the newest seq when a row that it wrote holds the totals, else null
   */
  #write(isOneStatement: boolean, act: (totals: Totals, head: Seq) => Seq | null): Seq {
    const { seq, totals } = this.#readHead();
    const next: Totals = {
      rows: totals.rows + this.#unsavedRows,
      wakes: totals.wakes + this.#unsavedWakes,
    };
    const write = () => {
      const appended = act(next, seq);
      if (appended === null) this.#saveTotals(next);
      this.#head = { seq: appended ?? seq, totals: next };
      this.#unsavedWakes = 0;
      this.#unsavedRows = 0;
      return this.#head.seq;
    };
    return isOneStatement ? this.#orAsBefore(write) : this.transaction(write);
  }

  #saveTotals(totals: Totals): void {
    const rows = this.#driver.exec(
      "UPDATE segments SET rows = ?, wakes = ? WHERE first_seq = (SELECT max(first_seq) FROM segments)",
      totals.rows + 1,
      totals.wakes,
    );
    totals.rows += rows;
    if (rows > 0) return;
    // no segment yet: what was written before the first frame counts as well
    totals.rows += 2;
    this.#writeMeta("early-rows", totals.rows);
    this.#writeMeta("early-wakes", totals.wakes);
  }

  #readHead(): Head {
    this.#head ??= this.#loadHead();
    return this.#head;
  }

  #loadHead(): Head {
    const { seq, totals } = this.#log.end;
    const kept = this.#snapshots.totals();
    if (seq > 0) return { seq, totals: kept.rows > totals.rows ? kept : totals };
    const rows = Number(this.#readMeta("early-rows") ?? 0);
    return { seq, totals: { rows, wakes: Number(this.#readMeta("early-wakes") ?? 0) } };
  }

  #readMeta(key: string): string | number | Uint8Array | null | undefined {
    return this.#driver.query("SELECT value FROM meta WHERE key = ?", key)[0]?.value;
  }

  #writeMeta(key: string, value: string | number | Uint8Array): number {
    return this.#driver.exec(
      "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      key,
      value,
    );
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

import type { Role } from "@palimpsest/protocol";
import { mergeInChunks, type Numbered } from "../outbox.ts";
import { checksum } from "./checksum.ts";
import type {
  Aside,
  CopyChange,
  CopyHead,
  CopyRow,
  Decision,
  OutboxEntry,
  Position,
  StoredCopy,
} from "./store.ts";

/** Who looks at a copy. */
export interface Reader {
  readonly documentId: string;
  readonly owner: string;
  readonly schemaVersion: number;
  readonly tab: string;
}

/** What a stored copy means to whoever opens it. */
export type Opened =
  /** There is none, it cannot be read, or it is another user's: as if the document were new here. */
  | { readonly kind: "none" }
  /** A newer editor wrote it: an older one would delete what it does not know. */
  | { readonly kind: "newer" }
  | {
      readonly kind: "copy";
      readonly generation: string;
      /** Everything of it, local changes included, in an order in which it can be applied. */
      readonly updates: readonly Uint8Array[];
      readonly position: Position | null;
      readonly role: Role | null;
      /** Some of it was unreadable and is left out: what it holds shows nothing whole, but what was not sent is in it. */
      readonly isDamaged: boolean;
      /** Changes of tabs that are gone, now this tab's to send. */
      readonly claimed: readonly Numbered[];
      /** Tabs whose outboxes it took over. */
      readonly claimedFrom: readonly string[];
      /** Tabs that are open and have changes that are not acknowledged. */
      readonly others: readonly string[];
      readonly throughRow: number;
    };

/** Tabs that are open; null: this browser does not say. */
export type Alive = ReadonlySet<string> | null;

/**
 * What a stored copy means, and whose changes this tab takes over. Sending what a tab that is open sends as well would
 * do no harm, but cost the server a message.
 */
export function open(
  { head, rows, outbox }: StoredCopy,
  reader: Reader,
  alive: Alive,
  number: (entries: number) => number,
  now: number,
): Decision<Opened> {
  if (head === null || !isHead(head) || head.owner !== reader.owner) return nothing({ kind: "none" });
  if (head.schemaVersion > reader.schemaVersion) return nothing({ kind: "newer" });
  const soundRows = rows.filter(isSound);
  const soundEntries = outbox.filter(isSound);
  const isDamaged = soundRows.length < rows.length || soundEntries.length < outbox.length;
  // what lies under this tab's own name before it wrote anything is a claim of which it was not told that it worked
  const others = new Set(alive);
  others.delete(reader.tab);
  const { claimed, claimedFrom, change } = claim(soundEntries, reader, alive && others, number);
  const open = new Set(soundEntries.map(({ tab }) => tab).filter((tab) => !claimedFrom.includes(tab)));
  return {
    result: {
      kind: "copy",
      generation: head.generation,
      updates: [...soundRows, ...soundEntries].map(({ update }) => update),
      position: isDamaged ? null : head.position,
      role: head.role,
      isDamaged,
      claimed,
      claimedFrom,
      others: [...open],
      throughRow: head.nextRow - 1,
    },
    change: { ...change, head: { ...head, openedAt: now } },
  };
}

export interface Claim {
  readonly claimed: readonly Numbered[];
  readonly claimedFrom: readonly string[];
}

/** Takes over what tabs that are gone left unsent. `number` gives the numbers of so many changes of this tab. */
export function claim(
  outbox: readonly OutboxEntry[],
  reader: Reader,
  alive: Alive,
  number: (entries: number) => number,
): Claim & { readonly change: CopyChange | null } {
  const left = outbox.filter(({ tab }) => alive?.has(tab) !== true);
  if (left.length === 0) return { claimed: [], claimedFrom: [], change: null };
  const claimedFrom = [...new Set(left.map(({ tab }) => tab))];
  let next = number(left.length);
  const claimed = left.map(({ update }) => ({ ranges: [{ first: next, last: next++ }], update }));
  const mine = claimed.map((entry) => toEntry(entry, reader.tab));
  return { claimed, claimedFrom, change: { removesOutboxes: claimedFrom, outbox: mine } };
}

/** Takes over what tabs left that were closed while this one was open. */
export function collect(
  { head, outbox }: StoredCopy,
  reader: Reader,
  alive: Alive,
  number: (entries: number) => number,
): Decision<Claim> {
  const isOurs = head !== null && head.owner === reader.owner && head.schemaVersion <= reader.schemaVersion;
  if (!isOurs) return nothing({ claimed: [], claimedFrom: [] });
  const theirs = outbox.filter((entry) => isSound(entry) && entry.tab !== reader.tab);
  const { claimed, claimedFrom, change } = claim(theirs, reader, alive, number);
  return { result: { claimed, claimedFrom }, change };
}

/** What happened in a tab since it last wrote into the copy. */
export interface Batch {
  /** From the server; `at` is null for what has no place in the log. */
  readonly deliveries: readonly { readonly at: Position | null; readonly update: Uint8Array }[];
  readonly added: readonly Numbered[];
  readonly settled: readonly Numbered[];
  /** Undefined: as before. Null: nothing is known any more. */
  readonly position: Position | null | undefined;
  /** What is stored about the position is no longer true: the log has lost its end, or something did not arrive. */
  readonly startsAnew: boolean;
  readonly role: Role | null;
}

/**
 * Adds a batch to the copy that this tab has read or written before. The result is null when that is not there any more:
 * then everything is to be written.
 */
export function append(
  { head }: StoredCopy,
  batch: Batch,
  reader: Reader,
  generation: string,
): Decision<CopyHead | null> {
  if (head === null || !isHead(head) || head.generation !== generation) return nothing(null);
  const updates = [
    ...batch.deliveries.filter((delivery) => !isKnown(delivery, head.position)),
    ...batch.settled,
  ].map(({ update }) => update);
  const rows = updates.length === 0 ? [] : [toRow(head.nextRow, reader.tab, mergeInChunks(updates))];
  const outbox = batch.added.map((entry) => toEntry(entry, reader.tab));
  const next: CopyHead = {
    ...head,
    schemaVersion: Math.max(head.schemaVersion, reader.schemaVersion),
    role: batch.role ?? head.role,
    position: positionAfter(batch, head.position),
    nextRow: head.nextRow + rows.length,
    loose: head.loose + rows.length + outbox.length,
    looseBytes: head.looseBytes + bytesOf(rows) + bytesOf(outbox),
  };
  const removesEntries = batch.settled
    .flatMap(({ ranges }) => ranges)
    .map((range) => ({ tab: reader.tab, ...range }));
  return { result: next, change: { removesEntries, rows, outbox, head: next } };
}

/** Everything that a tab knows, at one instant. */
export interface Whole {
  readonly update: Uint8Array;
  readonly unsent: readonly Numbered[];
  readonly position: Position | null;
  readonly startsAnew: boolean;
  readonly role: Role | null;
  /** Of the copy that it has read or written; null: none. */
  readonly generation: string | null;
  /** Rows of that copy up to here are in `update`. */
  readonly throughRow: number;
  /** Tabs whose outboxes it has taken over. */
  readonly claimedFrom: readonly string[];
}

export interface Rewritten {
  readonly head: CopyHead;
  /** What other tabs have written since this one read the copy. It has to take it in: the row counts as its own. */
  readonly others: readonly Uint8Array[];
}

/** Puts everything into one row, in place of what this tab has written or read. What others wrote since stays in it. */
export function rewrite(
  { head, rows, outbox }: StoredCopy,
  whole: Whole,
  reader: Reader,
  fresh: { readonly generation: string; readonly now: number },
): Decision<Rewritten> {
  const unsent = whole.unsent.map((entry) => toEntry(entry, reader.tab));
  const known = head !== null && isHead(head) && head.owner === reader.owner ? head : null;
  const isSame = known !== null && known.generation === whole.generation;
  const foreign =
    known === null
      ? []
      : rows.filter(({ row, tab }) => !isSame || (tab !== reader.tab && row > whole.throughRow));
  const others = foreign.filter(isSound).map((row) => row.update);
  const update = others.length === 0 ? whole.update : mergeInChunks([whole.update, ...others]);
  const row = toRow(known?.nextRow ?? 0, reader.tab, update);
  const next: CopyHead = {
    documentId: reader.documentId,
    generation: known?.generation ?? fresh.generation,
    owner: reader.owner,
    schemaVersion: Math.max(known?.schemaVersion ?? 0, reader.schemaVersion),
    role: whole.role ?? known?.role ?? null,
    position: others.length < foreign.length ? whole.position : positionAfter(whole, known?.position ?? null),
    openedAt: fresh.now,
    nextRow: row.row + 1,
    loose: 0,
    looseBytes: 0,
    wholeBytes: update.length,
  };
  const aside = known === null ? leftBehind({ head, rows, outbox }, fresh, 0) : null;
  return {
    result: { head: next, others },
    change: {
      ...(known === null
        ? { removesAll: true }
        : { removesRowsThrough: known.nextRow - 1, removesOutboxes: [reader.tab, ...whole.claimedFrom] }),
      rows: [row],
      outbox: unsent,
      ...(aside === null ? {} : { aside }),
      head: next,
    },
  };
}

/** The copy has to go. What nobody has sent is put aside, with the document around it. */
export function remove(
  copy: StoredCopy,
  whole: Pick<Whole, "update" | "unsent"> | null,
  reader: Reader,
  fresh: { readonly generation: string; readonly now: number },
  code: number,
): Decision<Aside | null> {
  const own = whole === null || whole.unsent.length === 0 ? [] : [whole.update];
  const stored = leftBehind(copy, fresh, code);
  if (stored === null && own.length === 0) return { result: null, change: { removesAll: true } };
  const { documentId, owner } = reader;
  const aside: Aside = stored ?? {
    id: fresh.generation,
    documentId,
    owner,
    at: fresh.now,
    code,
    updates: [],
  };
  const all = { ...aside, updates: [...aside.updates, ...own] };
  return { result: all, change: { removesAll: true, aside: all } };
}

function leftBehind(
  { head, rows, outbox }: StoredCopy,
  { generation: id, now: at }: { readonly generation: string; readonly now: number },
  code: number,
): Aside | null {
  if (head === null || outbox.length === 0) return null;
  const updates = [...rows, ...outbox].filter(isSound).map(({ update }) => update);
  return { id, documentId: head.documentId, owner: head.owner, at, code, updates };
}

/** A copy is read whole when it is opened: many rows cost more than the bytes in them. */
const MAX_LOOSE = 400;
const MIN_LOOSE_BYTES = 256 * 1024;

/** Whether everything should be put into one row. */
export function isLoose({ loose, looseBytes, wholeBytes }: CopyHead): boolean {
  return loose > MAX_LOOSE || looseBytes > Math.max(MIN_LOOSE_BYTES, wholeBytes);
}

/**
 * Whether a refusal ends the copy: the document is gone, or not for this person; or the server would refuse the same
 * changes again after every reload. After any other the copy is worth more than before.
 */
export function endsCopy(code: number): boolean {
  return [4400, 4403, 4404, 4409, 4413, 4422].includes(code);
}

function nothing<T>(result: T): { readonly result: T; readonly change: null } {
  return { result, change: null };
}

/** Everything up to the position is in the copy already: another tab has written it. */
function isKnown({ at }: Batch["deliveries"][number], position: Position | null): boolean {
  return at !== null && position !== null && position.logId === at.logId && at.seq <= position.seq;
}

/** Of one log the later: all up to there was written by somebody. Of two logs that of whoever writes. */
function positionAfter(
  { position, startsAnew }: Pick<Batch, "position" | "startsAnew">,
  stored: Position | null,
): Position | null {
  if (startsAnew) return position ?? null;
  if (position === undefined) return stored;
  const isBehind = position !== null && stored?.logId === position.logId && stored.seq > position.seq;
  return isBehind ? stored : position;
}

function toRow(row: number, tab: string, update: Uint8Array): CopyRow {
  return { row, tab, update, checksum: checksum(update) };
}

/** Its key is its first number: what removes any of its numbers removes it. */
function toEntry({ ranges, update }: Numbered, tab: string): OutboxEntry {
  return { tab, first: ranges[0]?.first ?? 0, update, checksum: checksum(update) };
}

function bytesOf(items: readonly { readonly update: Uint8Array }[]): number {
  return items.reduce((sum, { update }) => sum + update.length, 0);
}

function isSound(stored: { readonly update: Uint8Array; readonly checksum: number }): boolean {
  const { update } = stored;
  return update instanceof Uint8Array && checksum(update) === stored.checksum;
}

function isHead(head: CopyHead): boolean {
  return (
    typeof head.generation === "string" &&
    typeof head.owner === "string" &&
    Number.isInteger(head.schemaVersion) &&
    Number.isInteger(head.nextRow)
  );
}

import type { Seq } from "@palimpsest/history";
import { META_NAME, yDocTitle } from "@palimpsest/schema";
import type { DocumentStore, SnapshotInfo, StoredAsset } from "@palimpsest/store";
import { materialize, projectRoot, stateVectorOf } from "@palimpsest/ydoc";
import type { DocumentAssets } from "../assets/document-assets.ts";
import { FORMAT, type HistoryLine } from "../history-file/format.ts";
import type { DocumentParts } from "./document-parts.ts";
import { updatesAt } from "./moment.ts";

export interface Exported {
  readonly ok: true;
  readonly title: string;
  readonly frames: number;
  /** The lines of the file but the last one, as UTF-8. */
  readonly lines: ReadableStream;
  /** Whose lines are to stand behind these. */
  readonly files: readonly StoredAsset[];
}

/** What is read at once: more would be in memory at once too. */
const BATCH_BYTES = 256 * 1024;

/**
 * The document with its whole history, up to what is its head now: while the lines are read, people go on typing, and
 * nothing of that is in them. Only so much is in memory as the reader takes next.
 */
export function exportOf({ store, host }: DocumentParts, assets: DocumentAssets): Exported {
  const now = Date.now();
  host.flush(now);
  const { head, floor } = store.stats();
  const title = titleAt(head, store);
  const files = assets.list();
  const batches = batchesOf(store, {
    head,
    floor,
    title,
    exportedAt: now,
    version: files.length === 0 ? 1 : 2,
  });
  const lines = new ReadableStream({
    type: "bytes",
    pull(controller) {
      // an exception breaks the stream off: whoever reads the file misses its last line
      const { done, value } = batches.next();
      if (done) controller.close();
      else controller.enqueue(encode(value));
    },
  });
  return { ok: true, title, frames: head - floor, lines, files };
}

interface Extent {
  readonly head: Seq;
  readonly floor: Seq;
  readonly title: string;
  readonly exportedAt: number;
  readonly version: 1 | 2;
}

/** Each step reads the store in one turn of its own and holds on to no walk over it: rows may be packed in between. */
function* batchesOf(store: DocumentStore, extent: Extent): Generator<readonly HistoryLine[]> {
  const { head, floor, title, exportedAt, version } = extent;
  const versions = store.versions().toReversed();
  const facts = store.restoreFacts();
  const links = store.links().filter(({ through }) => through > floor && through <= head);
  yield [
    {
      format: FORMAT,
      version,
      exportedAt: new Date(exportedAt).toISOString(),
      title,
      createdAt: new Date(store.load()?.createdAt ?? 0).toISOString(),
      head,
      floor,
    },
    ...store.authors().map(({ no, userId: id, name, color }) => ({ author: no, id, name, color })),
    ...versions.map(({ id, seq, name, description, createdAt, author, automatic }) => ({
      version: id,
      seq,
      name,
      description,
      t: createdAt,
      a: author,
      automatic,
    })),
  ];
  if (facts.length > 0) yield* restoreLines(store, facts.length);
  if (floor > 0) {
    const pinned = store.snapshots().filter(({ seq }) => seq <= floor);
    for (const info of pinned) yield [snapshotLine(store, info)];
  }
  let after = floor;
  let nextLink = 0;
  while (after < head) {
    const lines: HistoryLine[] = [];
    let bytes = 0;
    for (const frame of store.frames(after, head)) {
      const { seq: s, time: t, author: a, kind: k, update } = frame;
      // frames that were dropped since the first line said they would come
      if (s !== after + 1) throw new Error(`the history has moved on: ${s} follows ${after}`);
      const u = update.toBase64();
      lines.push(k === "restore" ? { s, t, a, k, target: frame.target, u } : { s, t, a, k, u });
      after = s;
      const seal = links[nextLink];
      if (seal?.through === s) {
        lines.push({ sealed: s, link: seal.link?.toHex() ?? null });
        nextLink++;
      }
      bytes += u.length;
      if (bytes > BATCH_BYTES) break;
    }
    if (lines.length === 0) throw new Error(`the history has moved on: nothing follows ${after}`);
    yield lines;
  }
}

function* restoreLines(store: DocumentStore, count: number): Generator<HistoryLine[]> {
  for (const { seq, moves, deletes, ...facts } of store.restores().slice(0, count)) {
    yield [{ restore: seq, ...facts, moves: moves.toBase64(), deletes: deletes.toBase64() }];
  }
}

function snapshotLine(store: DocumentStore, { seq, createdAt, collected }: SnapshotInfo): HistoryLine {
  const update = store.readSnapshot(seq, "update");
  const owners: [number, number][] = [];
  for (const client of stateVectorOf(update).keys()) {
    const owner = store.ownerOf(client);
    if (owner !== null) owners.push([client, owner]);
  }
  const head = store.frameHeadAt(seq);
  const frame = head === null ? null : { t: head.time, a: head.author };
  return { snapshot: seq, t: createdAt, collected, owners, frame, u: update.toBase64() };
}

function titleAt(seq: Seq, store: DocumentStore): string {
  const doc = materialize([projectRoot(updatesAt(seq, store), META_NAME)]);
  try {
    return yDocTitle(doc);
  } finally {
    doc.destroy();
  }
}

function encode(lines: readonly HistoryLine[]): Uint8Array {
  return new TextEncoder().encode(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
}

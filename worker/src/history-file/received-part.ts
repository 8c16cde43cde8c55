import type {
  Received,
  ReceivedFrame,
  ReceivedRestore,
  ReceivedSnapshot,
  ReceivedVersion,
} from "../document/receiving.ts";
import type { ImportedAuthor } from "./file-check.ts";
import type { FrameLine, RestoreLine, SnapshotLine, VersionLine } from "./format.ts";
import { Unreadable } from "./read-lines.ts";

/** One call holds about so much: it is copied on its way, and judged in one turn of the object. */
const PART_BYTES = 512 * 1024;
const PART_ITEMS = 2_000;

/** What of a file goes to the new document with the next call. */
export class ReceivedPart {
  readonly authors: ImportedAuthor[] = [];
  readonly versions: ReceivedVersion[] = [];
  readonly restores: ReceivedRestore[] = [];
  readonly snapshots: ReceivedSnapshot[] = [];
  readonly frames: ReceivedFrame[] = [];
  #bytes = 0;

  get isFull(): boolean {
    const { authors, versions, restores, snapshots, frames } = this;
    const items = authors.length + versions.length + restores.length + snapshots.length + frames.length;
    return this.#bytes >= PART_BYTES || items >= PART_ITEMS;
  }

  /** As it goes over a call: plain data. */
  get content(): Received {
    const { authors, versions, restores, snapshots, frames } = this;
    return { authors, versions, restores, snapshots, frames };
  }

  addVersion({ version: id, seq, name, description, t, a, automatic }: VersionLine): void {
    this.versions.push({ id, seq, name, description, createdAt: t, author: a, automatic });
  }

  addRestore({ restore: seq, how, of, from, through, ...bytes }: RestoreLine, line: number): void {
    const moves = this.#bytesOf(bytes.moves, line);
    const deletes = this.#bytesOf(bytes.deletes, line);
    this.restores.push({ line, seq, how, of, from, through, moves, deletes });
  }

  addSnapshot({ snapshot: seq, t: createdAt, u, ...rest }: SnapshotLine, line: number): void {
    this.snapshots.push({ line, seq, createdAt, ...rest, update: this.#bytesOf(u, line) });
  }

  addFrame({ t: time, a: author, k: kind, target, u }: FrameLine, line: number): ReceivedFrame {
    const frame = { line, time, author, kind, target: target ?? null, update: this.#bytesOf(u, line) };
    this.frames.push(frame);
    return frame;
  }

  #bytesOf(text: string, line: number): Uint8Array {
    let bytes: Uint8Array;
    try {
      bytes = Uint8Array.fromBase64(text, { lastChunkHandling: "strict" });
    } catch {
      throw new Unreadable(line, "its bytes are not base64");
    }
    this.#bytes += bytes.length;
    return bytes;
  }
}

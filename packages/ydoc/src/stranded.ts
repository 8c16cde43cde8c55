import * as Y from "yjs";
import type { ClientId, IdRange } from "./ids.ts";
import type { Timeline } from "./timeline.ts";
import type { Weave } from "./weave.ts";

/** What somebody inserted into something that had been deleted already, without having seen that. */
export interface Stranded {
  /** All in one block, by one frame's author after the other, in reading order. */
  readonly ranges: readonly IdRange[];
  /** The frame that had deleted what it is in. */
  readonly deletedAt: number;
  /** The frames that brought it. */
  readonly from: number;
  readonly until: number;
  readonly author: number;
  readonly text: string;
}

export interface StrandedQuery {
  /** Whether what this frame deleted is asked about. */
  isAsked(seq: number): boolean;
  authorOf(seq: number): number;
}

/**
 * Everything that stands nowhere although nobody deleted it: it was written into a block that another had deleted, by
 * somebody who had not heard of that yet. Nothing of it is lost as long as the weave reaches back to the deletion.
 */
export function strandedIn(weave: Weave, root: string, query: StrandedQuery): Stranded[] {
  const walk = new Walk(weave.timeline, query);
  walk.block(weave.doc.getXmlFragment(root), null);
  return walk.found;
}

/** A piece of what has been met in the block that is walked. */
interface Piece {
  readonly range: IdRange;
  readonly text: string;
  readonly seq: number;
  /** The frame that deleted it although it was dead already; null when none did. */
  readonly deletion: number | null;
}

interface Open {
  readonly deletedAt: number;
  readonly author: number;
  readonly pieces: Piece[];
}

class Walk {
  readonly #timeline: Timeline;
  readonly #query: StrandedQuery;
  readonly found: Stranded[] = [];
  #open: Open | null = null;

  constructor(timeline: Timeline, query: StrandedQuery) {
    this.#timeline = timeline;
    this.#query = query;
  }

  /** @param fallenAt the frame that deleted it or what it is in; null while it stands */
  block(type: Y.XmlFragment | Y.XmlText, fallenAt: number | null): void {
    const isBlock = !(type instanceof Y.XmlText);
    if (isBlock) this.#close();
    for (let item = type._start; item !== null; item = item.right) {
      const { content } = item;
      if (content instanceof Y.ContentString) this.#string(item, content.str, fallenAt);
      else if (content instanceof Y.ContentType && isWalked(content.type)) {
        const [own] = this.#timeline.deletions(rangeIn(item, 0, 1));
        this.block(content.type, earliest(fallenAt, own?.seq ?? null));
      }
    }
    if (isBlock) this.#close();
  }

  #string(item: Y.Item, text: string, fallenAt: number | null): void {
    if (fallenAt === null || !this.#query.isAsked(fallenAt)) return;
    for (const { clock, length, seq: deletion } of this.#timeline.deletions(rangeIn(item, 0, item.length))) {
      for (const part of this.#timeline.insertions(rangeIn(item, clock - item.id.clock, length))) {
        if (part.seq === null || part.seq <= fallenAt) continue;
        const offset = part.clock - item.id.clock;
        const range = rangeIn(item, offset, part.length);
        this.#add(fallenAt, {
          range,
          text: text.slice(offset, offset + part.length),
          seq: part.seq,
          deletion,
        });
      }
    }
  }

  #add(deletedAt: number, piece: Piece): void {
    const author = this.#query.authorOf(piece.seq);
    if (this.#open?.author !== author || this.#open.deletedAt !== deletedAt) {
      this.#close();
      this.#open = { author, deletedAt, pieces: [] };
    }
    this.#open?.pieces.push(piece);
  }

  #close(): void {
    const open = this.#open;
    this.#open = null;
    if (open === null) return;
    const { author, deletedAt } = open;
    const until = Math.max(...open.pieces.map(({ seq }) => seq));
    // What its writer took back while still writing is not wanted. A deletion that comes after the last word is no
    // wish: a browser that connects anew names everything as deleted that it finds inside something deleted.
    const pieces = open.pieces.filter(({ deletion }) => deletion === null || deletion > until);
    const text = pieces.map((piece) => piece.text).join("");
    if (text === "") return;
    const from = Math.min(...pieces.map(({ seq }) => seq));
    this.found.push({ author, deletedAt, from, until, text, ranges: pieces.map(({ range }) => range) });
  }
}

function isWalked(type: unknown): type is Y.XmlFragment | Y.XmlText {
  return type instanceof Y.XmlFragment || type instanceof Y.XmlText;
}

function earliest(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

function rangeIn(item: Y.Item, offset: number, length: number): IdRange {
  return { client: item.id.client as ClientId, clock: item.id.clock + offset, length };
}

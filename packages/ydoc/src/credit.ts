import { plain, sameRecord } from "./draft.ts";
import type { ClientId } from "./ids.ts";
import type { Timeline } from "./timeline.ts";
import type { Id, Woven, WovenText } from "./woven.ts";

/** Who wrote something and when, as positions in the log. */
export interface Credit {
  /** The person's number in this document; null when nothing is known of whose it is. */
  readonly author: number | null;
  /** The frames that brought the first and the last of it; null when that was before the log begins. */
  readonly from: number | null;
  readonly until: number | null;
  /** The restore that brought it back; null when it was never gone. */
  readonly restoredAt: number | null;
}

interface CreditedBase {
  readonly id: Id;
  readonly values: Readonly<Record<string, unknown>>;
  readonly credit: Credit;
}

export interface CreditedElement extends CreditedBase {
  readonly kind: "element";
  readonly name: string;
  readonly children: readonly Credited[];
}

export interface CreditedText extends CreditedBase {
  readonly kind: "text";
  readonly text: string;
}

export type Credited = CreditedElement | CreditedText;

/** What is known of the people and of what was brought back. */
export interface CreditSource {
  /** Knows all frames up to the moment. */
  readonly timeline: Timeline;
  frame(seq: number): { readonly author: number; readonly time: number } | null;
  /** For what was written before the timeline begins. */
  ownerOf(client: ClientId): number | null;
  /** What this was before a restore inserted it again, as it was written first; null for what was not brought back. */
  origin(id: Id): Id | null;
  /** Whether anything of this client's was brought back by a restore: asked for once, `origin` for each character. */
  mayHaveOrigin(client: ClientId): boolean;
}

/** What one person typed without a longer pause, in ms, is one piece. */
const PAUSE_MS = 60_000;

/**
 * Who wrote each span of a moment, and when. What a restore brought back is credited to who wrote it, not to who pressed
 * the button.
 *
 * @param nodes the moment, as a weave shows it
 */
export function creditOf(nodes: readonly Woven[], source: CreditSource): Credited[] {
  const out: Credited[] = [];
  for (const node of nodes) {
    if (node.kind === "text") pushText(node, source, out);
    else {
      const { id, name } = node;
      const credit = creditFor(id, source);
      const children = creditOf(node.children, source);
      out.push({ kind: "element", id, name, values: plain(node.attributesAfter), credit, children });
    }
  }
  return out;
}

function pushText(node: WovenText, source: CreditSource, out: Credited[]): void {
  const values = plain(node.marksAfter);
  const { client, clock } = node.id;
  let offset = 0;
  for (const { length, credit } of piecesOf(client, clock, node.text.length, source)) {
    const id = { client, clock: clock + offset };
    const text = node.text.slice(offset, offset + length);
    offset += length;
    const last = out.at(-1);
    if (last?.kind === "text" && sameRecord(last.values, values) && goesOn(last.credit, credit, source)) {
      const joined = { ...last.credit, until: credit.until };
      out[out.length - 1] = { ...last, text: last.text + text, credit: joined };
    } else out.push({ kind: "text", id, text, values, credit });
  }
}

interface Piece {
  readonly length: number;
  readonly credit: Credit;
}

function piecesOf(client: ClientId, clock: number, length: number, source: CreditSource): Piece[] {
  if (source.mayHaveOrigin(client)) {
    return Array.from({ length }, (_, i) => ({
      length: 1,
      credit: creditFor({ client, clock: clock + i }, source),
    }));
  }
  return source.timeline.insertions({ client, clock, length }).map((stretch) => ({
    length: stretch.length,
    credit: written(client, stretch.seq, null, source),
  }));
}

function creditFor(id: Id, source: CreditSource): Credit {
  const origin = source.mayHaveOrigin(id.client) ? source.origin(id) : null;
  const [own] = source.timeline.insertions({ ...id, length: 1 });
  if (origin === null) return written(id.client, own?.seq ?? null, null, source);
  const [first] = source.timeline.insertions({ ...origin, length: 1 });
  return written(origin.client, first?.seq ?? null, own?.seq ?? null, source);
}

function written(
  client: ClientId,
  seq: number | null,
  restoredAt: number | null,
  source: CreditSource,
): Credit {
  const author = seq === null ? source.ownerOf(client) : (source.frame(seq)?.author ?? null);
  return { author, from: seq, until: seq, restoredAt };
}

function goesOn(last: Credit, next: Credit, source: CreditSource): boolean {
  if (last.author !== next.author || last.restoredAt !== next.restoredAt) return false;
  if (last.until === null || next.from === null) return last.until === next.from;
  // text is not always written from left to right
  if (next.from < last.until) return false;
  const pause = (source.frame(next.from)?.time ?? 0) - (source.frame(last.until)?.time ?? 0);
  return pause <= PAUSE_MS;
}

import * as Y from "yjs";
import { between } from "./between.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { type AnyType, type IntegratedItem, rangeOf, structsIn, typeIn } from "./items.ts";
import type { Moved } from "./moves.ts";
import { ReadingOrder, type Spot } from "./reading-order.ts";

/** A Yjs relative position as JSON: by item, or at an end of a type, which has an id or is a root with a name. */
export interface AnchorPosition {
  readonly item?: { readonly client: number; readonly clock: number };
  readonly type?: { readonly client: number; readonly clock: number };
  readonly tname?: string;
  /** Below zero it belongs to what is before it, else to what is behind it. */
  readonly assoc?: number;
}

/** What a remark is about. Plain JSON, to be kept as long as the document. */
export interface Anchor {
  readonly start: AnchorPosition;
  readonly end: AnchorPosition;
  /** The text that it was put on; a line for each block. */
  readonly quote: string;
  /**
   * The ids of that text, or where there is none of the elements that hold nothing, as images do, in reading order: [client, clock, length]. The two
   * positions cannot tell what lay between them once it was collected. Empty for a mere position.
   */
  readonly covers: readonly (readonly [client: number, clock: number, length: number])[];
}

export type AnchorPlace =
  /** From the first to the last of what it was put on that is still, or again, there. */
  | { readonly kind: "found"; readonly start: Spot; readonly end: Spot }
  /** Nothing of it is there. */
  | { readonly kind: "orphaned"; readonly quote: string };

/** Null when one of the positions is not in the document, or the end lies before the start. */
export function makeAnchor(doc: Y.Doc, start: Y.RelativePosition, end: Y.RelativePosition): Anchor | null {
  const from = Y.createAbsolutePositionFromRelativePosition(start, doc, false);
  const to = Y.createAbsolutePositionFromRelativePosition(end, doc, false);
  if (from === null || to === null) return null;
  const pieces = between(from, to);
  if (pieces === null) return null;
  const text = pieces.filter(({ item }) => typeIn(item) === null);
  let quote = "";
  let last: AnyType | null = null;
  for (const { item, offset, length } of text) {
    if (last !== null && last !== item.parent) quote += "\n";
    last = item.parent;
    const { content } = item;
    if (content instanceof Y.ContentString) quote += content.str.slice(offset, offset + length);
  }
  const covered = text.length > 0 ? text : pieces;
  return {
    start: Y.relativePositionToJSON(start),
    end: Y.relativePositionToJSON(end),
    quote,
    covers: covered.map(({ item, offset, length }) => [item.id.client, item.id.clock + offset, length]),
  };
}

/**
 * Where the anchors are now, in the order given.
 *
 * @param moved of all the document's restores: what was deleted and put back is found again
 */
export function resolveAnchors(doc: Y.Doc, anchors: readonly Anchor[], moved: Moved): AnchorPlace[] {
  const order = new ReadingOrder();
  return anchors.map((anchor) => {
    if (anchor.covers.length === 0) return placeOf(anchor, doc, moved);
    let start: Spot | null = null;
    let end: Spot | null = null;
    for (const [client, clock, length] of anchor.covers) {
      for (const { item, offset, units } of livingOf(
        { client: client as ClientId, clock, length },
        doc,
        moved,
      )) {
        const from = order.spot(item, offset);
        const to = order.spot(item, offset + units);
        // what came back may stand on the other side of what was written meanwhile
        if (start === null || order.compare(from, start) < 0) start = from;
        if (end === null || order.compare(to, end) > 0) end = to;
      }
    }
    if (start === null || end === null) return { kind: "orphaned", quote: anchor.quote };
    return { kind: "found", start, end };
  });
}

/** Part of an item. */
interface Living {
  readonly item: IntegratedItem;
  readonly offset: number;
  readonly units: number;
}

/** What lives of a range, itself or as what it was inserted again. */
function* livingOf(range: IdRange, doc: Y.Doc, moved: Moved): Generator<Living> {
  for (const { struct, part } of partsIn(doc, range)) {
    if (!struct.deleted) yield living(struct, part);
    else {
      for (const { to, from } of moved.newestOf(part)) {
        if (to === null) continue;
        for (const now of partsIn(doc, { ...to, length: from.length })) {
          if (!now.struct.deleted) yield living(now.struct, now.part);
        }
      }
    }
  }
}

function* partsIn(doc: Y.Doc, range: IdRange): Generator<{ struct: Y.Item | Y.GC; part: IdRange }> {
  for (const struct of structsIn(doc, range)) {
    const { client, clock, length } = rangeOf(struct);
    const from = Math.max(clock, range.clock);
    const end = Math.min(clock + length, range.clock + range.length);
    yield { struct, part: { client, clock: from, length: end - from } };
  }
}

function living(struct: Y.Item | Y.GC, { clock, length }: IdRange): Living {
  return { item: struct as IntegratedItem, offset: clock - struct.id.clock, units: length };
}

/** Of an anchor that is a mere position. */
function placeOf({ start, quote }: Anchor, doc: Y.Doc, moved: Moved): AnchorPlace {
  const held = start.item ?? start.type;
  const now = held === undefined ? null : formOf(held, doc, moved);
  if (held !== undefined && now === null) return { kind: "orphaned", quote };
  const position = Y.createRelativePositionFromJSON({
    ...start,
    ...(now === null ? {} : start.item === undefined ? { type: now } : { item: now, type: null }),
  });
  const found = Y.createAbsolutePositionFromRelativePosition(position, doc, false);
  if (found === null) return { kind: "orphaned", quote };
  const place = { type: found.type, index: found.index };
  return { kind: "found", start: place, end: place };
}

/** The id under which something lives. */
function formOf({ client, clock }: { client: number; clock: number }, doc: Y.Doc, moved: Moved): Y.ID | null {
  for (const { item, offset } of livingOf({ client: client as ClientId, clock, length: 1 }, doc, moved)) {
    return Y.createID(item.id.client, item.id.clock + offset);
  }
  return null;
}

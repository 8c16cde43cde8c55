import * as Y from "yjs";
import { condense } from "./condense.ts";
import { type DocumentBudget, defaultDocumentBudget, withinBudget } from "./document-budget.ts";
import type { ClientId, IdRange } from "./ids.ts";
import { rangeOf } from "./items.ts";
import { Lens, present, type Sight } from "./lens.ts";
import { materialize } from "./materialize.ts";
import { type TimedUpdate, Timeline } from "./timeline.ts";
import type { Id, Valued, Values, Woven, WovenElement, WovenText } from "./woven.ts";

/** What a weave is made from. */
export interface Strands {
  /** The position of the state that `updates` build; what was deleted before it is gone from every moment. */
  readonly seq: number;
  readonly updates: readonly Uint8Array[];
  /** Everything after it, ascending. */
  readonly frames: readonly TimedUpdate[];
}

/** What all shared types have in common. */
type TypeParts = Pick<Y.AbstractType<unknown>, "_start" | "_map">;

/** Elements nested deeper than this are left out: readers recurse. */
const MAX_DEPTH = 100;
const nothing: Values = new Map();

/**
 * A stretch of a document's history in one document: all that was inserted in it is there, at its place, with when it
 * came and when it went. Any moment of the stretch, and what lies between two of them, is one walk over it: nothing is
 * replayed. That is possible because the order of what Yjs has integrated never changes.
 */
export class Weave {
  /** Keeps what was deleted. Its own view of what is deleted is that of the last moment. */
  readonly doc: Y.Doc;
  /** Where it begins and ends. */
  readonly start: number;
  readonly end: number;
  readonly strands: Strands;
  #timeline: Timeline | null = null;
  #sight: { readonly seq: number; readonly sight: Sight } | null = null;

  /** @param merged the strands' updates and frames, in fewer pieces perhaps */
  constructor(strands: Strands, merged: readonly Uint8Array[] = whole(strands.updates, strands.frames)) {
    this.strands = strands;
    this.start = strands.seq;
    this.end = strands.frames.at(-1)?.seq ?? strands.seq;
    this.doc = materialize(merged, { keepDeleted: true });
  }

  /** Null where it would not fit the isolate. */
  static within(strands: Strands, budget: DocumentBudget = defaultDocumentBudget): Weave | null {
    const fitting = withinBudget(whole(strands.updates, strands.frames), budget);
    return fitting === null ? null : new Weave(strands, fitting);
  }

  /** Made when it is needed: the last moment, which is often the only one asked for, is seen without it. */
  get timeline(): Timeline {
    const { seq, updates, frames } = this.strands;
    this.#timeline ??= Timeline.from(seq, updates, frames);
    return this.#timeline;
  }

  /** Whether a moment lies in the stretch. */
  covers(seq: number): boolean {
    return seq >= this.start && seq <= this.end;
  }

  /** What the root holds at `before` or at `after`, which is not earlier. The same moment twice gives that moment. */
  between(root: string, before: number, after: number): readonly Woven[] {
    const late = this.#sightAt(after);
    const early = before === after ? late : this.#sightAt(before);
    return new Walk(this, early, late, after).children(this.doc.getXmlFragment(root));
  }

  /** The value of a root map's key at a moment; undefined when there was none. */
  valueAt(root: string, key: string, seq: number): unknown {
    return newest(this.doc.getMap(root), key, this.#sightAt(seq))?.value;
  }

  #sightAt(seq: number): Sight {
    if (this.#sight?.seq === seq) return this.#sight.sight;
    const isEnough = seq === this.end && this.#timeline === null;
    const sight = isEnough ? present : Lens.at(seq, this.timeline);
    this.#sight = { seq, sight };
    return sight;
  }

  destroy(): void {
    this.doc.destroy();
  }
}

function whole(updates: readonly Uint8Array[], frames: readonly TimedUpdate[]): readonly Uint8Array[] {
  return frames.length === 0 ? updates : [...updates, condense(frames.map(({ update }) => update))];
}

/** A part of an item whose characters are all there at the same moments. */
interface Part {
  readonly clock: number;
  readonly length: number;
  readonly before: boolean;
  readonly after: boolean;
}

/** The moments at which something is there, and what it falls with. */
interface Fate {
  readonly before: boolean;
  readonly after: boolean;
  readonly deletedAt: number | null;
}

const always: Fate = { before: true, after: true, deletedAt: null };

class Walk {
  readonly #weave: Weave;
  readonly #early: Sight;
  readonly #late: Sight;
  readonly #after: number;
  /** One moment, and nothing to look up for it: thousands of items then cost a step each. */
  readonly #isPlain: boolean;

  constructor(weave: Weave, early: Sight, late: Sight, after: number) {
    this.#weave = weave;
    this.#early = early;
    this.#late = late;
    this.#after = after;
    this.#isPlain = early === present && late === present;
  }

  children(parent: TypeParts, fate: Fate = always, depth = 2): Woven[] {
    const found: Woven[] = [];
    if (depth > MAX_DEPTH) return found;
    for (let item = parent._start; item !== null; item = item.right) {
      if (!(item.content instanceof Y.ContentType)) continue;
      const { type } = item.content;
      const own = this.#fateOf(item, fate);
      if (own === null) continue;
      if (type instanceof Y.XmlText) this.#text(type, own, found);
      else if (type instanceof Y.XmlElement) found.push(this.#element(item, type, own, depth));
    }
    return found;
  }

  #element(item: Y.Item, type: Y.XmlElement, fate: Fate, depth: number): WovenElement {
    return {
      kind: "element",
      id: idOf(item, 0),
      ...fate,
      name: type.nodeName,
      attributesBefore: fate.before ? attributes(type, this.#early) : nothing,
      attributesAfter: fate.after ? attributes(type, this.#late) : nothing,
      children: this.children(type, fate, depth + 1),
    };
  }

  #text(text: Y.XmlText, fate: Fate, into: Woven[]): void {
    let marksBefore: Values = nothing;
    let marksAfter: Values = nothing;
    for (let item = text._start; item !== null; item = item.right) {
      const { content } = item;
      if (content instanceof Y.ContentFormat) {
        if (this.#early.sees(item)) marksBefore = marked(marksBefore, content, item);
        if (this.#late.sees(item)) {
          marksAfter = this.#isPlain ? marksBefore : marked(marksAfter, content, item);
        }
      } else if (content instanceof Y.ContentString) {
        if (this.#isPlain) {
          if (!item.deleted) into.push(wholeRun(item, content.str, marksAfter));
          continue;
        }
        for (const part of this.#parts(item, fate)) {
          const offset = part.clock - item.id.clock;
          into.push(...this.#runs(part, item, content.str, offset, fate, marksBefore, marksAfter));
        }
      }
    }
  }

  /** One run, or several where different frames deleted it. */
  #runs(
    part: Part,
    item: Y.Item,
    text: string,
    offset: number,
    fate: Fate,
    marksBefore: Values,
    marksAfter: Values,
  ): WovenText[] {
    const { before, after } = part;
    const run = (from: number, length: number, deletedAt: number | null): WovenText => ({
      kind: "text",
      id: idOf(item, from),
      before,
      after,
      deletedAt,
      text: text.slice(from, from + length),
      marksBefore: before ? marksBefore : nothing,
      marksAfter: after ? marksAfter : nothing,
    });
    if (after) return [run(offset, part.length, null)];
    const runs: WovenText[] = [];
    for (const { clock, length, seq } of this.#weave.timeline.deletions({
      ...rangeOf(item),
      clock: part.clock,
      length: part.length,
    })) {
      runs.push(run(clock - item.id.clock, length, this.#deletion(seq, fate)));
    }
    return runs;
  }

  /** @param own the frame that deleted it, if one did */
  #deletion(own: number | null, { deletedAt }: Fate): number | null {
    if (own === null || own > this.#after) return deletedAt;
    // What fell with its parent was gone by then, and is deleted once more by whoever had not heard of it.
    return deletedAt === null ? own : Math.min(own, deletedAt);
  }

  #fateOf(item: Y.Item, parent: Fate): Fate | null {
    const before = parent.before && this.#early.sees(item);
    const after = parent.after && this.#late.sees(item);
    if (!before && !after) return null;
    if (after) return { before, after, deletedAt: null };
    const [deletion] = this.#weave.timeline.deletions({ ...rangeOf(item), length: 1 });
    return { before, after, deletedAt: this.#deletion(deletion?.seq ?? null, parent) };
  }

  #parts(item: Y.Item, fate: Fate): Part[] {
    const early = fate.before ? this.#early.visible(item) : [];
    if (this.#early === this.#late) {
      return early.map(({ clock, length }) => ({ clock, length, before: true, after: true }));
    }
    return together(early, fate.after ? this.#late.visible(item) : []);
  }
}

/** The parts of either list, cut where the other begins or ends. Both ascend. */
function together(early: readonly IdRange[], late: readonly IdRange[]): Part[] {
  const bounds = new Set<number>();
  for (const { clock, length } of [...early, ...late]) bounds.add(clock).add(clock + length);
  const ascending = [...bounds].sort((a, b) => a - b);
  const parts: Part[] = [];
  let [i, j] = [0, 0];
  for (const [n, clock] of ascending.entries()) {
    const end = ascending[n + 1];
    if (end === undefined) break;
    while (i < early.length && endOf(early[i]) <= clock) i++;
    while (j < late.length && endOf(late[j]) <= clock) j++;
    const before = i < early.length && (early[i] as IdRange).clock <= clock;
    const after = j < late.length && (late[j] as IdRange).clock <= clock;
    if (before || after) parts.push({ clock, length: end - clock, before, after });
  }
  return parts;
}

function endOf(range: IdRange | undefined): number {
  return range === undefined ? 0 : range.clock + range.length;
}

function idOf(item: Y.Item, offset: number): Id {
  return { client: item.id.client as ClientId, clock: item.id.clock + offset };
}

function wholeRun(item: Y.Item, text: string, marks: Values): WovenText {
  return { kind: "text", id: idOf(item, 0), ...always, text, marksBefore: marks, marksAfter: marks };
}

function marked(marks: Values, { key, value }: Y.ContentFormat, item: Y.Item): Values {
  return new Map(marks).set(String(key), { value, id: idOf(item, 0) });
}

function attributes(type: Y.XmlElement, sight: Sight): Values {
  const values = new Map<string, Valued>();
  for (const key of type._map.keys()) {
    const value = newest(type, key, sight);
    if (value !== null) values.set(key, value);
  }
  return values;
}

/** The value of a key is the last of those that had come, in Yjs's order; those before it were replaced. */
function newest(type: TypeParts, key: string, sight: Sight): Valued | null {
  for (let item = type._map.get(key) ?? null; item !== null; item = item.left) {
    // values that replaced each other may have been joined into one item
    const count = sight.come(item);
    if (count <= 0) continue;
    if (!sight.sees(item, count - 1) || item.content instanceof Y.ContentDeleted) return null;
    return { value: item.content.getContent()[count - 1], id: idOf(item, count - 1) };
  }
  return null;
}

import type { ChangeKind } from "./compared.ts";
import type { IdRange } from "./ids.ts";
import type { Timeline } from "./timeline.ts";
import type { Id, Valued, Values, Woven, WovenElement, WovenText } from "./woven.ts";

export type State = "kept" | "inserted" | "deleted";

export interface Before {
  name?: string;
  values?: Readonly<Record<string, unknown>>;
}

/** Two places of the same content. */
export interface Pair {
  /** The number of the change, once one of the two was met. */
  n: number;
}

interface DraftBase {
  readonly id: Id;
  readonly ranges: IdRange[];
  readonly values: Readonly<Record<string, unknown>>;
  state: State;
  /** The frame that made the difference; 0 where there is none. */
  seq: number;
  /** How a node that is at both moments changed, and what a move makes of the others. */
  change: Exclude<ChangeKind, "inserted" | "deleted"> | null;
  before: Before;
  pair: Pair | null;
}

export interface DraftElement extends DraftBase {
  readonly kind: "element";
  readonly name: string;
  children: Draft[];
}

export interface DraftText extends DraftBase {
  readonly kind: "text";
  text: string;
}

/** A node while it is found out what became of it. */
export type Draft = DraftElement | DraftText;

/** Turns what a weave shows between two moments into drafts. */
export class Drafter {
  readonly #timeline: Timeline;
  /** The second moment is the earlier one. */
  readonly #isBackwards: boolean;

  constructor(timeline: Timeline, isBackwards: boolean) {
    this.#timeline = timeline;
    this.#isBackwards = isBackwards;
  }

  draft(nodes: readonly Woven[]): Draft[] {
    const drafts: Draft[] = [];
    for (const node of nodes) {
      if (node.kind === "element") drafts.push(this.#element(node));
      else this.#pushText(node, drafts);
    }
    return drafts;
  }

  #element(node: WovenElement): DraftElement {
    const [was, is] = this.#sides(node.attributesBefore, node.attributesAfter);
    const base = this.#base(node, 1, was, is);
    if (base.state === "kept" && !sameValues(was, is)) {
      base.change = "attributes";
      base.before = { values: plain(was) };
      base.seq = this.#whoChanged(node.attributesBefore, node.attributesAfter);
    }
    return { ...base, kind: "element", name: node.name, children: this.draft(node.children) };
  }

  #pushText(node: WovenText, drafts: Draft[]): void {
    const [was, is] = this.#sides(node.marksBefore, node.marksAfter);
    const base = this.#base(node, node.text.length, was, is);
    if (base.state === "kept" && !sameValues(was, is)) {
      base.change = "marks";
      base.before = { values: plain(was) };
      base.seq = this.#whoChanged(node.marksBefore, node.marksAfter);
    }
    const last = drafts.at(-1);
    // what one frame after the other brought stays apart, because it may be two people's
    if (
      last?.kind === "text" &&
      last.state === "kept" &&
      base.state === "kept" &&
      last.change === null &&
      base.change === null &&
      sameRecord(last.values, base.values)
    ) {
      last.text += node.text;
      last.ranges.push(...base.ranges);
    } else drafts.push({ ...base, kind: "text", text: node.text });
  }

  #base(node: Woven, length: number, was: Values, is: Values) {
    const [before, after] = this.#isBackwards ? [node.after, node.before] : [node.before, node.after];
    const state: State = before && after ? "kept" : after ? "inserted" : "deleted";
    const { client, clock } = node.id;
    return {
      id: node.id,
      ranges: [{ client, clock, length }],
      values: plain(state === "deleted" ? was : is),
      state,
      seq: state === "kept" ? 0 : this.#whoMade(node, length),
      change: null as DraftBase["change"],
      before: {},
      pair: null,
    };
  }

  /** Whatever the direction: the frame that brought it, or the one that took it away. */
  #whoMade(node: Woven, length: number): number {
    if (node.before) return node.deletedAt ?? 0;
    return this.#insertedAt({ client: node.id.client, clock: node.id.clock + length - 1 });
  }

  /** The newest frame among those that brought or took away what differs. */
  #whoChanged(before: Values, after: Values): number {
    let newest = 0;
    for (const key of new Set([...before.keys(), ...after.keys()])) {
      const [was, is] = [before.get(key), after.get(key)];
      if (sameValue(was, is)) continue;
      const came = is === undefined ? 0 : this.#insertedAt(is.id);
      const went = was === undefined ? 0 : this.#deletedAt(was.id);
      newest = Math.max(newest, came > 0 ? came : went);
    }
    return newest;
  }

  #insertedAt({ client, clock }: Id): number {
    return this.#timeline.insertions({ client, clock, length: 1 })[0]?.seq ?? 0;
  }

  #deletedAt({ client, clock }: Id): number {
    return this.#timeline.deletions({ client, clock, length: 1 })[0]?.seq ?? 0;
  }

  #sides(before: Values, after: Values): readonly [Values, Values] {
    return this.#isBackwards ? [after, before] : [before, after];
  }
}

/** Without what was switched off. */
export function plain(values: Values): Readonly<Record<string, unknown>> {
  const record: Record<string, unknown> = {};
  for (const [key, { value }] of values) if (value !== null && value !== undefined) record[key] = value;
  return record;
}

function sameValues(a: Values, b: Values): boolean {
  return a === b || sameRecord(plain(a), plain(b));
}

function sameValue(a: Valued | undefined, b: Valued | undefined): boolean {
  return text(a?.value ?? null) === text(b?.value ?? null);
}

export function sameRecord(
  a: Readonly<Record<string, unknown>>,
  b: Readonly<Record<string, unknown>>,
): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => text(a[key]) === text(b[key]));
}

/** Values as text, to compare them. JSON has no big integers and throws on one, but anybody may have set one. */
export function text(value: unknown): string {
  if (typeof value === "string") return value;
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part)) ?? "";
}

import type { Change, Compared, Comparison, Share } from "./compared.ts";
import { type Draft, Drafter, type DraftText, sameRecord } from "./draft.ts";
import type { IdRange } from "./ids.ts";
import { pairChanges } from "./pair-changes.ts";
import type { Weave } from "./weave.ts";

/**
 * What became of the document between two moments of a weave, whichever is the earlier one, character by character and
 * by whom. It goes by identity, not by likeness: a letter that was typed again is a new one, and each says whose it is.
 *
 * @param authorOf the number of the person whose frame this is
 */
export function compare(
  weave: Weave,
  root: string,
  from: number,
  to: number,
  authorOf: (seq: number) => number,
): Comparison {
  const isBackwards = from > to;
  const woven = weave.between(root, Math.min(from, to), Math.max(from, to));
  const drafts = pairChanges(new Drafter(weave.timeline, isBackwards).draft(woven));
  const count = new Count(authorOf);
  const nodes = count.finish(drafts);
  return {
    nodes,
    changes: count.changes,
    shares: [...count.shares.values()],
    deletedBy: (n) => count.deleted.get(n) ?? [],
  };
}

/** Numbers changes in reading order. */
class Count {
  readonly #authorOf: (seq: number) => number;
  /** The change that goes on where the next node continues it. */
  #open: { readonly kind: string; readonly author: number; readonly n: number } | null = null;
  changes = 0;
  readonly shares = new Map<number, Share>();
  readonly deleted = new Map<number, IdRange[]>();

  constructor(authorOf: (seq: number) => number) {
    this.#authorOf = authorOf;
  }

  finish(nodes: readonly Draft[]): Compared[] {
    const out: Compared[] = [];
    for (const node of nodes) {
      if (node.kind === "text") this.#text(node, out);
      else {
        const isKept = node.state === "kept";
        if (isKept) this.#open = null;
        const change = this.#change(node);
        if (isKept) this.#open = null;
        const { id, name, values } = node;
        out.push({ kind: "element", id, name, values, change, children: this.finish(node.children) });
        if (isKept) this.#open = null;
      }
    }
    return out;
  }

  #text(node: DraftText, out: Compared[]): void {
    const change = this.#change(node);
    if (node.change === null || node.change === "marks") this.#measure(node);
    if (change === null) this.#open = null;
    const last = out.at(-1);
    const joins =
      last?.kind === "text" &&
      last.change?.n === change?.n &&
      last.change?.kind === change?.kind &&
      sameRecord(last.values, node.values) &&
      sameRecord(last.change?.before?.values ?? {}, change?.before?.values ?? {});
    if (joins) out[out.length - 1] = { ...last, text: last.text + node.text, change };
    else out.push({ kind: "text", id: node.id, text: node.text, values: node.values, change });
  }

  #change(node: Draft): Change | null {
    const kind = node.change ?? (node.state === "kept" ? null : node.state);
    if (kind === null) return null;
    const author = this.#authorOf(node.seq);
    const n = this.#number(node, kind, author);
    this.#open = { kind, author, n };
    if (node.state === "deleted") this.#noteDeleted(n, node.ranges);
    const { before, seq } = node;
    return Object.keys(before).length === 0 ? { kind, n, seq } : { kind, n, seq, before };
  }

  #number(node: Draft, kind: string, author: number): number {
    if (node.pair !== null) {
      if (node.pair.n === 0) node.pair.n = ++this.changes;
      return node.pair.n;
    }
    const goesOn = this.#open !== null && this.#open.kind === kind && this.#open.author === author;
    return goesOn && this.#open !== null ? this.#open.n : ++this.changes;
  }

  #noteDeleted(n: number, ranges: readonly IdRange[]): void {
    const noted = this.deleted.get(n);
    if (noted === undefined) this.deleted.set(n, [...ranges]);
    else noted.push(...ranges);
  }

  #measure({ state, seq, text }: DraftText): void {
    if (state === "kept") return;
    const author = this.#authorOf(seq);
    const share = this.shares.get(author) ?? { author, inserted: 0, deleted: 0 };
    this.shares.set(author, { ...share, [state]: share[state] + text.length });
  }
}

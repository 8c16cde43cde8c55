import type { AwarenessEntry, ConnectionId } from "@palimpsest/protocol";

export type DueNews =
  /** `from` is who all of it is about, and need not hear it; null when it is about several. */
  | {
      readonly kind: "tell";
      readonly entries: readonly AwarenessEntry[];
      readonly from: ConnectionId | null;
    }
  /** Not yet: at `at`, or null when there is nothing, or a flush was asked for already. */
  | { readonly kind: "wait"; readonly at: number | null };

/** What is to be told of those who are present. In quiet at once; when they change quickly, only the latest of each, together. */
export class PresenceNews {
  readonly #everyMs: number;
  readonly #entries = new Map<number, { readonly from: ConnectionId; readonly entry: AwarenessEntry }>();
  #toldAt = Number.NEGATIVE_INFINITY;
  #askedFor: number | null = null;

  constructor(everyMs: number) {
    this.#everyMs = everyMs;
  }

  get size(): number {
    return this.#entries.size;
  }

  add(from: ConnectionId, entry: AwarenessEntry): void {
    this.#entries.set(entry.clientId, { from, entry });
  }

  /** Its departure is told by itself, and nothing of it after that. */
  forget(clientId: number): void {
    this.#entries.delete(clientId);
  }

  /** The flush that was asked for may be this one, come too early: then another is needed. */
  flushed(): void {
    this.#askedFor = null;
  }

  /** @param isLast there is no later */
  take(now: number, isLast: boolean): DueNews {
    if (this.#entries.size === 0) return { kind: "wait", at: null };
    const at = this.#toldAt + this.#everyMs;
    // a clock that was set back must not keep anybody waiting
    if (now < at && now >= this.#toldAt && !isLast) {
      if (this.#askedFor === at) return { kind: "wait", at: null };
      this.#askedFor = at;
      return { kind: "wait", at };
    }
    const news = [...this.#entries.values()];
    this.#entries.clear();
    this.#toldAt = now;
    this.#askedFor = null;
    const [first] = news;
    const isOfOne = news.every(({ from }) => from === first?.from);
    return {
      kind: "tell",
      entries: news.map(({ entry }) => entry),
      from: isOfOne ? (first?.from ?? null) : null,
    };
  }
}

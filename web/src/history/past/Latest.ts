/** The answers that were used last, up to a total weight. */
export class Kept<V> {
  readonly #values = new Map<string, { readonly value: V; readonly weight: number }>();
  readonly #most: number;
  #weight = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get(key: string): V | undefined {
    const found = this.#values.get(key);
    if (found === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, found);
    return found.value;
  }

  set(key: string, value: V, weight: number): void {
    this.#weight += weight - (this.#values.get(key)?.weight ?? 0);
    this.#values.delete(key);
    this.#values.set(key, { value, weight });
    for (const [oldest, entry] of this.#values) {
      if (this.#weight <= this.#most || oldest === key) break;
      this.#values.delete(oldest);
      this.#weight -= entry.weight;
    }
  }
}

type Wish = { readonly key: string; readonly load: (signal: AbortSignal) => Promise<void> };

/**
 * One request at a time, the next one being always for what was wished for last. What is under way is let finish and shown:
 * while the slider is dragged without pause, the text would else stand still until it is let go of.
 */
export class Latest {
  #next: Wish | null = null;
  #running: { readonly key: string; readonly abort: AbortController } | null = null;

  want(key: string, load: (signal: AbortSignal) => Promise<void>): void {
    if (this.#running === null) void this.#run({ key, load });
    else this.#next = this.#running.key === key ? null : { key, load };
  }

  /** Nothing that was asked for is wanted any more. */
  stop(): void {
    this.#next = null;
    this.#running?.abort.abort();
    this.#running = null;
  }

  async #run({ key, load }: Wish): Promise<void> {
    const running = { key, abort: new AbortController() };
    this.#running = running;
    await load(running.abort.signal);
    if (this.#running !== running) return;
    this.#running = null;
    const next = this.#next;
    this.#next = null;
    if (next !== null) void this.#run(next);
  }
}

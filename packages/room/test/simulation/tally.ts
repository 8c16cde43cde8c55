/** How often each thing happened: a simulation in which a fault no longer occurs would pass for ever. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(what: string, times = 1): void {
    if (times > 0) this.#counts.set(what, this.of(what) + times);
  }

  of(what: string): number {
    return this.#counts.get(what) ?? 0;
  }

  add(other: Tally): void {
    for (const [what, times] of other.#counts) this.count(what, times);
  }

  toString(): string {
    return [...this.#counts]
      .sort()
      .map(([what, times]) => `${what}: ${times}`)
      .join("\n");
  }
}

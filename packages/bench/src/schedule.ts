/** One target's turn at one measure. */
export interface Turn<Target> {
  readonly target: Target;
  /** From 1. */
  readonly rep: number;
}

/**
 * Everybody once, then everybody again, each time beginning with the next one: what a machine does to those who come
 * first or last is spread over all of them.
 */
export function interleave<Target>(targets: readonly Target[], reps: number): readonly Turn<Target>[] {
  return Array.from({ length: reps }, (_, index) =>
    rotate(targets, index).map((target) => ({ target, rep: index + 1 })),
  ).flat();
}

export function rotate<Item>(items: readonly Item[], by: number): readonly Item[] {
  if (items.length === 0) return items;
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

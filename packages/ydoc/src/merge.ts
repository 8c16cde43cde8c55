import * as Y from "yjs";

/** `Y.mergeUpdates` is quadratic in the number of updates: 20,000 at once take 9 s, in groups of this size 0.3 s. */
const GROUP = 64;

/** An update without structs and deletes. */
export const EMPTY_UPDATE: Uint8Array = new Uint8Array([0, 0]);

/** One update that says what all of them say, in order. */
export function mergeUpdates(updates: readonly Uint8Array[]): Uint8Array {
  let level = updates;
  while (level.length > 1) {
    const next: Uint8Array[] = [];
    for (let i = 0; i < level.length; i += GROUP) next.push(Y.mergeUpdates(level.slice(i, i + GROUP)));
    level = next;
  }
  return level[0] ?? EMPTY_UPDATE;
}

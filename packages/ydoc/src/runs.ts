import type { ClientId, IdRange } from "./ids.ts";
import { type Outline, outlineOf, type Stretch } from "./outline.ts";

/** A stretch together with the update that it is in. */
export interface Piece extends Stretch {
  readonly update: Uint8Array;
}

/** One client's structs in pieces that continue each other. */
export interface Run {
  readonly clock: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

/** What several stored updates hold together. */
export interface Runs {
  /** Higher client ids first, as Yjs writes them. */
  readonly byClient: ReadonlyMap<ClientId, Run>;
  /** As the updates say them, repetitions and all. */
  readonly deletes: readonly IdRange[];
}

/**
 * Null when they do not continue each other: a hole inside or between them, or something that is said twice.
 *
 * @param outlines of the updates at the same places, as far as they are known
 */
export function runsOf(
  updates: Iterable<Uint8Array>,
  outlines: readonly (Outline | null)[] = [],
): Runs | null {
  const runs = new Map<ClientId, { readonly clock: number; end: number; readonly pieces: Piece[] }>();
  const deletes: (readonly IdRange[])[] = [];
  let index = 0;
  for (const update of updates) {
    const outline = outlines[index++] ?? outlineOf(update);
    for (const stretch of outline.stretches) {
      if (stretch.count === 0) continue;
      const run = runs.get(stretch.client);
      if (!stretch.isWhole || (run !== undefined && run.end !== stretch.clock)) return null;
      const piece = { ...stretch, update };
      if (run === undefined) {
        runs.set(stretch.client, { clock: stretch.clock, end: stretch.end, pieces: [piece] });
      } else {
        run.pieces.push(piece);
        run.end = stretch.end;
      }
    }
    deletes.push(outline.deletes);
  }
  return { byClient: new Map([...runs].sort(([a], [b]) => b - a)), deletes: deletes.flat() };
}

/** One step through two lists of blocks, from the beginning of both to their ends. */
export type Step =
  /** Both have it. */
  | { readonly kind: "keep"; readonly before: number; readonly after: number }
  /** The one became the other. */
  | { readonly kind: "change"; readonly before: number; readonly after: number }
  | { readonly kind: "remove"; readonly before: number }
  | { readonly kind: "add"; readonly after: number };

/** A block as far as aligning needs it. */
export interface Block {
  readonly type: string;
  /** Blocks with the same words are the same. Empty: there is nothing in it to see. */
  readonly words: string;
}

/** Comparing each block with each takes the product of their numbers: past this they are taken in their order. */
const MAX_COMPARED = 4_000;
/** More of a block does not make it likelier that it is the same one. */
const MAX_WORDS = 2_000;

/**
 * How one list of blocks becomes another with as many blocks as possible left alone, and of the rest as many as
 * possible changed in place: what is left alone keeps carets, authors and comments.
 *
 * Blocks that stand once in both lists are found first, the longest run of them that is in the same order on both
 * sides stays, and what lies between is compared in the same way. O(n log n) in the number of blocks.
 */
export function alignBlocks(before: readonly Block[], after: readonly Block[]): readonly Step[] {
  const steps: Step[] = [];
  // a stack of its own: how many gaps lie in each other is up to the text
  const gaps: (Gap | Step)[] = [{ kind: "gap", from: [0, 0], to: [before.length, after.length] }];
  for (let next = gaps.pop(); next !== undefined; next = gaps.pop()) {
    if (next.kind !== "gap") steps.push(next);
    else gaps.push(...within(next, before, after).toReversed());
  }
  return steps;
}

type Place = readonly [before: number, after: number];

interface Gap {
  readonly kind: "gap";
  readonly from: Place;
  readonly to: Place;
}

function within(
  { from, to }: Gap,
  before: readonly Block[],
  after: readonly Block[],
): readonly (Gap | Step)[] {
  let [b, a] = from;
  let [bEnd, aEnd] = to;
  const isSame = (i: number, j: number) => before[i]?.words === after[j]?.words;
  const head: Step[] = [];
  const tail: Step[] = [];
  for (; b < bEnd && a < aEnd && isSame(b, a); b++, a++) head.push({ kind: "keep", before: b, after: a });
  for (; b < bEnd && a < aEnd && isSame(bEnd - 1, aEnd - 1); bEnd--, aEnd--)
    tail.push({ kind: "keep", before: bEnd - 1, after: aEnd - 1 });
  const anchors = longestRun(onceInBoth([b, a], [bEnd, aEnd], before, after));
  const middle: (Gap | Step)[] = [];
  if (anchors.length === 0) middle.push(...rewritten([b, a], [bEnd, aEnd], before, after));
  else {
    let at: Place = [b, a];
    for (const [i, j] of anchors) {
      middle.push({ kind: "gap", from: at, to: [i, j] }, { kind: "keep", before: i, after: j });
      at = [i + 1, j + 1];
    }
    middle.push({ kind: "gap", from: at, to: [bEnd, aEnd] });
  }
  return [...head, ...middle, ...tail.toReversed()];
}

/** Ascending in `before`. */
function onceInBoth(from: Place, to: Place, before: readonly Block[], after: readonly Block[]): Place[] {
  const found = new Map<string, { before: number[]; after: number[] }>();
  const take = (list: readonly Block[], start: number, end: number, side: "before" | "after") => {
    for (let i = start; i < end; i++) {
      const { words } = list[i] as Block;
      const places = found.get(words) ?? { before: [], after: [] };
      if (places[side].length < 2) places[side].push(i);
      found.set(words, places);
    }
  };
  take(before, from[0], to[0], "before");
  take(after, from[1], to[1], "after");
  const pairs: Place[] = [];
  for (const places of found.values()) {
    const [i, j] = [places.before[0], places.after[0]];
    if (places.before.length === 1 && places.after.length === 1 && i !== undefined && j !== undefined)
      pairs.push([i, j]);
  }
  return pairs;
}

/** The longest of those runs that ascend on both sides. */
function longestRun(pairs: readonly Place[]): Place[] {
  /** For each length the end of the run of that length which ends lowest. */
  const ends: number[] = [];
  const previous: number[] = [];
  pairs.forEach(([, j], index) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[ends[middle] as number] as Place)[1] < j) low = middle + 1;
      else high = middle;
    }
    previous[index] = low === 0 ? -1 : (ends[low - 1] as number);
    ends[low] = index;
  });
  const run: Place[] = [];
  for (let at = ends.at(-1) ?? -1; at !== -1; at = previous[at] as number) run.push(pairs[at] as Place);
  return run.toReversed();
}

/** Blocks of which none is the same on both sides: those that are most alike become each other. */
function rewritten(from: Place, to: Place, before: readonly Block[], after: readonly Block[]): Step[] {
  const [rows, columns] = [to[0] - from[0], to[1] - from[1]];
  const alike = (i: number, j: number) => likeness(before[from[0] + i] as Block, after[from[1] + j] as Block);
  const best =
    rows * columns <= MAX_COMPARED ? bestPairs(rows, columns, alike) : inOrder(rows, columns, alike);
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  for (const [row, column] of [...best, [rows, columns] as const]) {
    for (; i < row; i++) steps.push({ kind: "remove", before: from[0] + i });
    for (; j < column; j++) steps.push({ kind: "add", after: from[1] + j });
    if (row < rows) steps.push({ kind: "change", before: from[0] + i++, after: from[1] + j++ });
  }
  return steps;
}

type Alike = (row: number, column: number) => number;

function inOrder(rows: number, columns: number, alike: Alike): Place[] {
  const pairs: Place[] = [];
  for (let i = 0; i < Math.min(rows, columns); i++) if (alike(i, i) > 0) pairs.push([i, i]);
  return pairs;
}

function bestPairs(rows: number, columns: number, alike: Alike): Place[] {
  const width = columns + 1;
  /** What the pairs from a place on are worth at best. */
  const worth = new Float64Array((rows + 1) * width);
  const pair = new Float64Array(rows * columns);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const likeness = alike(i, j);
      pair[i * columns + j] = likeness;
      const apart = Math.max(worth[(i + 1) * width + j] as number, worth[i * width + j + 1] as number);
      const together = likeness > 0 ? likeness + (worth[(i + 1) * width + j + 1] as number) : 0;
      worth[i * width + j] = Math.max(apart, together);
    }
  }
  const pairs: Place[] = [];
  let [i, j] = [0, 0];
  while (i < rows && j < columns) {
    const likeness = pair[i * columns + j] as number;
    const here = worth[i * width + j] as number;
    if (likeness > 0 && here === likeness + (worth[(i + 1) * width + j + 1] as number))
      pairs.push([i++, j++]);
    else if (here === worth[(i + 1) * width + j]) i++;
    else j++;
  }
  return pairs;
}

/** Above 0 for blocks that may become each other, up to about 1 for those that differ in little. */
function likeness(a: Block, b: Block): number {
  if (a.type !== b.type) return 0;
  const [short, long] = [a.words, b.words].map((words) => words.slice(0, MAX_WORDS)).sort(byLength);
  if (short === undefined || long === undefined || long.length === 0) return 0.01;
  let start = 0;
  while (start < short.length && short[start] === long[start]) start++;
  let end = 0;
  while (end < short.length - start && short.at(-1 - end) === long.at(-1 - end)) end++;
  return 0.01 + (start + end) / long.length;
}

function byLength(a: string, b: string): number {
  return a.length - b.length;
}

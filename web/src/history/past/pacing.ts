/** How much faster than real time the history may be played. */
export const speeds = [1, 4, 16, 64] as const;
export type Speed = (typeof speeds)[number];

const longestPauseMs = 1_000;
const largestStride = 4_096;

export type Instant = { readonly seq: number; readonly at: number | null };

/** How long after one moment the next one is due: as long as it took in fact, no pause longer than a second. */
export function paceMs(from: Instant, to: Instant, speed: number): number {
  const longest = Math.max(1, to.seq - from.seq) * longestPauseMs;
  const real = from.at === null || to.at === null ? longestPauseMs : to.at - from.at;
  return Math.min(longest, Math.max(0, real)) / speed;
}

/**
 * How many edits the next step may take. Steps that are due faster than pictures can follow each other are joined, so that a
 * slow network skips moments instead of slowing the time down; steps get shorter again when there is time for more of them.
 *
 * @param tookMs from one picture to the arrival of the next
 */
export function nextStride(stride: number, dueMs: number, pictureMs: number, tookMs: number): number {
  if (dueMs < pictureMs * 0.6 || dueMs < tookMs) return Math.min(largestStride, stride * 2);
  return dueMs > 2 * Math.max(pictureMs, tookMs) ? Math.max(1, stride >> 1) : stride;
}

export type Play<Picture extends Instant> = {
  readonly start: Picture;
  readonly end: number;
  readonly speed: number;
  /** The shortest time between two pictures. */
  readonly pictureMs: number;
  /** How many pictures are asked for ahead. */
  readonly ahead: number;
  readonly load: (seq: number) => Promise<Picture>;
  readonly show: (picture: Picture) => void;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly stopped: () => boolean;
};

/** Shows one moment after the other until the end. Rejects when one cannot be loaded. */
export async function play<Picture extends Instant>(plan: Play<Picture>): Promise<"ended" | "stopped"> {
  const coming: Promise<Picture>[] = [];
  let last = plan.start;
  let asked = last.seq;
  let stride = 1;
  let shownAt = plan.now();
  for (;;) {
    while (coming.length < plan.ahead && asked < plan.end) {
      asked = Math.min(plan.end, asked + stride);
      const picture = plan.load(asked);
      // Awaited below, unless an earlier one fails first.
      picture.catch(() => undefined);
      coming.push(picture);
    }
    const next = coming.shift();
    if (next === undefined) return "ended";
    const picture = await next;
    const took = plan.now() - shownAt;
    const due = paceMs(last, picture, plan.speed);
    const left = Math.max(due, plan.pictureMs / 2) - took;
    if (left > 0) await plan.wait(left);
    if (plan.stopped()) return "stopped";
    plan.show(picture);
    stride = nextStride(stride, due, plan.pictureMs, took);
    last = picture;
    shownAt = plan.now();
  }
}

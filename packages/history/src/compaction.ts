import type { Seq } from "./seq.ts";

/** When the alarm's work is done. Each alarm set, snapshot and word to the directory is a row that a deployer pays for. */
export interface CompactionPolicy {
  /** Nobody has typed for this long: the work disturbs no one. */
  readonly idleMs: number;
  /**
   * The first alarm after a silence. Sooner it would find most people in the middle of a sentence, for nothing; later
   * an object that was left at once would be asleep again.
   */
  readonly firstMs: number;
  /** While people go on typing, look again after this long. */
  readonly busyMs: number;
  /** The directory hears of a document in which people go on typing this often … */
  readonly tellMs: number;
  /** … and, when an alarm comes, of one in which nobody has typed for this long. */
  readonly tellIdleMs: number;
  /** Fewer bytes than this behind the newest snapshot are cheaper to replay than to compact. */
  readonly minTailBytes: number;
  /** … and so are fewer frames. */
  readonly minTailFrames: number;
  /** A tail of this size is compacted even while people type, or opening the document would slow down. */
  readonly maxTailBytes: number;
  /** A state that could not be compacted is tried again only after so many further frames. */
  readonly retryFrames: number;
}

export const defaultCompactionPolicy: CompactionPolicy = {
  idleMs: 5_000,
  firstMs: 10_000,
  busyMs: 30_000,
  tellMs: 60_000,
  tellIdleMs: 2_000,
  minTailBytes: 64 * 1024,
  minTailFrames: 500,
  maxTailBytes: 1024 * 1024,
  retryFrames: 500,
};

/** What stands behind the newest snapshot. */
export interface Tail {
  readonly head: Seq;
  /** Position of the newest snapshot; 0 when there is none. */
  readonly snapshot: Seq;
  readonly bytes: number;
  /** Server time of the newest frame, in ms since the epoch. */
  readonly lastFrameAt: number;
  /** Where the last attempt to compact failed; null when it did not. */
  readonly failedAt: Seq | null;
  /** A snapshot was found damaged since the newest whole one was written. */
  readonly isDamaged: boolean;
}

export type CompactionPlan =
  /** Write a snapshot at `through` now. */
  | { readonly kind: "compact"; readonly through: Seq }
  /** People are typing: look again at `at`. */
  | { readonly kind: "wait"; readonly at: number }
  /** The tail is short enough to stay; nothing happens until the next frame. */
  | { readonly kind: "none" };

/** What the alarm does about the tail. `now` in ms since the epoch. */
export function planCompaction(tail: Tail, now: number, policy: CompactionPolicy): CompactionPlan {
  const frames = tail.head - tail.snapshot;
  if (frames === 0) return { kind: "none" };
  // the log alone serves everything: trying at each alarm would cost the whole document each time, for nothing
  if (tail.failedAt !== null && tail.head - tail.failedAt < policy.retryFrames) return { kind: "none" };
  if (tail.bytes >= policy.maxTailBytes) return { kind: "compact", through: tail.head };
  const idleAt = tail.lastFrameAt + policy.idleMs;
  if (now < idleAt) return { kind: "wait", at: Math.max(idleAt, now + policy.busyMs) };
  const isShort = tail.bytes < policy.minTailBytes && frames < policy.minTailFrames;
  // of the state that was lost there is no second one: even a short log is better not replayed alone
  if (isShort && !tail.isDamaged) return { kind: "none" };
  return { kind: "compact", through: tail.head };
}

/**
 * When the alarm has to fire after a frame was appended at `now`, or null when one is set that comes soon enough:
 * setting it again for each keystroke would double the rows written.
 *
 * @param workedAt when an alarm did its work last, as far as anybody remembers; null when nobody does
 */
export function nextAlarm(
  pending: number | null,
  workedAt: number | null,
  now: number,
  policy: CompactionPolicy,
): number | null {
  // the first words of a document, its title among them, are soon known elsewhere; those that follow have time
  const isRecent = workedAt !== null && now >= workedAt && now - workedAt < policy.tellMs;
  const at = now + (isRecent ? policy.busyMs : policy.firstMs);
  return pending !== null && pending <= at ? null : at;
}

/**
 * Whether the directory is to be told now of a change at `lastFrameAt`; when not, an alarm has to come later.
 *
 * @param toldAt when it was told last, or when that was put off first; null when neither is known
 */
export function isTimeToTell(
  lastFrameAt: number,
  toldAt: number | null,
  now: number,
  policy: CompactionPolicy,
): boolean {
  return now - lastFrameAt >= policy.tellIdleMs || (toldAt !== null && now - toldAt >= policy.tellMs);
}

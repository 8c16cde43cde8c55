import type { Moment } from "../entries.ts";

export type TimelinePerson = { readonly id: string; readonly name: string; readonly color: string };

export type Stretch = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly authors: readonly number[];
  readonly kind: "session" | "import" | "restore";
};

export type TimelineVersion = {
  readonly id: string;
  readonly seq: number;
  readonly name: string;
  readonly automatic: boolean;
};

/** The whole history at a glance: what a slider over it needs. Sessions ascend. */
export type Timeline = {
  readonly floor: number;
  readonly head: number;
  readonly people: readonly TimelinePerson[];
  readonly sessions: readonly Stretch[];
  readonly versions: readonly TimelineVersion[];
};

/** Where between the ends of the slider a position stands, 0 to 1. */
export function fractionOf(seq: number, { floor, head }: Pick<Timeline, "floor" | "head">): number {
  return head <= floor ? 1 : Math.min(1, Math.max(0, (seq - floor) / (head - floor)));
}

export function seqAt(fraction: number, { floor, head }: Pick<Timeline, "floor" | "head">): number {
  return Math.round(floor + Math.min(1, Math.max(0, fraction)) * (head - floor));
}

/** The stretch that a position lies in, or the last one before it; null before the first. */
export function stretchAt(seq: number, sessions: readonly Stretch[]): Stretch | null {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sessions[middle] as Stretch).firstSeq <= seq) low = middle + 1;
    else high = middle;
  }
  return sessions[low - 1] ?? null;
}

/** About when a position was written, as if the edits of its session had come evenly; null before the first. */
export function timeAround(seq: number, sessions: readonly Stretch[]): number | null {
  const stretch = stretchAt(seq, sessions);
  if (stretch === null) return null;
  const [start, end] = [Date.parse(stretch.startedAt), Date.parse(stretch.endedAt)];
  if (stretch.lastSeq <= stretch.firstSeq) return end;
  const part = Math.min(1, (seq - stretch.firstSeq) / (stretch.lastSeq - stretch.firstSeq));
  return start + part * (end - start);
}

export type Move = "edit" | "session" | "all";

/** The position that a key leads to: the next edit, the end of a session, or an end of the history. */
export function moved(seq: number, move: Move, direction: -1 | 1, timeline: Timeline): number {
  const { floor, head, sessions } = timeline;
  if (move === "all") return direction < 0 ? floor : head;
  if (move === "edit") return Math.min(head, Math.max(floor, seq + direction));
  if (direction > 0) return sessions.find(({ lastSeq }) => lastSeq > seq)?.lastSeq ?? head;
  return sessions.findLast(({ lastSeq }) => lastSeq < seq && lastSeq >= floor)?.lastSeq ?? floor;
}

/** A position as the history list knows it: its key is the key of the entry that it lies in. */
export function momentAt(seq: number, timeline: Timeline): Moment {
  const version = timeline.versions.find((each) => each.seq === seq && !each.automatic);
  const stretch = stretchAt(seq, timeline.sessions);
  const by = stretch?.authors.map((index) => timeline.people[index]?.name ?? "").filter(Boolean) ?? [];
  const at = timeAround(seq, timeline.sessions) ?? 0;
  if (version !== undefined) return { key: `version-${version.id}`, seq, at, by, name: version.name };
  const key = stretch === null ? `seq-${seq}` : `${stretch.kind}-${stretch.firstSeq}`;
  return { key, seq, at, by, name: null };
}

/** The state before the stretch that a position lies in: what a comparison starts from when nobody chose. */
export function momentBefore(seq: number, timeline: Timeline): Moment {
  const stretch = stretchAt(seq, timeline.sessions);
  return momentAt(Math.max(timeline.floor, (stretch?.firstSeq ?? 1) - 1), timeline);
}

export type Band = { readonly left: number; readonly width: number; readonly authors: readonly number[] };

/** Sessions as stretches of the slider; those too narrow to be told apart are drawn as one. */
export function bandsOf(timeline: Timeline, narrowest = 0.002): readonly Band[] {
  const bands: { left: number; width: number; authors: number[] }[] = [];
  for (const { firstSeq, lastSeq, authors } of timeline.sessions) {
    if (lastSeq < timeline.floor) continue;
    const left = fractionOf(firstSeq - 1, timeline);
    const right = fractionOf(lastSeq, timeline);
    const last = bands.at(-1);
    if (last !== undefined && (last.width < narrowest || right - left < narrowest)) {
      last.width = right - last.left;
      last.authors = [...new Set([...last.authors, ...authors])];
    } else bands.push({ left, width: right - left, authors: [...authors] });
  }
  return bands;
}

export type Tick = {
  readonly at: number;
  readonly seq: number;
  readonly names: readonly string[];
  readonly automatic: boolean;
};

/** Versions as ticks; several within a hundred-and-fiftieth of the slider share one, which leads to the newest named one. */
export function ticksOf(timeline: Timeline): readonly Tick[] {
  const groups = new Map<number, TimelineVersion[]>();
  for (const version of timeline.versions) {
    if (version.seq < timeline.floor) continue;
    const group = Math.round(fractionOf(version.seq, timeline) * 150);
    groups.set(group, [...(groups.get(group) ?? []), version]);
  }
  return [...groups.values()].map((versions) => {
    const sorted = versions.toSorted(
      (a, b) => Number(a.automatic) - Number(b.automatic) || b.seq - a.seq,
    ) as [TimelineVersion, ...TimelineVersion[]];
    const [first] = sorted;
    return {
      at: fractionOf(first.seq, timeline),
      seq: first.seq,
      names: sorted.map(({ name }) => name),
      automatic: first.automatic,
    };
  });
}

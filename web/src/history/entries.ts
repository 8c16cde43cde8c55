export type Author = { readonly id: string; readonly name: string; readonly color: string };

/** Somebody who took part in a session, and how much of it was theirs. Characters are UTF-16 units. */
export type Part = Author & { readonly edits: number; readonly inserted: number; readonly deleted: number };

export type HistoryEntry =
  | {
      readonly kind: "session";
      readonly firstSeq: number;
      readonly lastSeq: number;
      readonly startedAt: string;
      readonly endedAt: string;
      readonly authors: readonly Part[];
      readonly edits: number;
      readonly inserted: number;
      readonly deleted: number;
    }
  | {
      readonly kind: "restore";
      readonly seq: number;
      readonly at: string;
      readonly author: Author | null;
      readonly target: number;
      readonly targetTime: string | null;
      readonly how: "whole" | "part" | "person" | "undo" | "rescue";
      /** Whose changes were undone, or whose text was put back. */
      readonly of: Author | null;
      /** What a person did in (from, through] was undone. */
      readonly from: number | null;
      readonly through: number | null;
    }
  | {
      readonly kind: "import";
      readonly seq: number;
      readonly at: string;
      readonly author: Author | null;
      readonly inserted: number;
    }
  /** What was written here cannot be read any more. */
  | { readonly kind: "damaged"; readonly firstSeq: number; readonly lastSeq: number }
  | {
      readonly kind: "version";
      readonly id: string;
      readonly name: string;
      readonly description: string;
      readonly seq: number;
      readonly createdAt: string;
      readonly author: Author | null;
      readonly automatic: boolean;
    };

export type HistoryPage = {
  readonly head: number;
  /** The oldest position that can still be shown. */
  readonly floor: number;
  readonly next: number | null;
  readonly entries: readonly HistoryEntry[];
};

export type SessionEntry = Extract<HistoryEntry, { readonly kind: "session" }>;
export type VersionEntry = Extract<HistoryEntry, { readonly kind: "version" }>;
export type RestoreEntry = Extract<HistoryEntry, { readonly kind: "restore" }>;

/** A point of the past that is being looked at. */
export type Moment = {
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly by: readonly string[];
  readonly name: string | null;
};

export function seqOf(entry: HistoryEntry): number {
  return entry.kind === "session" || entry.kind === "damaged" ? entry.lastSeq : entry.seq;
}

/** Null where nothing says when it was. */
export function timeOf(entry: HistoryEntry): number | null {
  switch (entry.kind) {
    case "session":
      return Date.parse(entry.endedAt);
    case "version":
      return Date.parse(entry.createdAt);
    case "damaged":
      return null;
    default:
      return Date.parse(entry.at);
  }
}

export function authorsOf(entry: HistoryEntry): readonly Author[] {
  if (entry.kind === "session") return entry.authors;
  if (entry.kind === "damaged") return [];
  return entry.author === null ? [] : [entry.author];
}

/** Stable while a running session grows: its first position never changes. */
export function keyOf(entry: HistoryEntry): string {
  switch (entry.kind) {
    case "session":
    case "damaged":
      return `${entry.kind}-${entry.firstSeq}`;
    case "version":
      return `version-${entry.id}`;
    default:
      return `${entry.kind}-${entry.seq}`;
  }
}

/** An entry and when the text looked like that. */
export type Placed = { readonly entry: HistoryEntry; readonly at: number };

/**
 * Entries newest first, with the time of each. A version stands above the edits it holds, but says when it was named,
 * which may be weeks later: its text is no younger than those edits, nor than what stands above it. What cannot be read
 * any more has the time of what stands below it.
 */
export function placed(entries: readonly HistoryEntry[]): readonly Placed[] {
  const upwards: Placed[] = [];
  let below: number | null = null;
  for (const entry of entries.toReversed()) {
    const own = timeOf(entry);
    const at: number | null =
      entry.kind === "version" && own !== null ? Math.min(own, below ?? own) : (own ?? below);
    if (entry.kind !== "version") below = at;
    upwards.push({ entry, at: at ?? Number.NaN });
  }
  let above = Number.POSITIVE_INFINITY;
  return upwards.reverse().map(({ entry, at: own }) => {
    const at = Number.isNaN(own) || (entry.kind === "version" && own > above) ? above : own;
    above = at;
    return { entry, at: Number.isFinite(at) ? at : 0 };
  });
}

export function momentOf({ entry, at }: Placed): Moment {
  return {
    key: keyOf(entry),
    seq: seqOf(entry),
    at,
    by: authorsOf(entry).map(({ name }) => name),
    name: entry.kind === "version" ? entry.name : null,
  };
}

export const nowKey = "now";

/** The text as it was when the list was last asked for, as one side of a comparison. */
export function nowMoment(head: number, at: number): Moment {
  return { key: nowKey, seq: head, at, by: [], name: null };
}

/** The text just before an entry: what its own changes are seen against. */
export function momentBefore({ entry, at }: Placed): Moment {
  const seq = (entry.kind === "session" || entry.kind === "damaged" ? entry.firstSeq : entry.seq) - 1;
  return {
    key: `before-${keyOf(entry)}`,
    seq: Math.max(0, seq),
    at: entry.kind === "session" ? Date.parse(entry.startedAt) : at,
    by: [],
    name: null,
  };
}

export type Author = { readonly id: string; readonly name: string; readonly color: string };

export type HistoryEntry =
  | {
      readonly kind: "session";
      readonly firstSeq: number;
      readonly lastSeq: number;
      readonly startedAt: string;
      readonly endedAt: string;
      readonly authors: readonly Author[];
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
    }
  | {
      readonly kind: "import";
      readonly seq: number;
      readonly at: string;
      readonly author: Author | null;
      readonly inserted: number;
    }
  | {
      readonly kind: "version";
      readonly id: string;
      readonly name: string;
      readonly seq: number;
      readonly createdAt: string;
      readonly author: Author | null;
      readonly automatic: boolean;
    };

export type HistoryPage = {
  readonly head: number;
  readonly next: number | null;
  readonly entries: readonly HistoryEntry[];
};

/** A point of the past that is being looked at. */
export type Moment = {
  readonly key: string;
  readonly seq: number;
  readonly at: number;
  readonly by: readonly string[];
  readonly name: string | null;
};

export function seqOf(entry: HistoryEntry): number {
  return entry.kind === "session" ? entry.lastSeq : entry.seq;
}

export function timeOf(entry: HistoryEntry): number {
  switch (entry.kind) {
    case "session":
      return Date.parse(entry.endedAt);
    case "version":
      return Date.parse(entry.createdAt);
    default:
      return Date.parse(entry.at);
  }
}

export function authorsOf(entry: HistoryEntry): readonly Author[] {
  if (entry.kind === "session") return entry.authors;
  return entry.author === null ? [] : [entry.author];
}

/** Stable while a running session grows: its first position never changes. */
export function keyOf(entry: HistoryEntry): string {
  switch (entry.kind) {
    case "session":
      return `session-${entry.firstSeq}`;
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
 * which may be weeks later: its text is no younger than those edits.
 */
export function placed(entries: readonly HistoryEntry[]): readonly Placed[] {
  const result: Placed[] = [];
  let below = Number.POSITIVE_INFINITY;
  for (const entry of entries.toReversed()) {
    const at = entry.kind === "version" ? Math.min(timeOf(entry), below) : timeOf(entry);
    if (entry.kind !== "version") below = at;
    result.push({ entry, at });
  }
  return result.reverse();
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

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

export function momentOf(entry: HistoryEntry): Moment {
  return {
    key: keyOf(entry),
    seq: seqOf(entry),
    at: timeOf(entry),
    by: authorsOf(entry).map(({ name }) => name),
    name: entry.kind === "version" ? entry.name : null,
  };
}

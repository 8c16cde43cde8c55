import { type HistoryEntry, type Placed, type SessionEntry, seqOf } from "./entries.ts";

/** What the loaded part of the list knows about positions that its entries only number. */
export type Known = {
  /** The name that people gave to this position. */
  readonly nameAt: (seq: number) => string | null;
  /** When the sessions within (after, through] began and ended, in ms; null where none of them is loaded. */
  readonly span: (after: number, through: number) => { readonly from: number; readonly to: number } | null;
};

function isSession(entry: HistoryEntry): entry is SessionEntry {
  return entry.kind === "session";
}

export function knownFrom(list: readonly Placed[]): Known {
  const names = new Map<number, string>();
  for (const { entry } of list)
    if (entry.kind === "version" && !entry.automatic) names.set(seqOf(entry), entry.name);
  const sessions = list.map(({ entry }) => entry).filter(isSession);
  return {
    nameAt: (seq) => names.get(seq) ?? null,
    span: (after, through) => {
      const within = sessions.filter(({ firstSeq, lastSeq }) => lastSeq > after && firstSeq <= through);
      if (within.length === 0) return null;
      return {
        from: Math.min(...within.map(({ startedAt }) => Date.parse(startedAt))),
        to: Math.max(...within.map(({ endedAt }) => Date.parse(endedAt))),
      };
    },
  };
}

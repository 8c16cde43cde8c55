import type { Seq } from "./seq.ts";
import type { Entry } from "./sessions.ts";

/** An entry as a picture of the whole history draws it, or several that lie close together. */
export interface Band {
  readonly kind: "session" | "import" | "restore";
  readonly firstSeq: Seq;
  readonly lastSeq: Seq;
  readonly startedAt: number;
  readonly endedAt: number;
  /** In order of their first edit. */
  readonly authors: readonly number[];
}

/**
 * At most `limit` bands: where there are more entries, those with the shortest pauses between them become one. What
 * cannot be read is left out.
 *
 * @param ascending whole entries
 */
export function bandsOf(ascending: readonly Entry[], limit: number): Band[] {
  const bands = ascending.flatMap((entry) => (entry.kind === "damaged" ? [] : [bandOf(entry)]));
  if (bands.length <= limit) return bands;
  const pauses = bands
    .slice(1)
    .map((band, i) => ({ at: i + 1, ms: band.startedAt - (bands[i] as Band).endedAt }));
  pauses.sort((a, b) => a.ms - b.ms || a.at - b.at);
  const closed = new Set(pauses.slice(0, bands.length - limit).map(({ at }) => at));
  const joined: Band[] = [];
  for (const [i, band] of bands.entries()) {
    const before = joined.at(-1);
    if (before !== undefined && closed.has(i)) joined[joined.length - 1] = over(before, band);
    else joined.push(band);
  }
  return joined;
}

function bandOf(entry: Exclude<Entry, { kind: "damaged" }>): Band {
  if (entry.kind === "act") {
    const { seq, time, author, kind } = entry.frame;
    const act = kind === "restore" ? kind : "import";
    return { kind: act, firstSeq: seq, lastSeq: seq, startedAt: time, endedAt: time, authors: [author] };
  }
  const { firstSeq, lastSeq, startedAt, endedAt, shares } = entry;
  return {
    kind: "session",
    firstSeq,
    lastSeq,
    startedAt,
    endedAt,
    authors: shares.map(({ author }) => author),
  };
}

function over(earlier: Band, later: Band): Band {
  const { lastSeq, endedAt } = later;
  return {
    ...earlier,
    kind: "session",
    lastSeq,
    endedAt,
    authors: [...new Set([...earlier.authors, ...later.authors])],
  };
}

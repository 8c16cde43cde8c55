import type { Goal } from "./goals.ts";

/** One line of the table. */
export interface Row {
  readonly measure: string;
  /** Of the outcome's values. */
  readonly key: string;
  readonly label: string;
  readonly unit: string;
  readonly goals: readonly Goal[];
}

const row = (measure: string, key: string, label: string, unit: string, ...goals: readonly Goal[]): Row => ({
  measure,
  key,
  label,
  unit,
  goals,
});

const atMost = (limit: number): Goal => ({ kind: "at-most", limit });
const atLeast = (limit: number): Goal => ({ kind: "at-least", limit });
const atMostTimes = (limit: number, floor: string): Goal => ({ kind: "at-most-times", limit, floor });
const atLeastTimes = (limit: number, floor: string): Goal => ({ kind: "at-least-times", limit, floor });
const timesFaster = (limit: number, peer: string): Goal => ({ kind: "times-faster", limit, floor: peer });

/** Every value that is shown, in order, with what ours has to reach. */
export const rows: readonly Row[] = [
  row("a", "p50", "fan-out to the readers, p50", "ms", atMostTimes(1.1, "do-insert")),
  row("a", "p99", "fan-out to the readers, p99", "ms", atMostTimes(1.1, "do-insert")),
  row("a", "cpu", "fan-out, CPU of the runtime", "s"),
  row(
    "b",
    "rate",
    "writers at once, updates until all have them",
    "/s",
    atLeastTimes(8, "do-insert"),
    atLeastTimes(2, "null-relay"),
  ),
  row("b", "cpu", "writers at once, CPU of the runtime", "s"),
  row("c", "p99", "many documents, p99", "ms", atMostTimes(1.2, "do-insert")),
  row("c", "cpu", "many documents, CPU of the runtime", "s", atMostTimes(1.2, "do-insert")),
  row("d", "rate", "editing trace, edits", "/s", atLeastTimes(1.5, "do-relay")),
  row("d", "cpu", "editing trace, CPU of the runtime", "s"),
  row("d", "rows", "editing trace, rows written", ""),
  row("d", "diskIdle", "editing trace on disk, after idling", "MB", atMost(1.6)),
  row("d", "diskStopped", "editing trace on disk, after stopping", "MB", atMost(1.6)),
  row("e", "connect", "cold open, until the socket is open", "ms"),
  row("e", "fresh", "cold open, new client", "ms", atMost(15), timesFaster(4, "y-partyserver")),
  row("e", "freshOwn", "cold open, new client, our protocol", "ms"),
  row("e", "same", "cold open, nothing missing", "ms", atMost(5)),
  row("e", "sameAnswering", "… of that the client's own answer", "ms"),
  row("e", "sameBytes", "cold open, nothing missing, both ways", "kB"),
  row("e", "sameOwn", "cold open, nothing missing, our protocol", "ms", atMost(5)),
  row("e", "sameOwnBytes", "cold open, nothing missing, our protocol, both ways", "kB", atMost(0.5)),
  row("e", "lacking", "cold open, the last 100 updates missing", "ms", atMost(6)),
  row("e", "lackingBytes", "cold open, the last 100 missing, both ways", "kB"),
  row("e", "lackingOwn", "cold open, the last 100 missing, our protocol", "ms", atMost(6)),
  row("e", "lackingOwnBytes", "cold open, the last 100 missing, our protocol, both ways", "kB", atMost(4)),
  row("f", "first", "first change after 15 s of silence", "ms", atMostTimes(1.3, "do-insert")),
  row("f", "next", "changes right after it", "ms"),
  row("f", "asleep", "share of the silences after which the object had to be started", ""),
  row("g", "killed", "kills -9 at the receipt of an update", ""),
  row("g", "lost", "updates lost to them", "", atMost(0)),
  row("g", "lostCharacters", "characters lost of 90 typed before kill -9", "", atMost(0)),
  row("h", "rowsPerMessage", "rows written per message received", "", atMost(1.05)),
  row("h", "rowsPerMessage10", "the same with 10 writers in one document", ""),
  row("h", "rowsPerMessage50", "the same with 50 writers in one document", ""),
  row("h", "messages", "messages per 1,000 characters", "", atMost(600)),
  row("h", "p50", "a typist's characters at a reader, p50", "ms"),
  row("h", "p95", "a typist's characters at a reader, p95", "ms", atMost(150)),
  row("h", "rows1", "rows written per 1,000 characters", ""),
  row("h", "requests1", "billed requests per 1,000 characters", ""),
  row("h", "economyMessages", "messages per 1,000 characters, economy", "", atMost(250)),
  row("h", "economyP50", "a typist's characters at a reader, economy, p50", "ms"),
  row("h", "economyP95", "a typist's characters at a reader, economy, p95", "ms"),
  row("h", "cost1", "an hour of one writer", "$"),
  row("h", "cost10", "an hour of 10 writers in one document", "$"),
  row("h", "cost50", "an hour of 50 writers in one document", "$"),
  row("i", "cold", "first look of a cold object at 259,778 edits, median", "ms"),
  row("i", "coldWorst", "first look of a cold object, worst of nine", "ms", atMost(150)),
  row("i", "jump", "a moment somewhere else, median", "ms"),
  row("i", "jumpP95", "a moment somewhere else, p95", "ms", atMost(150)),
  row("i", "stepRate", "moments one after the other, edit by edit", "/s", atLeast(20)),
  row("i", "sweepRate", "moments over the whole history in 200 steps", "/s", atLeast(20)),
  row("i", "bytesPerEdit", "on disk for each edit, snapshots included", "B", atMost(6)),
  row("i", "diff", "comparing two versions of 10,000 blocks", "ms", atMost(300)),
  row("i", "authorship", "who wrote each span of it, first time", "ms"),
  row("i", "authorshipAgain", "who wrote each span of it, again", "ms"),
  row("i", "list", "the newest 40 entries of its history", "ms"),
  row("i", "importRate", "importing it with its history, edits", "/s"),
  row("j", "script", "script before the editor is usable, gzip", "kB", atMost(250)),
  row("j", "style", "styles before the editor is usable, gzip", "kB"),
  row("j", "firstLoad", "first visit until the editor is usable", "ms"),
  row("j", "open", "2,000 blocks from the local copy to editable, median", "ms", atMost(700)),
  row("j", "openP95", "2,000 blocks from the local copy to editable, p95", "ms"),
  row("j", "key", "a key in 2,000 blocks, main thread, median", "ms", atMost(16)),
  row("j", "keyP95", "a key in 2,000 blocks, main thread, p95", "ms"),
  row("j", "remote", "an edit of somebody else, main thread, median", "ms", atMost(25)),
  row("j", "remoteP95", "an edit of somebody else, main thread, p95", "ms"),
  row("j", "remoteDelay", "from somebody else's change to the page, median", "ms"),
  row("j", "largeKey", "a key in 10,000 blocks, main thread, median", "ms", atMost(50)),
  row("j", "largeKeyP95", "a key in 10,000 blocks, main thread, p95", "ms"),
  row("k", "heapStart", "heap of a page after a sixth of the typing", "MB"),
  row("k", "heapEnd", "heap of a page at the end", "MB"),
  row("k", "heapFresh", "heap of a page that has just been opened then", "MB"),
  row("k", "ratio", "the page at the end, times the one just opened", "", atMost(1.25)),
  row("k", "nodes", "nodes at the end, times those of the one just opened", "", atMost(1.25)),
  row("k", "listeners", "listeners at the end, times those of the one just opened", "", atMost(1.25)),
  row("k", "characters", "characters typed", ""),
];

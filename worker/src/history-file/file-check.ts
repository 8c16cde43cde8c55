import type { Identity } from "@palimpsest/protocol";
import { type FileLine, type FrameLine, fileLimits, type HeaderLine } from "./format.ts";
import type { ParsedLine } from "./parse-line.ts";

/** A server's clock may be a little ahead of another's. */
const AHEAD_MS = 60_000;

/** The order in which kinds of lines stand; within one file it only goes forward. */
const ORDER = ["header", "author", "version", "restore", "snapshot", "frame", "file", "end"] as const;

/** Lines that stand among others count as these. */
function stageOf(kind: Exclude<ParsedLine["kind"], "bad">): (typeof ORDER)[number] {
  if (kind === "seal") return "frame";
  return kind === "part" ? "file" : kind;
}

/** Who is behind an author of a file. */
export interface ImportedAuthor {
  readonly no: number;
  readonly userId: string;
  readonly name: string;
  readonly color: string;
}

/**
 * Judges the lines of a history file one after the other, by everything that can be known without the text: that each
 * stands where it may, that positions and times go on without a hole, that what is referred to is there. Nothing in a
 * file is proof of anything; what it says of people becomes theirs by hearsay only.
 */
export class FileCheck {
  readonly #caller: Identity;
  readonly #now: number;
  #header: HeaderLine | null = null;
  #stage = 0;
  #next = 1;
  #time = 0;
  #sealed = 0;
  #isEnded = false;
  #authors = 0;
  readonly #authorIds = new Set<string>();
  readonly #userIds = new Set<string>();
  readonly #versionIds = new Set<string>();
  readonly #restores = new Set<number>();
  #lastRestore = 0;
  readonly #snapshots = new Set<number>();
  #lastSnapshot = 0;
  readonly #files = new Set<string>();
  #fileBytes = 0;
  /** Of the file at hand. */
  #parts = 0;
  #partsLeft = 0;
  /** Of versions and restores: they must be at moments that there are. */
  readonly #belowFloor = new Set<number>();

  /** @param caller who imports: the only one whom a file can mean by name */
  constructor(caller: Identity, now: number) {
    this.#caller = caller;
    this.#now = now;
  }

  get header(): HeaderLine {
    if (this.#header === null) throw new Error("no line was taken yet");
    return this.#header;
  }

  /** @returns why the file is refused; null while there is no reason */
  take(parsed: ParsedLine): string | null {
    if (parsed.kind === "bad") return parsed.sentence;
    if (this.#isEnded) return "it stands behind the last line";
    const stage = ORDER.indexOf(stageOf(parsed.kind));
    if (this.#header === null && parsed.kind !== "header") return "the file does not begin as a history does";
    if (this.#header !== null && parsed.kind === "header") return "a second history begins here";
    if (stage < this.#stage) return `a line of kind ${parsed.kind} cannot stand here`;
    if (stage > this.#stage) {
      const reason = this.#mayGoOn(stage);
      if (reason !== null) return reason;
      this.#stage = stage;
    }
    return this.#judge(parsed);
  }

  /** @returns why the file is refused after its last line; null when it is whole */
  finish(): string | null {
    return this.#isEnded ? null : "the file is cut off: its last line is missing";
  }

  /** Who an author of the file is from now on. Call it once for each, after `take`. */
  importedAuthor({ line }: ParsedLine & { kind: "author" }): ImportedAuthor {
    const { author: no, id, name, color } = line;
    if (id === this.#caller.id) return { no, userId: id, name: this.#caller.name, color: this.#caller.color };
    // nobody's user id begins like this: whoever it was cannot be taken for somebody who is known here
    let userId = id.startsWith("imported:") ? id : `imported:${id}`;
    while (this.#userIds.has(userId)) userId += "+";
    this.#userIds.add(userId);
    return { no, userId, name: name.endsWith(" (imported)") ? name : `${name} (imported)`, color };
  }

  #mayGoOn(stage: number): string | null {
    const { head, floor } = this.header;
    if (stage >= ORDER.indexOf("snapshot") && this.#authors === 0 && head > 0) return "nobody has written it";
    if (stage < ORDER.indexOf("frame")) return null;
    if (floor > 0 && !this.#snapshots.has(floor))
      return `the state at ${floor}, where the history begins, is missing`;
    for (const seq of this.#belowFloor)
      if (!this.#snapshots.has(seq)) return `a version is at ${seq}, of which nothing is kept`;
    if (stage < ORDER.indexOf("file")) return null;
    return this.#next > head
      ? null
      : `the file ends at ${this.#next - 1}, but said that it would go on to ${head}`;
  }

  #judge(parsed: Exclude<ParsedLine, { kind: "bad" }>): string | null {
    switch (parsed.kind) {
      case "header":
        return this.#takeHeader(parsed.line);
      case "author":
        if (parsed.line.author !== this.#authors + 1) return `author ${this.#authors + 1} should stand here`;
        if (this.#authors === fileLimits.authors) return "there are too many authors";
        if (this.#authorIds.has(parsed.line.id)) return "this author was there before";
        this.#authorIds.add(parsed.line.id);
        this.#authors++;
        return null;
      case "version": {
        const { version, seq, t, a } = parsed.line;
        if (this.#versionIds.has(version)) return "this version was there before";
        if (this.#versionIds.size === fileLimits.versions) return "there are too many versions";
        this.#versionIds.add(version);
        return this.#known(a) ?? this.#past(t) ?? this.#placed(seq);
      }
      case "restore": {
        const { restore, of, from, through } = parsed.line;
        if (restore <= this.#lastRestore) return "restores must stand in their order";
        if (this.#restores.size === fileLimits.restores) return "there are too many restores";
        this.#lastRestore = restore;
        if (restore > this.header.floor) this.#restores.add(restore);
        if (restore > this.header.head) return `there is no position ${restore}`;
        if (Math.max(from ?? 0, through ?? 0) > restore) return "it undoes what came later";
        return of === null ? null : this.#known(of);
      }
      case "snapshot":
        return this.#takeSnapshot(parsed.line);
      case "frame":
        return this.#takeFrame(parsed.line);
      case "seal":
        if (parsed.line.sealed !== this.#next - 1 || parsed.line.sealed === this.#sealed)
          return "a seal must stand behind the last frame that it covers";
        this.#sealed = parsed.line.sealed;
        return null;
      case "file":
        return this.#takeFile(parsed.line);
      case "part":
        if (this.#partsLeft === 0) return "no file has a part here";
        if (parsed.line.part !== this.#parts - this.#partsLeft)
          return "the parts of a file must stand in their order";
        this.#partsLeft--;
        return null;
      case "end":
        this.#isEnded = true;
        if (this.#partsLeft > 0) return "a part of the file before it is missing";
        if (parsed.line.frames !== this.header.head - this.header.floor) return "it counts other frames";
        return null;
    }
  }

  #takeHeader(line: HeaderLine): string | null {
    this.#header = line;
    this.#next = line.floor + 1;
    if (line.floor > line.head) return "the history begins behind its end";
    if (line.floor > fileLimits.floor) return `a history can begin at ${fileLimits.floor} at the latest`;
    return this.#past(Date.parse(line.createdAt));
  }

  #takeSnapshot(line: (ParsedLine & { kind: "snapshot" })["line"]): string | null {
    const { snapshot, t, owners, frame } = line;
    if (snapshot <= this.#lastSnapshot) return "snapshots must stand in their order";
    if (snapshot > this.header.floor)
      return "only a history whose beginning was dropped has snapshots, up to there";
    if (this.#snapshots.size === fileLimits.snapshots) return "there are too many snapshots";
    this.#lastSnapshot = snapshot;
    this.#snapshots.add(snapshot);
    for (const [, author] of owners) {
      const unknown = this.#known(author);
      if (unknown !== null) return unknown;
    }
    if (frame === null) return this.#past(t);
    if (frame.t < this.#time) return "its time is before that of the one in front of it";
    this.#time = frame.t;
    return this.#known(frame.a) ?? this.#past(frame.t) ?? this.#past(t);
  }

  #takeFile({ file, size, t, parts }: FileLine): string | null {
    if (this.header.version === 1) return "a history of version 1 has no files";
    if (this.#partsLeft > 0) return "a part of the file before it is missing";
    if (this.#files.has(file)) return "this file was there before";
    if (this.#files.size === fileLimits.files) return "there are too many files";
    this.#files.add(file);
    this.#parts = parts;
    this.#partsLeft = parts;
    if (parts > 0) this.#fileBytes += size;
    return this.#fileBytes > fileLimits.fileBytes
      ? "there are more bytes of files than one history has"
      : this.#past(t);
  }

  #takeFrame(line: FrameLine): string | null {
    const { s, t, a, k } = line;
    if (s !== this.#next) return `frame ${this.#next} should stand here, not ${s}`;
    if (s > this.header.head) return `the file said that it would end at ${this.header.head}`;
    if (t < this.#time) return "its time is before that of the frame in front of it";
    if (k === "restore" && (line.target ?? s) >= s) return "it restores what came later";
    if (this.#restores.has(s) && k !== "restore") return "it was said to be a restore, and is none";
    this.#next = s + 1;
    this.#time = t;
    return this.#known(a) ?? this.#past(t);
  }

  #known(author: number): string | null {
    return author <= this.#authors ? null : `there is no author ${author}`;
  }

  #past(time: number): string | null {
    return time <= this.#now + AHEAD_MS ? null : "its time lies in the future";
  }

  #placed(seq: number): string | null {
    const { head, floor } = this.header;
    if (seq > head) return `there is no position ${seq}`;
    if (seq > 0 && seq < floor) this.#belowFloor.add(seq);
    return null;
  }
}

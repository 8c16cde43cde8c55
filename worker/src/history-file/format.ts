/** A document with its whole history as one file: gzip of JSON Lines. HISTORY-FILE.md says what stands in which line. */

export const FORMAT = "palimpsest-history";
/** Files without pictures and other files are of version 1, which earlier programs read; others of version 2. */
export const FORMAT_VERSIONS = [1, 2] as const;
export const FILE_TYPE = "application/x-palimpsest-history";
export const FILE_ENDING = ".palimpsest";

export const fileLimits = {
  /** As it comes over the network. */
  packedBytes: 64 * 1024 * 1024,
  /** All lines together. Typed text shrinks to a fifth; what shrinks to much less was made to fill a disk. */
  bytes: 256 * 1024 * 1024,
  /** One line, whose update is in memory as text, as bytes and once more on its way to the document. */
  lineBytes: 16 * 1024 * 1024,
  authors: 10_000,
  versions: 10_000,
  restores: 100_000,
  snapshots: 1_000,
  /** The dropped positions before it are written once more. */
  floor: 2_000_000,
  /** Client ids of one snapshot. */
  owners: 1_000_000,
  files: 5_000,
  /** Of the bytes of files one history brings so many along; what is more stays where it is. */
  fileBytes: 40 * 1024 * 1024,
} as const;

/** The first line. Times are ISO. */
export interface HeaderLine {
  readonly format: typeof FORMAT;
  readonly version: (typeof FORMAT_VERSIONS)[number];
  readonly exportedAt: string;
  readonly title: string;
  readonly createdAt: string;
  /** The position of the last frame. */
  readonly head: number;
  /** The frames begin behind this position; 0 when none was dropped. */
  readonly floor: number;
}

export interface AuthorLine {
  /** 1 for the first, one more for each that follows. */
  readonly author: number;
  readonly id: string;
  readonly name: string;
  readonly color: string;
}

export interface VersionLine {
  readonly version: string;
  readonly seq: number;
  readonly name: string;
  readonly description: string;
  /** When it was made, ms since the epoch. */
  readonly t: number;
  readonly a: number;
  readonly automatic: boolean;
}

export interface RestoreLine {
  /** The restore's frame. */
  readonly restore: number;
  readonly how: "whole" | "part" | "person" | "undo" | "rescue";
  readonly of: number | null;
  readonly from: number | null;
  readonly through: number | null;
  readonly moves: string;
  readonly deletes: string;
}

/** The state at a position, of a document whose first frames were dropped. */
export interface SnapshotLine {
  readonly snapshot: number;
  readonly t: number;
  /** Whether the content of what was deleted is gone from it. */
  readonly collected: boolean;
  /** The Yjs client ids in it, each with the author whose it is. */
  readonly owners: readonly (readonly [client: number, author: number])[];
  /** When and by whom its last change was made, where that is still known. */
  readonly frame: { readonly t: number; readonly a: number } | null;
  readonly u: string;
}

export interface FrameLine {
  readonly s: number;
  /** Server time in ms since the epoch. */
  readonly t: number;
  readonly a: number;
  readonly k: "edit" | "import" | "restore";
  /** For a restore: the position that it brought back. */
  readonly target?: number;
  /** The Yjs update, V1, in base64. */
  readonly u: string;
}

/** Behind the last frame of a stretch that was sealed: the link of its chain there. */
export interface SealLine {
  readonly sealed: number;
  /** In hex; null where it follows from the link before it and the frames between. */
  readonly link: string | null;
}

/** A picture or another file that the document refers to, or did. Its bytes follow, where they are brought along. */
export interface FileLine {
  readonly file: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  /** When it was brought, ms since the epoch. */
  readonly t: number;
  /** How many lines with its bytes follow; 0 when they stayed where they were. */
  readonly parts: number;
}

/** A stretch of a file's bytes. */
export interface PartLine {
  /** 0 for the first, one more for each that follows. */
  readonly part: number;
  /** In base64. */
  readonly b: string;
}

/** The last line: without it the file was cut off. */
export interface EndLine {
  readonly end: true;
  readonly frames: number;
  /** SHA-256 of every byte before this line, in hex. */
  readonly sha256: string;
}

export type HistoryLine =
  | HeaderLine
  | AuthorLine
  | VersionLine
  | RestoreLine
  | SnapshotLine
  | FrameLine
  | SealLine
  | FileLine
  | PartLine
  | EndLine;

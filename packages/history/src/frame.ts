import type { Seq } from "./seq.ts";

/** The document's own number for an author: 1 for the first, one more for each that follows. */
export type AuthorNo = number & { readonly unit: "AuthorNo" };

/** A person as one document's log knows them. */
export interface Author {
  readonly no: AuthorNo;
  readonly userId: string;
  /** As they were called when they last wrote. */
  readonly name: string;
  readonly color: string;
}

interface FrameBase {
  /** Server time in ms since the epoch; never earlier than the frame before. */
  readonly time: number;
  readonly author: AuthorNo;
  /** V1 update; opaque here. */
  readonly update: Uint8Array;
}

export type NewFrame =
  /** Somebody typed. */
  | (FrameBase & { readonly kind: "edit" })
  /** Content that came from outside at once: the seed of a document, an import. */
  | (FrameBase & { readonly kind: "import" })
  /** The forward edit that brought the state at `target` back. */
  | (FrameBase & { readonly kind: "restore"; readonly target: Seq });

/** One entry of the log. */
export type Frame = NewFrame & { readonly seq: Seq };

/** What one synchronous turn adds to the log. All of it becomes durable, or nothing. */
export interface AppendBatch {
  /** Where the writer takes the log to end. Another has written when it does not, and nothing is appended. Absent: anywhere. */
  readonly after?: Seq;
  readonly frames: readonly NewFrame[];
  /** Authors that are new, or have a new name or colour. */
  readonly authors: readonly Author[];
  /** Yjs client ids seen for the first time, and whose they are. */
  readonly owners: ReadonlyMap<number, AuthorNo>;
  /** The encoded state vector after these frames; asked only when the store wants to keep it. */
  stateVector(): Uint8Array;
}

/** Everything that is needed to go on after a wake, without the text. */
export interface StoredDocument {
  readonly documentId: string;
  /** Names this log: a client's position means something only on the log it came from. */
  readonly logId: string;
  readonly createdAt: number;
  readonly head: Seq;
  /** The frames after it are all there; 0 while none was dropped. */
  readonly floor: Seq;
  /** Server time of the newest frame, 0 when there is none. */
  readonly lastFrameAt: number;
  /** Encoded state vector after frame `seq`; with the frames after it the present one follows. */
  readonly base: { readonly seq: Seq; readonly stateVector: Uint8Array };
}

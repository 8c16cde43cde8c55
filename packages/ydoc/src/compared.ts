import type { IdRange } from "./ids.ts";
import type { Id } from "./woven.ts";

export type ChangeKind =
  /** Not there at the first moment, and there at the second; and the other way round. */
  | "inserted"
  | "deleted"
  /** The same content stood somewhere else at the first moment: here it is now, and there it was. */
  | "moved"
  | "moved-away"
  /** An element under another name: a paragraph that became a heading. */
  | "type"
  | "attributes"
  | "marks";

export interface Change {
  readonly kind: ChangeKind;
  /** 1 for the first in reading order. What was changed by one person at one place in one way is one change. */
  readonly n: number;
  /** The frame that made it. */
  readonly seq: number;
  /** What it was at the first moment. */
  readonly before?: { readonly name?: string; readonly values?: Readonly<Record<string, unknown>> };
}

interface ComparedBase {
  readonly id: Id;
  /** Attributes or marks; of what is gone those at the first moment. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly change: Change | null;
}

export interface ComparedElement extends ComparedBase {
  readonly kind: "element";
  readonly name: string;
  readonly children: readonly Compared[];
}

export interface ComparedText extends ComparedBase {
  readonly kind: "text";
  readonly text: string;
}

/** A node of the document in which everything stands that was there at either of two moments. */
export type Compared = ComparedElement | ComparedText;

/** What one person inserted and deleted, in UTF-16 units. */
export interface Share {
  readonly author: number;
  readonly inserted: number;
  readonly deleted: number;
}

export interface Comparison {
  readonly nodes: readonly Compared[];
  readonly changes: number;
  readonly shares: readonly Share[];
  /** Ids of what change `n` deleted, with what it is in as far as that went with it: for putting it back. */
  deletedBy(n: number): readonly IdRange[];
}

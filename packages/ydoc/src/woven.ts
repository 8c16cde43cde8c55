import type { ClientId } from "./ids.ts";

/** The id of one unit of a document: a character, an element. */
export interface Id {
  readonly client: ClientId;
  readonly clock: number;
}

/** A value and the item that brought it. */
export interface Valued {
  readonly value: unknown;
  readonly id: Id;
}

/** Attributes of an element or marks of a text, by name. A mark that was switched off has the value null. */
export type Values = ReadonlyMap<string, Valued>;

interface WovenBase {
  /** Of the element, or of the first character. */
  readonly id: Id;
  /** It is there at the earlier moment, and at the later one. Never neither. */
  readonly before: boolean;
  readonly after: boolean;
  /** For what is there only before: the position of the frame that deleted it or what it is in. */
  readonly deletedAt: number | null;
}

export interface WovenElement extends WovenBase {
  readonly kind: "element";
  readonly name: string;
  readonly attributesBefore: Values;
  readonly attributesAfter: Values;
  readonly children: readonly Woven[];
}

/** Characters with consecutive ids, the same marks and the same fate. Length in UTF-16 units is length in clocks. */
export interface WovenText extends WovenBase {
  readonly kind: "text";
  readonly text: string;
  readonly marksBefore: Values;
  readonly marksAfter: Values;
}

/** What is there at either of two moments, in reading order. Text types are left out: their text stands in their place. */
export type Woven = WovenElement | WovenText;

/** Position in a document's log: 1 for the first frame, one more for each following; 0 means "before any". */
export type Seq = number & { readonly unit: "Seq" };

/** The position before every frame. */
export const BEFORE_ALL = 0 as Seq;

import type { Moment } from "./entries.ts";

/**
 * What somebody asked to see of the past: the text of a moment, who wrote it, or what changed on the way to it. `from` is
 * the earlier side of a comparison; null where the list does not say, and the moment before is meant.
 */
export type Look = {
  readonly mode: "text" | "compare" | "authors";
  readonly moment: Moment;
  readonly from: Moment | null;
};

import { findMatches } from "./query.ts";

export type PatternTask = {
  readonly texts: readonly string[];
  readonly source: string;
  readonly flags: string;
};

self.addEventListener("message", ({ data }: MessageEvent<PatternTask>) => {
  self.postMessage(findMatches(data.texts, data.source, data.flags));
});

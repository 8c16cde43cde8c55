import type { mentionText } from "../../editor/mentions/text.ts";

export const mentions: typeof mentionText = {
  menu: "Jemanden erwähnen",
  empty: (query) => (query === "" ? "Sonst war noch niemand hier" : `Niemand hier heißt „${query}“`),
  present: "Gerade hier",
  wrote: "Hat hier geschrieben",
  you: (name) => `${name} (ich)`,
};

import { catalogue } from "../../i18n/catalogue.ts";

export const emojiText = catalogue("emoji", {
  menu: "Emoji",
  picker: "Choose an emoji",
  search: "Search emoji",
  empty: (query: string) => `No emoji is called “${query}”`,
  loading: "The emoji are being loaded…",
  unloaded: "The emoji could not be loaded. Check the connection and open this again.",
  recent: "Recently used",
  groups: {
    0: "Smileys",
    1: "People",
    3: "Animals and nature",
    4: "Food and drink",
    5: "Travel and places",
    6: "Activities",
    7: "Objects",
    8: "Symbols",
    9: "Flags",
  },
});

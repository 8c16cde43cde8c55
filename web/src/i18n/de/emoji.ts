import type { emojiText } from "../../editor/emoji/text.ts";

export const emoji: typeof emojiText = {
  menu: "Emoji",
  picker: "Emoji auswählen",
  search: "Emoji suchen",
  empty: (query) => `Kein Emoji heißt „${query}“`,
  loading: "Die Emoji werden geladen …",
  unloaded: "Die Emoji konnten nicht geladen werden. Bitte die Verbindung prüfen und noch einmal öffnen.",
  recent: "Zuletzt verwendet",
  groups: {
    0: "Smileys",
    1: "Menschen",
    3: "Tiere und Natur",
    4: "Essen und Trinken",
    5: "Reisen und Orte",
    6: "Aktivitäten",
    7: "Gegenstände",
    8: "Symbole",
    9: "Flaggen",
  },
};

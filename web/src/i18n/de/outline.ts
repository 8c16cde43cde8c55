import type { outlineText } from "../../editor/outline/text.ts";

const number = new Intl.NumberFormat("de-DE");

export const outline: typeof outlineText = {
  title: "Gliederung",
  close: "Gliederung schließen",
  list: "Überschriften",
  empty: "Überschriften erscheinen hier, sobald sie geschrieben sind.",
  emptyHint: "„# “ am Anfang einer Zeile macht eine.",
  building: "Die Gliederung entsteht",
  untitled: "Leere Überschrift",
  copyLink: (heading) => `Link zu „${heading}“ kopieren`,
  copyLinkShort: "Link kopieren",
  counting: "Wird gezählt …",
  words: (n) => (n === 1 ? "1 Wort" : `${number.format(n)} Wörter`),
  wordsOf: (part, all) => `${number.format(part)} von ${number.format(all)} Wörtern`,
  characters: (n) => `${number.format(n)} Zeichen`,
  charactersOf: (part, all) => `${number.format(part)} von ${number.format(all)} Zeichen`,
  minutes: (n) =>
    n < 1
      ? "In weniger als einer Minute gelesen"
      : n === 1
        ? "1 Minute Lesezeit"
        : `${number.format(n)} Minuten Lesezeit`,
};

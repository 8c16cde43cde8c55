import { catalogue } from "../../i18n/catalogue.ts";
import { locale } from "../../i18n/language.ts";

const number = new Intl.NumberFormat(locale());

export const outlineText = catalogue("outline", {
  title: "Outline",
  close: "Close the outline",
  list: "Headings",
  empty: "Headings appear here as you write them.",
  emptyHint: "“# ” at the beginning of a line makes one.",
  building: "The outline is being made",
  untitled: "Empty heading",
  copyLink: (heading: string) => `Copy link to “${heading}”`,
  copyLinkShort: "Copy link",
  counting: "Counting…",
  words: (n: number) => (n === 1 ? "1 word" : `${number.format(n)} words`),
  wordsOf: (part: number, all: number) => `${number.format(part)} of ${number.format(all)} words`,
  characters: (n: number) => (n === 1 ? "1 character" : `${number.format(n)} characters`),
  charactersOf: (part: number, all: number) => `${number.format(part)} of ${number.format(all)} characters`,
  minutes: (n: number) =>
    n < 1
      ? "Read in less than a minute"
      : n === 1
        ? "1 minute to read"
        : `${number.format(n)} minutes to read`,
});

import { catalogue } from "../../i18n/catalogue.ts";

export const findingText = catalogue("finding", {
  bar: "Find and replace",
  field: "Find",
  placeholder: "Find in this document",
  replaceField: "Replace with",
  replacePlaceholder: "Replace with",
  matchCase: "Match case",
  wholeWord: "Whole words only",
  pattern: "Regular expression",
  previous: "Previous match",
  next: "Next match",
  close: "Close the search",
  toggleReplace: "Replace",
  replaceOne: "Replace",
  replaceAll: "Replace all",
  count: (current: number, all: number) => `${current} of ${all}`,
  countCut: (current: number, all: number) => `${current} of more than ${all}`,
  none: "Nothing found",
  badPattern: (reason: string) => `This is no regular expression: ${reason}`,
  slowPattern: "This pattern takes too long here. Try a simpler one.",
  replaced: (count: number) => (count === 1 ? "One place replaced" : `${count} places replaced`),
});

import { catalogue } from "../i18n/catalogue.ts";
export const transferText = catalogue("transfer", {
  unknownKind: "Markdown (.md), text (.txt), web pages (.html) and Word files (.docx) can be read.",
  oldWord: "This is an old Word file (.doc). Open it in Word, save it as .docx and try again.",
  tooLarge: (limit: string) => `The file is larger than ${limit}. Split it and import the parts.`,
  tooLong: "The text is too long for one document. Split the file and import the parts.",
  empty: "The file is empty.",
  brokenWord: "The file could not be read: it is damaged, or no Word file (.docx).",
  lockedWord: "The file is protected with a password. Remove it in Word and try again.",
  binary: "The file could not be read: it holds no text.",
  unreadable: "The file could not be read. It may have been moved or changed since it was chosen.",
  leftPictures: (n: number) =>
    n === 1 ? "One picture could not be kept." : `${n} pictures could not be kept.`,
  leftFormulas: "Formulas of Word could not be kept.",
  leftComments: "Comments were left out.",
  leftDrawings: "Drawings and charts could not be kept.",
  partKept: (name: string) => `“${name}” was imported, but not all of it`,
  exportMenu: "Export",
  word: "Word (.docx)",
  pdf: "PDF or paper…",
  markdown: "Markdown",
  html: "Web page (HTML)",
  plain: "Plain text",
  json: "JSON",
  history: "With its whole history",
  preparing: (what: string) => `Preparing: ${what}`,
  exported: (name: string) => `“${name}” was downloaded`,
  exportFailed: "The document could not be exported",
  missingPictures: (n: number) =>
    n === 1
      ? "One picture is left out: it could not be fetched."
      : `${n} pictures are left out: they could not be fetched.`,
  linkedPictures: (n: number) =>
    n === 1
      ? "One picture is too large and is linked instead."
      : `${n} pictures are too large and are linked instead.`,
  untitled: "Untitled",
});

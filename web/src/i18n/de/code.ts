import type { codeText } from "../../editor/code/text.ts";

export const code: typeof codeText = {
  language: (name) => `Sprache des Codes: ${name}`,
  languages: "Sprache des Codes",
  searchLanguage: "Sprachen suchen",
  noLanguage: (query) => `Keine Sprache heißt „${query}“`,
  plain: "Reiner Text",
  copy: "Kopieren",
  copied: "Kopiert",
  notCopied: "Nicht kopiert",
  wrap: "Zeilen umbrechen",
};

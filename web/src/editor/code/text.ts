import { catalogue } from "../../i18n/catalogue.ts";

export const codeText = catalogue("code", {
  language: (name: string) => `Language of the code: ${name}`,
  languages: "Language of the code",
  searchLanguage: "Search languages",
  noLanguage: (query: string) => `No language is called “${query}”`,
  plain: "Plain text",
  copy: "Copy",
  copied: "Copied",
  notCopied: "Not copied",
  wrap: "Wrap lines",
});

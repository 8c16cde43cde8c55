import { catalogue } from "../../i18n/catalogue.ts";

export const mathText = catalogue("math", {
  formula: "Formula",
  edit: (latex: string) => `Formula: ${latex}. Press Enter to change it.`,
  source: "LaTeX",
  placeholder: "e = mc^2",
  empty: "Empty formula",
  done: "Done",
  preview: "Preview",
  hintInline: "Enter: done · Esc: leave it as it was",
  hintBlock: "Ctrl+Enter: done · Esc: leave it as it was",
  wrong: (message: string) => `This cannot be set: ${message}`,
  tooLong: "This formula is too long to be set; its source is kept.",
  unloaded: "Formulas cannot be shown just now: the part of the page that sets them could not be loaded.",
});

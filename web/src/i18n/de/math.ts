import type { mathText } from "../../editor/math/text.ts";

export const math: typeof mathText = {
  formula: "Formel",
  edit: (latex) => `Formel: ${latex}. Mit der Eingabetaste ändern.`,
  source: "LaTeX",
  placeholder: "e = mc^2",
  empty: "Leere Formel",
  done: "Fertig",
  preview: "Vorschau",
  hintInline: "Eingabe: fertig · Esc: lassen, wie es war",
  hintBlock: "Strg+Eingabe: fertig · Esc: lassen, wie es war",
  wrong: (message) => `Das lässt sich nicht setzen: ${message}`,
  tooLong: "Diese Formel ist zu lang, um gesetzt zu werden; ihr Quelltext bleibt.",
  unloaded:
    "Formeln können gerade nicht angezeigt werden: Der Teil der Seite, der sie setzt, konnte nicht geladen werden.",
};

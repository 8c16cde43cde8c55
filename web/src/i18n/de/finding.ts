import type { findingText } from "../../editor/finding/text.ts";

export const finding: typeof findingText = {
  bar: "Suchen und ersetzen",
  field: "Suchen",
  placeholder: "In diesem Dokument suchen",
  replaceField: "Ersetzen durch",
  replacePlaceholder: "Ersetzen durch",
  matchCase: "Groß- und Kleinschreibung beachten",
  wholeWord: "Nur ganze Wörter",
  pattern: "Regulärer Ausdruck",
  previous: "Vorige Stelle",
  next: "Nächste Stelle",
  close: "Suche schließen",
  toggleReplace: "Ersetzen",
  replaceOne: "Ersetzen",
  replaceAll: "Alle ersetzen",
  count: (current, all) => `${current} von ${all}`,
  countCut: (current, all) => `${current} von mehr als ${all}`,
  none: "Nichts gefunden",
  badPattern: (reason) => `Das ist kein regulärer Ausdruck: ${reason}`,
  slowPattern: "Dieses Muster dauert hier zu lange. Bitte ein einfacheres versuchen.",
  replaced: (count) => (count === 1 ? "Eine Stelle ersetzt" : `${count} Stellen ersetzt`),
};

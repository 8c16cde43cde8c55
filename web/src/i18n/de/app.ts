import type { appText } from "../../app/text.ts";

export const app: typeof appText = {
  product: "Palimpsest",
  home: "Alle Dokumente",
  skip: "Zum Text springen",
  cancel: "Abbrechen",
  keys: { Mod: "Strg", Shift: "Umschalt", Alt: "Alt", Enter: "Eingabe", Space: "Leertaste", Delete: "Entf" },
  close: "Schließen",
  tryAgain: "Noch einmal versuchen",
  reload: "Neu laden",
  themeToDark: "Dunkles Farbschema verwenden",
  themeToLight: "Helles Farbschema verwenden",
  untitled: "Ohne Titel",
  justNow: "gerade eben",
  notFoundTitle: "Hier ist keine Seite",
  notFoundHint: "Vielleicht ist die Adresse vertippt oder der Link unvollständig.",
  newVersionTitle: "Es gibt eine neue Version",
  newVersionHint:
    "Diese Seite wurde vor einer Aktualisierung geladen, und ihr fehlt ein Teil der neuen Version. Bitte neu laden, um weiterzuarbeiten.",
  brokenTitle: "Auf der Seite ist etwas kaputtgegangen",
  brokenHint:
    "Alles, was als gespeichert angezeigt wurde, ist auf dem Server sicher. Bitte die Seite neu laden; wenn es wieder vorkommt, freuen wir uns über einen Hinweis.",
  unreachable: "Der Server ist nicht erreichbar. Bitte die Verbindung prüfen und es noch einmal versuchen.",
  unexpected: "Die Antwort des Servers war unerwartet. Bitte noch einmal versuchen.",
};

import type { transferText } from "../../transfer/text.ts";

export const transfer: typeof transferText = {
  unknownKind: "Lesen lassen sich Markdown (.md), Text (.txt), Webseiten (.html) und Word-Dateien (.docx).",
  oldWord:
    "Das ist eine alte Word-Datei (.doc). Bitte in Word öffnen, als .docx sichern und noch einmal versuchen.",
  tooLarge: (limit) => `Die Datei ist größer als ${limit}. Bitte teilen und die Teile importieren.`,
  tooLong: "Der Text ist zu lang für ein Dokument. Bitte die Datei teilen und die Teile importieren.",
  empty: "Die Datei ist leer.",
  brokenWord: "Die Datei konnte nicht gelesen werden: Sie ist beschädigt oder keine Word-Datei (.docx).",
  lockedWord:
    "Die Datei ist mit einem Passwort geschützt. Bitte in Word entfernen und noch einmal versuchen.",
  binary: "Die Datei konnte nicht gelesen werden: Sie enthält keinen Text.",
  unreadable:
    "Die Datei konnte nicht gelesen werden. Vielleicht wurde sie seit der Auswahl verschoben oder geändert.",
  leftPictures: (n) =>
    n === 1 ? "Ein Bild konnte nicht übernommen werden." : `${n} Bilder konnten nicht übernommen werden.`,
  leftFormulas: "Formeln aus Word konnten nicht übernommen werden.",
  leftComments: "Kommentare wurden weggelassen.",
  leftDrawings: "Zeichnungen und Diagramme konnten nicht übernommen werden.",
  partKept: (name) => `„${name}“ wurde importiert, aber nicht ganz`,
  exportMenu: "Exportieren",
  word: "Word (.docx)",
  pdf: "PDF oder Papier …",
  markdown: "Markdown",
  html: "Webseite (HTML)",
  plain: "Reiner Text",
  json: "JSON",
  history: "Mit dem ganzen Verlauf",
  preparing: (what) => `Wird vorbereitet: ${what}`,
  exported: (name) => `„${name}“ wurde heruntergeladen`,
  exportFailed: "Das Dokument konnte nicht exportiert werden",
  missingPictures: (n) =>
    n === 1
      ? "Ein Bild fehlt: Es konnte nicht geholt werden."
      : `${n} Bilder fehlen: Sie konnten nicht geholt werden.`,
  linkedPictures: (n) =>
    n === 1
      ? "Ein Bild ist zu groß und stattdessen verlinkt."
      : `${n} Bilder sind zu groß und stattdessen verlinkt.`,
  untitled: "Ohne Titel",
};

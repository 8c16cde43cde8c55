import type { importText } from "../../home/importing/text.ts";

export const imports: typeof importText = {
  button: "Import",
  hint: "Markdown, Text, HTML, Word (.docx) oder ein Dokument mit seinem ganzen Verlauf (.palimpsest)",
  drop: "Dateien hier ablegen, um Dokumente daraus zu machen",
  dropHint: "Markdown, Text, HTML, Word, ganze Verläufe",
  title: (count) => (count === 1 ? "Eine Datei wird importiert" : `${count} Dateien werden importiert`),
  finished: (done, failed) =>
    failed === 0
      ? done === 1
        ? "1 Datei ist importiert"
        : `${done} Dateien sind importiert`
      : `${done} importiert, ${failed} nicht`,
  waiting: "Wartet",
  reading: "Wird gelesen",
  sending: (sent) => `Wird gesendet, ${Math.floor(100 * sent)} %`,
  checking: "Wird auf dem Server gelesen und geprüft",
  open: (title) => `„${title}“ öffnen`,
  kind: "Dateien dieser Art lassen sich nicht importieren, sondern Markdown (.md), Text (.txt), Webseiten (.html), Word-Dateien (.docx) und ganze Verläufe (.palimpsest).",
  tooMany: (most) => `Auf einmal lassen sich nur ${most} Dateien importieren.`,
  close: "Liste der Importe schließen",
};

import { catalogue } from "../../i18n/catalogue.ts";

export const importText = catalogue("import", {
  button: "Import",
  hint: "Markdown, text, HTML, Word (.docx), or a document with its whole history (.palimpsest)",
  drop: "Drop files here to make documents of them",
  dropHint: "Markdown, text, HTML, Word, whole histories",
  title: (count: number) => (count === 1 ? "Importing a file" : `Importing ${count} files`),
  finished: (done: number, failed: number) =>
    failed === 0
      ? done === 1
        ? "1 file is imported"
        : `${done} files are imported`
      : `${done} imported, ${failed} not`,
  waiting: "Waiting",
  reading: "Being read",
  sending: (sent: number) => `Being sent, ${Math.floor(100 * sent)} %`,
  checking: "Being read and checked on the server",
  open: (title: string) => `Open “${title}”`,
  kind: "Files of this kind cannot be imported. Markdown (.md), text (.txt), web pages (.html), Word files (.docx) and whole histories (.palimpsest) can.",
  tooMany: (most: number) => `Only ${most} files can be imported at once.`,
  close: "Close the list of imports",
});

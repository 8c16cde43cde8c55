import { catalogue } from "../i18n/catalogue.ts";
export const offlineText = catalogue("offline", {
  newVersion: "A new version is available",
  newVersionHint: "Reload when it suits you. What you wrote stays.",
  reload: "Reload",
  asideTitle: "Some of your changes could not be sent",
  asideReasons: {
    gone: "The document they belong to does not exist any more, or you have lost access to it.",
    refused: "The server did not take them.",
    other: "Somebody else used this browser since.",
  },
  asideHint: (when: string) =>
    `The document is kept as it stood on this device ${when}, until you discard it.`,
  asideDownload: "Download as Markdown",
  asideDiscard: "Discard",
  asideDiscardTitle: "Discard these changes?",
  asideDiscardHint: "They are nowhere else. This cannot be undone.",
  asideDiscarded: "Discarded",
  asideFailed: "The changes could not be read. Reload the page and try again.",
  asideFile: (title: string) => `${title} (not sent)`,
});

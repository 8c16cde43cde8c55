import type { offlineText } from "../../offline/text.ts";

export const offline: typeof offlineText = {
  newVersion: "Es gibt eine neue Version",
  newVersionHint: "Bei Gelegenheit neu laden. Alles Geschriebene bleibt.",
  reload: "Neu laden",
  asideTitle: "Einige Änderungen konnten nicht gesendet werden",
  asideReasons: {
    gone: "Das Dokument, zu dem sie gehören, gibt es nicht mehr, oder der Zugang dazu ist verloren.",
    refused: "Der Server hat sie nicht angenommen.",
    other: "Seitdem hat jemand anderes diesen Browser benutzt.",
  },
  asideHint: (when) => `Das Dokument bleibt, wie es ${when} auf diesem Gerät stand, bis es verworfen wird.`,
  asideDownload: "Als Markdown herunterladen",
  asideDiscard: "Verwerfen",
  asideDiscardTitle: "Diese Änderungen verwerfen?",
  asideDiscardHint: "Es gibt sie nirgends sonst. Das lässt sich nicht rückgängig machen.",
  asideDiscarded: "Verworfen",
  asideFailed:
    "Die Änderungen konnten nicht gelesen werden. Bitte die Seite neu laden und es noch einmal versuchen.",
  asideFile: (title) => `${title} (nicht gesendet)`,
};

import type { clipboardText } from "../../editor/clipboard/text.ts";

export const clipboard: typeof clipboardText = {
  tooLarge: "Das ist zu viel, um es auf einmal einzufügen",
  tooLargeHint: "Nichts wurde geändert. Bitte in Teilen einfügen oder als eigenes Dokument importieren.",
  lostPictures: (n) =>
    n === 1 ? "Ein Bild konnte nicht mit eingefügt werden" : `${n} Bilder konnten nicht mit eingefügt werden`,
  lostPicturesHint:
    "Das andere Programm hat sie nicht herausgegeben. Bitte einzeln kopieren oder die Dateien hierher ziehen.",
  notLoaded: "Das konnte nicht eingefügt werden",
  notLoadedHint:
    "Ein Teil der Seite konnte nicht geladen werden. Bitte die Verbindung prüfen und noch einmal einfügen.",
  assetsFailed: "Die Bilder konnten nicht mitgebracht werden",
};

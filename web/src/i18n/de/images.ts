import type { imagesText } from "../../editor/images/text.ts";

export const images: typeof imagesText = {
  picture: "Bild",
  pictureHint: "Von diesem Gerät, bis 4.096 Pixel",
  pictureAliases: "bild foto image photo img screenshot bildschirmfoto",
  file: "Datei",
  fileHint: "Zum Herunterladen, bis 25 MB",
  fileAliases: "anhang datei attachment pdf dokument hochladen",
  preparing: "Wird vorbereitet",
  sending: (percent) => `${percent} %`,
  progress: (name) => `${name} wird hochgeladen`,
  unnamed: "Bild",
  waiting:
    "Keine Verbindung. Es bleibt hier und wird gesendet, sobald sie wieder da ist; bitte diese Seite offen lassen.",
  cancel: "Abbrechen",
  dismiss: "Entfernen",
  again: "Noch einmal versuchen",
  uploaded: (name) => `${name} wurde eingefügt`,
  failed: (name) => `${name} konnte nicht eingefügt werden`,
  bringing: (n) => (n === 1 ? "Das Bild wird mitgebracht …" : `${n} Bilder und Dateien werden mitgebracht …`),
  notBrought: (n) =>
    n === 1
      ? "Ein Bild oder eine Datei konnte nicht mitgebracht werden"
      : `${n} Bilder und Dateien konnten nicht mitgebracht werden`,
  notBroughtHint:
    "Vielleicht fehlt der Zugang zu ihrem Dokument, oder die Verbindung ist weg. Der Text ist da.",
  notDecoded:
    "Diese Datei lässt sich nicht als Bild lesen. Bitte als PNG oder JPEG sichern und noch einmal versuchen.",
  tooLarge: (most) => `Das ist zu groß: Höchstens ${most} MB lassen sich einfügen.`,
  figure: (alt) => (alt === "" ? "Bild ohne Beschreibung" : `Bild: ${alt}`),
  broken:
    "Dieses Bild kann nicht angezeigt werden. Vielleicht wurde es entfernt, oder die Verbindung ist weg.",
  external: (host) => `Ein Bild auf ${host}. Es zu laden verrät dieser Seite, dass der Text gelesen wird.`,
  load: (host) => `Bild von ${host} laden`,
  menu: "Bild",
  left: "Links",
  center: "In der Mitte",
  right: "Rechts",
  fit: "So breit wie der Text",
  alt: "Beschreibung",
  altTitle: "Bild beschreiben",
  altLabel: "Was zu sehen ist",
  altHint: "Wird denen vorgelesen, die es nicht sehen. Leer lassen, wenn es nur schmückt.",
  save: "Speichern",
  caption: "Bildunterschrift",
  captionPlaceholder: "Bildunterschrift schreiben",
  replace: "Ersetzen",
  download: "Herunterladen",
  open: "In voller Größe öffnen",
  remove: "Löschen",
  width: "Breite des Bildes",
  widthNow: (px) => `${px} Pixel`,
  fileLabel: (name, size) => `${name} herunterladen, ${size}`,
  fileUnnamed: "Datei",
  fileMissing: "Diese Datei hat keinen Inhalt mehr.",
};

import type { documentText } from "../../document/text.ts";

export const document: typeof documentText = {
  title: "Titel",
  titlePlaceholder: "Ohne Titel",
  tabTitle: (title) => `${title} – Palimpsest`,
  history: "Verlauf",
  outline: "Gliederung",
  more: "Weitere Aktionen",
  share: "Teilen",
  shareTitle: "Die Adresse ist die Einladung",
  shareHint:
    "Wer diese Adresse hat, kann hier lesen und schreiben, ohne Konto. Sie sollte nur bekommen, wer das darf.",
  address: "Adresse dieses Dokuments",
  copyLink: "Link kopieren",
  linkCopied: "Link kopiert",
  copyFailed: "Der Link konnte nicht kopiert werden. Bitte die Adresse auswählen und von Hand kopieren.",
  opening: "Das Dokument wird geöffnet",
  openingOffline:
    "Der Server ist nicht erreichbar, und auf diesem Gerät gibt es keine Kopie des Dokuments: Es wurde hier noch nie geöffnet. Es öffnet sich, sobald der Server antwortet.",
  openingProgress: (percent) => `Das Dokument wird geöffnet, ${percent} %`,
  goneTitle: "Dieses Dokument gibt es nicht",
  goneHint:
    "Es wurde gelöscht, oder die Adresse ist unvollständig. Wer sie geschickt hat, kann sie noch einmal schicken.",
  refusedTitle: "Dieser Tab ist nicht mehr verbunden",
  newVersion: "Es gibt eine neue Version",
  readOnly:
    "Dieses Dokument kann hier gelesen, aber nicht geändert werden: Die Adresse gibt nur das Recht zum Lesen.",
  offline: {
    kept: "Keine Verbindung. Es kann weitergeschrieben werden: Änderungen bleiben auf diesem Gerät und werden gesendet, sobald die Verbindung wieder da ist.",
    full: "Keine Verbindung, und auf diesem Gerät ist kein Platz mehr. Was jetzt geschrieben wird, geht mit dem Schließen der Seite verloren: bitte Platz schaffen oder die Seite offen lassen, bis die Verbindung wieder da ist.",
    unkept:
      "Keine Verbindung, und dieser Browser behält keine Kopie, wie in einem privaten Fenster. Was jetzt geschrieben wird, geht mit dem Schließen der Seite verloren: bitte offen lassen, bis die Verbindung wieder da ist.",
  },
  nextTry: (when) => `Nächster Versuch ${when}.`,
  inSeconds: (seconds) => (seconds <= 1 ? "in einer Sekunde" : `in ${seconds} s`),
  copyAll: "Text kopieren",
  textCopied: "Text kopiert",
  goHome: "Alle Dokumente",
  reload: "Neu laden",
  save: {
    opening: "Wird geöffnet …",
    saved: "Gespeichert",
    saving: "Wird gespeichert …",
    catchingUp: "Wird nachgeholt …",
    connecting: "Wird verbunden …",
    kept: "Auf diesem Gerät",
    readOnly: "Nur lesen",
    offline: "Offline",
    refused: "Nicht verbunden",
  },
  saveLong: {
    opening: "Das Dokument wird geöffnet",
    saved: "Alles ist gespeichert",
    saving: (n) =>
      n === 1 ? "Eine Änderung ist unterwegs zum Server" : `${n} Änderungen sind unterwegs zum Server`,
    catchingUp: "Was die anderen inzwischen geschrieben haben, wird geholt",
    offlineUnopened: "Offline – das Dokument konnte noch nicht geladen werden",
    offlineSaved: "Offline – alles Geschriebene ist gespeichert",
    connecting: "Die Verbindung zum Server wird aufgebaut – alles Geschriebene ist gespeichert",
    connectingUnsaved: "Die Verbindung zum Server wird aufgebaut, um das Geschriebene zu senden",
    kept: "Offline – die letzten Änderungen sind auf diesem Gerät und werden gesendet, sobald die Verbindung wieder da ist",
    offlineFull:
      "Offline – auf diesem Gerät ist kein Platz mehr: Die letzten Änderungen gehen mit dem Schließen der Seite verloren",
    offlineUnkept:
      "Offline – dieser Browser behält keine Kopie: Die letzten Änderungen gehen mit dem Schließen der Seite verloren",
    refusedSaved: "Nicht verbunden – alles Geschriebene ist gespeichert",
    refusedAside: "Nicht verbunden – die letzten Änderungen liegen auf diesem Gerät: bitte herunterladen",
    refusedKept: "Nicht verbunden – die letzten Änderungen sind nicht gesendet, aber auf diesem Gerät",
    refusedUnsaved:
      "Nicht verbunden – die letzten Änderungen sind nicht gespeichert. Bitte vor dem Verlassen kopieren",
    readOnly: "Hier wird nur gelesen. Nichts wartet darauf, gespeichert zu werden",
  },
  backOnline: "Die Verbindung ist wieder da",
  nowOffline: "Keine Verbindung.",
};

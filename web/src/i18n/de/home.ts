import type { homeText, trashText } from "../../home/text.ts";

export const home: typeof homeText = {
  heading: "Eigene Dokumente",
  settings: "Einstellungen",
  newDocument: "Neues Dokument",
  newFailed: "Das Dokument konnte nicht angelegt werden",
  fromTemplate: "Vorlagen",
  search: "Dokumente durchsuchen",
  searchHint: "Titel und Texte. / führt hierher.",
  clearSearch: "Suche leeren",
  results: (count, more) =>
    more
      ? `Mehr als ${count} Dokumente gefunden`
      : count === 1
        ? "1 Dokument gefunden"
        : `${count} Dokumente gefunden`,
  views: { recent: "Zuletzt", starred: "Mit Stern", trash: "Papierkorb" },
  viewsLabel: "Welche Dokumente zu sehen sind",
  sortLabel: "Reihenfolge",
  sorts: { opened: "Zuletzt geöffnet", changed: "Zuletzt geändert", title: "Titel", created: "Neueste" },
  list: "Dokumente",
  more: "Mehr anzeigen",
  loadingMore: "Weitere Dokumente werden geladen",
  emptyTitle: "Eine stille Seite wartet",
  emptyHint: "Zum Schreiben allein oder zu mehreren: Wer die Adresse bekommt, kann mitschreiben, ohne Konto.",
  emptyTemplates: "Oder beginnen mit",
  nothingFoundTitle: (query) => `Nichts gefunden zu „${query}“`,
  nothingFoundHint:
    "Jedes Wort muss im Titel oder im Text eines Dokuments stehen. Vielleicht helfen weniger Wörter oder der Anfang von einem.",
  emptyStarredTitle: "Noch keine Sterne",
  emptyStarredHint: "Einen Stern bekommt, was man wieder braucht: Es findet sich dann hier, auf jedem Gerät.",
  emptyTrashTitle: "Der Papierkorb ist leer",
  emptyTrashHint: "Was in den Papierkorb kommt, lässt sich 30 Tage lang von hier zurückholen.",
  trashHint: "Nach 30 Tagen im Papierkorb werden Dokumente endgültig gelöscht.",
  listFailed: "Die Dokumente konnten nicht aufgelistet werden",
  listPartial: "Der Server hat nicht geantwortet. Das sind die Dokumente, die dieser Browser kennt.",
  searchPartial:
    "Der Server hat nicht geantwortet. Durchsucht wurden nur die Titel, die dieser Browser kennt.",
  nothingRemembered: "Der Server hat nicht geantwortet, und dieser Browser kennt keine Dokumente.",
  loading: "Die Dokumente werden geladen",
  opened: (when) => `Geöffnet ${when}`,
  changed: (when) => `Geändert ${when}`,
  changedBy: (when, name) => `Geändert ${when} von ${name}`,
  created: (when) => `Angelegt ${when}`,
  ownedBy: (name) => `Dokument von ${name}`,
  ownedByOther: "Dokument von jemand anderem",
  trashed: (when) => `Hierher verschoben ${when}`,
  purgedIn: (days) =>
    days <= 1 ? "in weniger als einem Tag endgültig gelöscht" : `in ${days} Tagen endgültig gelöscht`,
  menu: (title) => `Aktionen für ${title}`,
  star: (title) => `${title} einen Stern geben`,
  unstar: (title) => `${title} den Stern nehmen`,
  actions: {
    openTab: "In neuem Tab öffnen",
    rename: "Umbenennen",
    duplicate: "Duplizieren",
    star: "Stern geben",
    unstar: "Stern nehmen",
    trash: "In den Papierkorb",
    leave: "Von der Liste nehmen",
    restore: "Zurückholen",
    purge: "Endgültig löschen",
  },
  renameTitle: "Dokument umbenennen",
  titleLabel: "Titel",
  purgeTitle: (title) => `„${title}“ endgültig löschen?`,
  purgeHint:
    "Sein Text, seine Bilder und sein ganzer Verlauf verschwinden, für alle. Das lässt sich nicht zurücknehmen.",
  purged: "Endgültig gelöscht",
  movedToTrash: (title) => `„${title}“ ist im Papierkorb`,
  undo: "Rückgängig",
  restored: (title) => `„${title}“ ist zurück`,
  openIt: "Öffnen",
  left: (title) => `„${title}“ ist von der Liste`,
  leftHint: "Seine Adresse führt weiterhin dorthin.",
  duplicating: "Die Kopie entsteht",
  duplicated: (title) => `„${title}“ ist angelegt`,
  failed: "Das hat nicht geklappt",
  keysHint:
    "Pfeiltasten gehen durch die Liste. Eingabe öffnet, F2 benennt um, S gibt einen Stern, Entf verschiebt in den Papierkorb.",
};

export const trash: typeof trashText = {
  title: "Dieses Dokument ist im Papierkorb",
  ownerHint:
    "Es lässt sich zurückholen, wie es war, mit seinem ganzen Verlauf. Nach 30 Tagen wird es endgültig gelöscht.",
  hint: "Wem es gehört, kann es zurückholen. Nach 30 Tagen im Papierkorb wird es endgültig gelöscht.",
  restore: "Zurückholen",
  restoring: "Wird zurückgeholt …",
  failed: "Es konnte nicht zurückgeholt werden",
};

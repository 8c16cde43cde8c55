import type { keepingText } from "../../history/keeping/text.ts";

const number = new Intl.NumberFormat("de-DE");
const list = new Intl.ListFormat("de-DE", { type: "conjunction" });

const characters = (n: number): string => `${number.format(n)} Zeichen`;
const counted = (n: number, one: string, many: string): string =>
  `${number.format(n)} ${n === 1 ? one : many}`;

export const keeping: typeof keepingText = {
  names: (names) =>
    names.length <= 3
      ? list.format(names)
      : `${names.slice(0, 2).join(", ")} und ${names.length - 2} weitere`,
  somebody: "jemand",

  restoreTitle: (moment) => `Auf ${moment} wiederherstellen?`,
  restore: "Wiederherstellen",
  putBack: "Zurückbringen",
  takeBack: "Zurücknehmen",
  undoPerson: "Diese Änderungen rückgängig machen",
  restoring: "Wird wiederhergestellt …",
  weighing: "Was sich ändern würde, wird ermittelt",
  weighFailed: "Was sich ändern würde, ließ sich nicht ermitteln",
  weighFailedHint: "Wiederherstellen geht trotzdem.",
  goes: "Fällt weg",
  comesBack: "Kommt zurück",
  nothingGoes: "Nichts geht verloren",
  nothingComes: "Nichts kommt zurück",
  goesText: (n, by) => (by === null ? characters(n) : `${characters(n)} von ${by}`),
  comesText: (n) => characters(n),
  titleChanges: (before, after) => `Der Titel ändert sich von „${before}“ zu „${after}“.`,
  noTextChanges:
    "Text fällt weder weg, noch kommt er zurück: Nur Formatierung oder Reihenfolge der Blöcke ändern sich.",
  sameAlready: "Das Dokument sieht schon so aus. Wiederherstellen ändert nichts.",
  promiseKept: "Der Text, wie er jetzt ist, wird zuerst als Version aufbewahrt.",
  promiseTyping: "Was ab jetzt jemand schreibt, bleibt, und dies lässt sich rückgängig machen.",
  partHint: "Nur dies wird wieder, wie es damals war. Alles darum herum bleibt, wie es jetzt ist.",
  changeHint:
    "Was diese Änderung gelöscht hat, kommt an seine Stelle zurück. Alles seither Geschriebene bleibt.",
  undoHint: "Dies nimmt genau diese Wiederherstellung zurück. Alles seither Geschriebene bleibt.",
  personHint: (name, inserted, deleted) => {
    const did = [
      ...(inserted > 0 ? [`${characters(inserted)} geschrieben`] : []),
      ...(deleted > 0 ? [`${characters(deleted)} gelöscht`] : []),
    ];
    const undone = [
      ...(inserted > 0 ? ["was davon noch da ist, fällt weg"] : []),
      ...(deleted > 0 ? ["was gelöscht wurde, kommt zurück"] : []),
    ];
    const facts =
      did.length === 0
        ? `${name} hat in dieser Zeit keinen Text geändert, aber seine Form: Sie wird wieder, wie sie war.`
        : `${name} hat in dieser Zeit ${list.format(did)}: ${undone.join(", und ")}.`;
    return `${facts} Was alle anderen geschrieben haben, bleibt, auch mittendrin.`;
  },

  restored: "Wiederhergestellt",
  restoredTo: (moment) => `Wiederhergestellt auf ${moment}`,
  partRestored: "Die Stelle ist zurück",
  personUndone: "Die Änderungen wurden rückgängig gemacht",
  undone: "Die Wiederherstellung wurde rückgängig gemacht",
  undo: "Rückgängig",
  unchanged: "Das Dokument sieht schon so aus",
  unchangedUndo: "Davon war nichts mehr übrig, was sich zurücknehmen ließe",
  unchangedPerson: "Von diesen Änderungen ist nichts mehr übrig",
  restoreFailed: "Es konnte nicht wiederhergestellt werden",
  undoFailed: "Es konnte nicht rückgängig gemacht werden",
  takeBackTitle: "Diese Wiederherstellung zurücknehmen?",
  undoPersonTitle: (name, when) => `Rückgängig machen, was ${name} getan hat (${when})?`,
  personUndoneSaid: (name) => `Was ${name} dort getan hat, wurde rückgängig gemacht`,

  nameTitle: "Diese Version benennen",
  nameAction: "Benennen",
  renameTitle: "Diese Version umbenennen",
  describeTitle: "Diese Version beschreiben",
  save: "Speichern",
  versionName: "Name",
  versionDescription: "Beschreibung",
  versionDescriptionHint: "Was an ihr besonders ist (freiwillig)",
  versionHint: "Eine benannte Version wird aufbewahrt und ist im Verlauf zu finden.",
  versionNamed: (name) => `Diese Version heißt jetzt „${name}“`,
  versionFailed: "Die Version konnte nicht benannt werden",
  versionEdited: (name) => `„${name}“ wurde geändert`,
  versionEditFailed: "Die Version konnte nicht geändert werden",
  unpinned: (name) => `„${name}“ ist keine benannte Version mehr`,
  unpinFailed: "Der Name konnte nicht gelöst werden",
  pinnedAgain: (name) => `„${name}“ ist wieder eine benannte Version`,

  copied: "Eine Kopie ist angelegt",
  copiedHint: "Sie ist ein eigenes Dokument: Was dort geschrieben wird, kommt nicht hierher.",
  openCopy: "Öffnen",
  copyFailed: "Die Kopie konnte nicht angelegt werden",
  linkCopied: "Link zu diesem Moment kopiert",
  linkFailed: "Der Link konnte nicht kopiert werden",

  makeCopy: "Kopie anlegen",
  replaceText: "Text aus einer Datei ersetzen …",
  replaceTitle: (file) => `Den Text durch „${file}“ ersetzen?`,
  replaceHint:
    "Alle sehen es sofort. Was in beiden gleich ist, bleibt, wie es ist, und der Text, wie er jetzt ist, wird zuerst als Version aufbewahrt.",
  replaceAction: "Ersetzen",
  replaced: (file) => `Der Text wurde durch „${file}“ ersetzt`,
  replacedSame: (file) => `Der Text ist derselbe wie in „${file}“`,
  replaceUndone: "Der Text von vorher ist zurück",
  replaceFailed: "Der Text konnte nicht ersetzt werden",

  verify: "Verlauf prüfen",
  verifyTitle: "Ist der Verlauf unversehrt?",
  verifying: "Jede Änderung wird noch einmal gelesen und mit ihrem Siegel verglichen …",
  verifyWhole: "Alles ist unversehrt",
  verifyDamaged: "Etwas ist beschädigt",
  verifyFailed: "Der Verlauf konnte nicht geprüft werden",
  checked: (edits, snapshots, versions) => {
    const read = [
      counted(edits, "Änderung", "Änderungen"),
      counted(snapshots, "Zwischenstand", "Zwischenstände"),
      counted(versions, "Version", "Versionen"),
    ];
    const there = read.filter((_, i) => i === 0 || [edits, snapshots, versions][i] !== 0);
    return `Geprüft: ${list.format(there)}.`;
  },

  rescuesTitle: (n) =>
    n === 1 ? "Bei einer Wiederherstellung aufbewahrt" : `${n} Stellen bei Wiederherstellungen aufbewahrt`,
  rescuesHint:
    "Geschrieben, während eine Wiederherstellung die Stelle wegnahm, an der es stand. Es ist nicht im Text.",
  rescueNoText: "Etwas ohne Worte",
  rescueNews: (names) =>
    `Etwas, das ${list.format(names)} während einer Wiederherstellung geschrieben hat, ist aufbewahrt`,
  rescueNewsHint: "Die Wiederherstellung nahm die Stelle weg, an der es geschrieben wurde.",
  show: "Zeigen",
  dismiss: "Verwerfen",
  rescuePutBack: (name) => `Was ${name} geschrieben hat, ist wieder im Text`,
  rescueThereAlready: "Es ist schon im Text",
  rescueFailed: "Es konnte nicht zurückgebracht werden",
  rescueDismissed: "Verworfen",
  dismissTitle: (name) => `Verwerfen, was ${name} geschrieben hat?`,
  dismissHint: "Es war nie im Text, und danach kann es niemand zurückbringen.",
  dismissFailed: "Es konnte nicht verworfen werden",
};

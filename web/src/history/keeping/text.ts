import { catalogue } from "../../i18n/catalogue.ts";
import { locale } from "../../i18n/language.ts";

const number = new Intl.NumberFormat(locale());
const list = new Intl.ListFormat(locale(), { type: "conjunction" });

const characters = (n: number): string => (n === 1 ? "1 character" : `${number.format(n)} characters`);

const count = (n: number, what: string): string => `${number.format(n)} ${n === 1 ? what : `${what}s`}`;

export const keepingText = catalogue("keeping", {
  names: (names: readonly string[]) =>
    names.length <= 3 ? list.format(names) : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`,
  somebody: "somebody",

  restoreTitle: (moment: string) => `Restore to ${moment}?`,
  restore: "Restore",
  putBack: "Put it back",
  takeBack: "Take it back",
  undoPerson: "Undo these changes",
  restoring: "Restoring…",
  weighing: "Working out what would change",
  weighFailed: "What would change could not be worked out",
  weighFailedHint: "It can be restored all the same.",
  goes: "Goes",
  comesBack: "Comes back",
  nothingGoes: "Nothing is lost",
  nothingComes: "Nothing comes back",
  goesText: (n: number, by: string | null) => (by === null ? characters(n) : `${characters(n)} by ${by}`),
  comesText: (n: number) => characters(n),
  titleChanges: (before: string, after: string) => `The title changes from “${before}” to “${after}”.`,
  noTextChanges: "No text goes or comes: only formatting or the order of blocks changes.",
  sameAlready: "The document already looks like that. Restoring to it changes nothing.",
  promiseKept: "The text as it is now is kept as a version first.",
  promiseTyping: "What anybody types from now on stays, and this can be undone.",
  partHint: "Only this comes back as it was then. Everything around it stays as it is now.",
  changeHint: "What this change deleted comes back where it stood. Everything written since stays.",
  undoHint: "This takes exactly that restore back. Everything written since it stays.",
  personHint: (name: string, inserted: number, deleted: number) => {
    const did = [
      ...(inserted > 0 ? [`wrote ${characters(inserted)}`] : []),
      ...(deleted > 0 ? [`deleted ${characters(deleted)}`] : []),
    ];
    const undone = [
      ...(inserted > 0 ? ["what is still there of it goes"] : []),
      ...(deleted > 0 ? ["what was deleted comes back"] : []),
    ];
    const facts =
      did.length === 0
        ? `${name} changed no text in this time, but its form: that becomes what it was.`
        : `${name} ${list.format(did)} in this time: ${list.format(undone)}.`;
    return `${facts} What everybody else wrote stays, also inside of it.`;
  },

  restored: "Restored",
  restoredTo: (moment: string) => `Restored to ${moment}`,
  partRestored: "The passage is back",
  personUndone: "The changes were undone",
  undone: "The restore was undone",
  undo: "Undo",
  unchanged: "The document already looks like that",
  unchangedUndo: "There was nothing left of it to take back",
  unchangedPerson: "Nothing of these changes is left to undo",
  restoreFailed: "It could not be restored",
  undoFailed: "It could not be undone",
  takeBackTitle: "Take this restore back?",
  undoPersonTitle: (name: string, when: string) => `Undo what ${name} did in ${when}?`,
  personUndoneSaid: (name: string) => `What ${name} did there was undone`,

  nameTitle: "Name this version",
  nameAction: "Name it",
  renameTitle: "Rename this version",
  describeTitle: "Describe this version",
  save: "Save",
  versionName: "Name",
  versionDescription: "Description",
  versionDescriptionHint: "What is special about it (optional)",
  versionHint: "A named version is kept and can be found in the history.",
  versionNamed: (name: string) => `This version is now called “${name}”`,
  versionFailed: "The version could not be named",
  versionEdited: (name: string) => `“${name}” was changed`,
  versionEditFailed: "The version could not be changed",
  unpinned: (name: string) => `“${name}” is no longer a named version`,
  unpinFailed: "The version could not be unpinned",
  pinnedAgain: (name: string) => `“${name}” is a named version again`,

  copied: "A copy was made",
  copiedHint: "It is a document of its own: what is written there does not come here.",
  openCopy: "Open it",
  copyFailed: "The copy could not be made",
  linkCopied: "Link to this moment copied",
  linkFailed: "The link could not be copied",

  makeCopy: "Make a copy",
  replaceText: "Replace the text from a file…",
  replaceTitle: (file: string) => `Replace the text with “${file}”?`,
  replaceHint:
    "Everybody sees it at once. Passages that are the same in both stay as they are, and the text as it is now is kept as a version first.",
  replaceAction: "Replace",
  replaced: (file: string) => `The text was replaced with “${file}”`,
  replacedSame: (file: string) => `The text is the same as in “${file}”`,
  replaceUndone: "The text from before is back",
  replaceFailed: "The text could not be replaced",

  verify: "Check the history",
  verifyTitle: "Is the history whole?",
  verifying: "Every edit is read again and compared with its seal…",
  verifyWhole: "Everything is whole",
  verifyDamaged: "Something is damaged",
  verifyFailed: "The history could not be checked",
  checked: (edits: number, snapshots: number, versions: number) => {
    const read = [count(edits, "edit"), count(snapshots, "snapshot"), count(versions, "version")];
    const there = read.filter((_, i) => i === 0 || [edits, snapshots, versions][i] !== 0);
    return `${list.format(there)} ${edits === 1 && there.length === 1 ? "was" : "were"} checked.`;
  },

  rescuesTitle: (n: number) => (n === 1 ? "Kept from a restore" : `${n} passages kept from restores`),
  rescuesHint: "Typed while a restore took away the place it was typed in. It is not in the text.",
  rescueNoText: "Something without words",
  rescueNews: (names: readonly string[]) =>
    `Something ${list.format(names)} typed while this was restored is kept`,
  rescueNewsHint: "The restore took away the place where it was being typed.",
  show: "Show",
  dismiss: "Dismiss",
  rescuePutBack: (name: string) => `What ${name} typed is in the text again`,
  rescueThereAlready: "It is in the text already",
  rescueFailed: "It could not be put back",
  rescueDismissed: "Dismissed",
  dismissTitle: (name: string) => `Dismiss what ${name} typed?`,
  dismissHint: "It was never in the text, and nobody can put it back afterwards.",
  dismissFailed: "It could not be dismissed",
});

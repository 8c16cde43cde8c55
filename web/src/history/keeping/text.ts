const number = new Intl.NumberFormat("en");
const list = new Intl.ListFormat("en", { type: "conjunction" });

const characters = (n: number): string => (n === 1 ? "1 character" : `${number.format(n)} characters`);

export const keepingText = {
  characters,
  number: (n: number) => number.format(n),
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
  weighFailedHint: "It can be restored all the same: the present is kept first.",
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
  personHint: (name: string) =>
    `What ${name} wrote in this time goes and what ${name} deleted comes back. What everybody else wrote stays, also inside of it.`,

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
} as const;

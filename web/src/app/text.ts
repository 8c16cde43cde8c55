import { catalogue } from "../i18n/catalogue.ts";
export const appText = catalogue("app", {
  product: "Palimpsest",
  home: "All documents",
  skip: "Skip to the text",
  cancel: "Cancel",
  /** As they stand on a keyboard. */
  keys: {
    Mod: "Ctrl",
    Shift: "Shift",
    Alt: "Alt",
    Enter: "Enter",
    Space: "Space",
    Delete: "Delete",
  } as Readonly<Record<string, string>>,
  close: "Close",
  tryAgain: "Try again",
  reload: "Reload",
  themeToDark: "Use the dark theme",
  themeToLight: "Use the light theme",
  untitled: "Untitled",
  justNow: "just now",
  notFoundTitle: "There is no page here",
  notFoundHint: "The address may have been mistyped, or the link may be incomplete.",
  newVersionTitle: "A new version is available",
  newVersionHint:
    "This page was loaded before an update and lacks a part of the new version. Reload it to go on.",
  brokenTitle: "Something in the page broke",
  brokenHint:
    "Everything that was marked as saved is safe on the server. Reload the page to go on; if it happens again, please report it.",
  unreachable: "The server cannot be reached. Check the connection and try again.",
  unexpected: "The server answered in an unexpected way. Please try again.",
});

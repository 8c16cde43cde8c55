import { catalogue } from "../../i18n/catalogue.ts";
export const clipboardText = catalogue("clipboard", {
  tooLarge: "That is too much to paste at once",
  tooLargeHint: "Nothing was changed. Paste it in parts, or import it as a document of its own.",
  lostPictures: (n: number) =>
    n === 1 ? "One picture could not be pasted along" : `${n} pictures could not be pasted along`,
  lostPicturesHint: "The other program did not hand them over. Copy each on its own, or drop the files here.",
  notLoaded: "That could not be pasted",
  notLoadedHint: "A part of the page could not be loaded. Check the connection and paste again.",
  assetsFailed: "The pictures could not be brought along",
});

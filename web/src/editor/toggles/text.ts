import { catalogue } from "../../i18n/catalogue.ts";

export const toggleText = catalogue("toggles", {
  open: "Open the toggle",
  close: "Close the toggle",
  summary: "Toggle",
  content: "What it holds",
});

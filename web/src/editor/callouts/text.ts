import { catalogue } from "../../i18n/catalogue.ts";

export const calloutText = catalogue("callouts", {
  note: "Note",
  tip: "Tip",
  important: "Important",
  warning: "Warning",
  caution: "Caution",
  kindOf: (name: string) => `Kind of callout: ${name}`,
  change: "Kind of callout",
});

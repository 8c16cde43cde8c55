import type { calloutText } from "../../editor/callouts/text.ts";

export const callouts: typeof calloutText = {
  note: "Hinweis",
  tip: "Tipp",
  important: "Wichtig",
  warning: "Warnung",
  caution: "Vorsicht",
  kindOf: (name) => `Art des Kastens: ${name}`,
  change: "Art des Kastens",
};

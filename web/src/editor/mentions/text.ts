import { catalogue } from "../../i18n/catalogue.ts";

export const mentionText = catalogue("mentions", {
  menu: "Mention somebody",
  empty: (query: string) =>
    query === "" ? "Nobody else has been here yet" : `Nobody here is called “${query}”`,
  present: "Here now",
  wrote: "Wrote here",
  you: (name: string) => `${name} (you)`,
});

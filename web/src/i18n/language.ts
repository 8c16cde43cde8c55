import { readStored, writeStored } from "../app/stored.ts";
import { translate } from "./catalogue.ts";

export type Language = {
  readonly tag: string;
  /** In the language itself: who looks for it reads that one. */
  readonly name: string;
  /** For dates and numbers. */
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly load: (() => Promise<Readonly<Record<string, object>>>) | null;
};

const english: Language = { tag: "en", name: "English", locale: "en-GB", direction: "ltr", load: null };

export const languages: readonly Language[] = [
  english,
  {
    tag: "de",
    name: "Deutsch",
    locale: "de-DE",
    direction: "ltr",
    load: async () => (await import("./de/catalogues.ts")).catalogues,
  },
];

const key = "palimpsest.language";

/** The first wanted language that there is: `de-AT` is served by `de`. */
export function bestLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    const found = languages.find((language) => language.tag === base);
    if (found !== undefined) return found;
  }
  return english;
}

let current = english;

/** The language of this page; it does not change while the page lives. */
export function currentLanguage(): Language {
  return current;
}

/** For `Intl`. */
export function locale(): string {
  return current.locale;
}

/** Loads the texts of the language that was chosen here, else of the browser's; English where they cannot be loaded. */
export async function prepareLanguage(): Promise<void> {
  const stored = readStored(key);
  const language = bestLanguage(typeof stored === "string" ? [stored] : navigator.languages);
  try {
    if (language.load !== null) translate(await language.load());
    current = language;
  } catch (cause) {
    console.warn(`The texts in ${language.name} could not be loaded`, cause);
  }
  document.documentElement.lang = current.tag;
  document.documentElement.dir = current.direction;
}

/** The page is loaded anew: texts are read once, when their modules are, and nothing typed is lost by it. */
export function chooseLanguage(tag: string): void {
  writeStored(key, tag);
  window.location.reload();
}

/** The shape another language must have: the same names, texts for texts and functions for functions. */
export type Texts<T> = {
  readonly [Name in keyof T]: T[Name] extends string
    ? string
    : T[Name] extends (...args: infer Args) => string
      ? (...args: Args) => string
      : Texts<T[Name]>;
};

type Tree = { readonly [name: string]: unknown };

const translations = new Map<string, Tree>();

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null;
}

function merged(english: Tree, translated: Tree): Tree {
  const texts: Record<string, unknown> = { ...english };
  for (const [name, text] of Object.entries(translated)) {
    const original = english[name];
    texts[name] = isTree(original) && isTree(text) ? merged(original, text) : text;
  }
  return texts;
}

/** Takes in a language's texts, by catalogue name. Catalogues read it once, so it comes before the modules that hold them. */
export function translate(catalogues: Readonly<Record<string, object>>): void {
  for (const [name, texts] of Object.entries(catalogues)) translations.set(name, texts as Tree);
}

/**
 * All texts of a part of the interface, in the language that was chosen when the page loaded; a text that a language lacks is
 * English.
 *
 * @param name unique; a language's own texts are found by it.
 */
export function catalogue<const T extends object>(name: string, english: T): Texts<T> {
  const translated = translations.get(name);
  return (translated === undefined ? english : merged(english as Tree, translated)) as Texts<T>;
}

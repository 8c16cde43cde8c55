/** So much of a document's text is searched, in UTF-16 units: enough for a book's first third. */
export const MAX_SEARCHED_TEXT = 200_000;
const MAX_TERMS = 12;

/** Around a hit. Text that is searched has no such characters. */
const FROM = "\u0002";
const TO = "\u0003";
/** A word's end, to the index, that people do not see. */
const BREAK = "\u200b";

// written without spaces: the index would take a whole sentence for one word
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Text in the form in which it is searched: well-formed, without control characters, with breaks where words cannot be told. */
export function searchable(text: string): string {
  return text
    .slice(0, MAX_SEARCHED_TEXT)
    .toWellFormed()
    .replaceAll(BREAK, "")
    .replace(/\p{Cc}/gu, (control) => (control === "\n" ? "\n" : " "))
    .replace(UNSPACED, `${BREAK}$&${BREAK}`)
    .replace(/\u200b{2,}/g, BREAK);
}

/**
 * What somebody typed, as an expression of FTS5: each word may be the beginning of one, "words in quotes" stand
 * together. Null when there is nothing in it that could be found.
 */
export function matchExpression(query: string): string | null {
  const terms: string[] = [];
  for (const [, phrase, word] of query.matchAll(/"([^"]*)"?|([^\s"]+)/gu)) {
    const tokens = tokensOf(phrase ?? word ?? "");
    if (tokens.length > 0) terms.push(`"${tokens.join(" ")}"${phrase === undefined ? "*" : ""}`);
  }
  return terms.length === 0 ? null : terms.slice(0, MAX_TERMS).join(" AND ");
}

function tokensOf(text: string): string[] {
  return searchable(text)
    .split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
    .filter((token) => /[\p{L}\p{N}\p{Co}]/u.test(token));
}

/** Text with the stretches [from, to) in it that were searched for, in UTF-16 units. */
export interface Marked {
  readonly text: string;
  readonly hits: readonly (readonly [number, number])[];
}

export const markers = { from: FROM, to: TO } as const;

/** What the index answers, with markers around the hits, as plain text on one line. */
export function readMarked(marked: string): Marked {
  let text = "";
  const hits: [number, number][] = [];
  for (const character of marked.replaceAll(BREAK, "").replace(/\s+/g, " ").trim()) {
    if (character === FROM) hits.push([text.length, text.length]);
    else if (character !== TO) text += character;
    const last = hits.at(-1);
    if (character === TO && last !== undefined) last[1] = text.length;
  }
  return { text, hits: joined(hits.filter(([from, to]) => to > from)) };
}

/** Signs of a language without spaces are a hit each. */
function joined(hits: readonly [number, number][]): [number, number][] {
  const all: [number, number][] = [];
  for (const [from, to] of hits) {
    const last = all.at(-1);
    if (last !== undefined && last[1] === from) last[1] = to;
    else all.push([from, to]);
  }
  return all;
}

/** Titles in the order of their keys are in the order in which people look for them: é beside e, 9 before 10, none last. */
export function titleKey(title: string): string {
  const key = title
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/\d+/g, (digits) => digits.padStart(12, "0"))
    .trim();
  return key === "" ? "\uffff" : key;
}

/** What is looked for. */
export type Query = {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeWord: boolean;
  readonly isPattern: boolean;
};

export type Compiled =
  | { readonly kind: "nothing" }
  | { readonly kind: "ready"; readonly source: string; readonly flags: string }
  /** `reason` is the browser's own sentence about what is wrong with the pattern. */
  | { readonly kind: "bad"; readonly reason: string };

const wordBefore = "(?<![\\p{L}\\p{N}_])";
const wordAfter = "(?![\\p{L}\\p{N}_])";

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll("-", "\\x2d");
}

/** The regular expression that finds it. */
export function compile(query: Query): Compiled {
  if (query.text === "") return { kind: "nothing" };
  const core = query.isPattern ? `(?:${query.text})` : escapePattern(query.text);
  const source = query.wholeWord ? `${wordBefore}${core}${wordAfter}` : core;
  const flags = query.matchCase ? "gmu" : "gimu";
  try {
    new RegExp(source, flags);
  } catch (error) {
    return {
      kind: "bad",
      reason: error instanceof Error ? error.message.replace(/^.*: /, "") : String(error),
    };
  }
  return { kind: "ready", source, flags };
}

/** A match in the text with the number `block`, in UTF-16 units. */
export type Match = { readonly block: number; readonly from: number; readonly to: number };

/** Beyond it nobody steps from one to the next, and marking them would cost more than it shows. */
export const MAX_MATCHES = 10_000;

/** Every match, in order; matches of nothing are left out. */
export function findMatches(texts: readonly string[], source: string, flags: string): readonly Match[] {
  const pattern = new RegExp(source, flags);
  const found: Match[] = [];
  for (const [block, text] of texts.entries()) {
    for (const match of text.matchAll(pattern)) {
      if (match[0] === "") continue;
      found.push({ block, from: match.index, to: match.index + match[0].length });
      if (found.length === MAX_MATCHES) return found;
    }
  }
  return found;
}

/**
 * What a match is replaced by: of a pattern, `$1` to `$99`, `$&` and `$<name>` stand for what it caught and `$$` for a dollar;
 * of plain text, nothing stands for anything else.
 */
export function replacementFor(
  query: Query,
  compiled: { readonly source: string; readonly flags: string },
  text: string,
  from: number,
  replacement: string,
): string {
  if (!query.isPattern) return replacement;
  const pattern = new RegExp(compiled.source, compiled.flags.replace("g", "y"));
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  if (match === null) return replacement;
  return replacement.replace(/\$(?:(\$)|(&)|<([^>]*)>|(\d{1,2}))/g, (sign, dollar, whole, name, number) => {
    if (dollar !== undefined) return "$";
    if (whole !== undefined) return match[0];
    if (name !== undefined) return match.groups?.[name] ?? "";
    const index = Number(number);
    return index >= 1 && index < match.length ? (match[index] ?? "") : sign;
  });
}

/** The match to go to first: the one at or after a place, else the first of all. −1 where there is none. */
export function firstFrom(starts: readonly number[], position: number): number {
  if (starts.length === 0) return -1;
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < position) low = middle + 1;
    else high = middle;
  }
  return low === starts.length ? 0 : low;
}

export type Emoji = {
  readonly unicode: string;
  readonly label: string;
  readonly group: number;
  /** What it is called between colons, the commonest first. */
  readonly codes: readonly string[];
  readonly tags: readonly string[];
};

/** What the data set says of one; only what is read of it. */
export type EmojiData = {
  readonly unicode: string;
  readonly hexcode: string;
  readonly label: string;
  readonly group?: number;
  readonly tags?: readonly string[];
};

/** Parts of others (skin tones, hair), which are no emoji of their own. */
const component = 2;

export function emojiFrom(
  data: readonly EmojiData[],
  codes: Readonly<Record<string, string | readonly string[]>>,
): readonly Emoji[] {
  return data
    .filter(({ group }) => group !== undefined && group !== component)
    .map(({ unicode, hexcode, label, group = component, tags = [] }) => {
      const named = codes[hexcode] ?? label.toLowerCase().replace(/[^a-z0-9]+/g, "_");
      return { unicode, label, group, tags, codes: typeof named === "string" ? [named] : named };
    });
}

function rank({ label, codes, tags }: Emoji, query: string, words: string): number | null {
  if (codes.includes(query)) return 0;
  if (codes.some((code) => code.startsWith(query))) return 1;
  const name = label.toLowerCase();
  if (name.startsWith(words)) return 2;
  if (tags.includes(words)) return 3;
  if (codes.some((code) => code.includes(`_${query}`)) || name.includes(` ${words}`)) return 4;
  return tags.some((tag) => tag.startsWith(words)) ? 5 : null;
}

/** Those that are called so, the likeliest first; those used before come first among equals. */
export function matchingEmoji(
  all: readonly Emoji[],
  typed: string,
  { recent = [], limit }: { readonly recent?: readonly string[]; readonly limit: number },
): readonly Emoji[] {
  const query = typed
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, "_");
  const words = query.replaceAll("_", " ");
  if (query === "") return all.slice(0, limit);
  return all
    .map((emoji) => ({ emoji, rank: rank(emoji, query, words) }))
    .filter((found): found is { emoji: Emoji; rank: number } => found.rank !== null)
    .sort((a, b) => {
      const used = Number(recent.includes(b.emoji.unicode)) - Number(recent.includes(a.emoji.unicode));
      return a.rank - b.rank || used;
    })
    .slice(0, limit)
    .map(({ emoji }) => emoji);
}

/** The emoji that is written ":code:", or null. */
export function emojiOfCode(all: readonly Emoji[], code: string): Emoji | null {
  return all.find(({ codes }) => codes.includes(code.toLowerCase())) ?? null;
}

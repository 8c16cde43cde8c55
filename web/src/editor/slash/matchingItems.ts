export type Searchable = {
  readonly label: string;
  readonly aliases: readonly string[];
  /** Shown only to those who ask for it. */
  readonly hidden?: boolean;
};

/** 0 is the best match; null is none. */
function rank({ label, aliases }: Searchable, query: string): number | null {
  const name = label.toLowerCase();
  if (name.startsWith(query)) return 0;
  if (aliases.some((alias) => alias === query)) return 1;
  if (aliases.some((alias) => alias.startsWith(query))) return 2;
  if (name.split(" ").some((word) => word.startsWith(query))) return 3;
  return query.length > 1 && name.includes(query) ? 4 : null;
}

/** What is meant by what was typed, the likeliest first; nothing typed means everything in its order. */
export function matchingItems<Item extends Searchable>(items: readonly Item[], typed: string): Item[] {
  const query = typed.trim().toLowerCase();
  if (query === "") return items.filter(({ hidden }) => hidden !== true);
  return items
    .map((item) => ({ item, rank: rank(item, query) }))
    .filter((found) => found.rank !== null)
    .sort((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ item }) => item);
}

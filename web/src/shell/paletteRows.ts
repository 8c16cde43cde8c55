import { matchingItems } from "../editor/slash/matchingItems.ts";
import { type Command, type CommandGroup, commandGroups } from "./commands.ts";

export type PaletteGroup = { readonly id: CommandGroup | "recent"; readonly commands: readonly Command[] };

const mostRecent = 3;

/**
 * What the palette lists: with nothing typed, what was used last and then everything in its order; else what is meant by what
 * was typed, the likeliest first, and among equals what was used last.
 *
 * @param recent ids, the last used first
 */
export function paletteGroups(
  commands: readonly Command[],
  query: string,
  recent: readonly string[],
): readonly PaletteGroup[] {
  const place = new Map(recent.map((id, index) => [id, index]));
  const placeOf = ({ id }: Command) => place.get(id) ?? Number.POSITIVE_INFINITY;
  const byUse = commands.toSorted((a, b) => (placeOf(a) === placeOf(b) ? 0 : placeOf(a) - placeOf(b)));
  const found = matchingItems(query.trim() === "" ? commands : byUse, query);
  const last =
    query.trim() === ""
      ? byUse.slice(0, mostRecent).filter((command) => placeOf(command) !== Number.POSITIVE_INFINITY)
      : [];
  const isLast = new Set(last.map(({ id }) => id));
  const groups = commandGroups.map((id) => ({
    id,
    commands: found.filter((command) => command.group === id && !isLast.has(command.id)),
  }));
  // With something typed, the group with the likeliest stands first.
  const first = query.trim() === "" ? undefined : found[0]?.group;
  const ordered = groups.toSorted((a, b) => Number(b.id === first) - Number(a.id === first));
  return [{ id: "recent" as const, commands: last }, ...ordered].filter(
    ({ commands: all }) => all.length > 0,
  );
}

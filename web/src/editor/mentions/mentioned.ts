export type Mentionable = {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly present: boolean;
  readonly own: boolean;
};

type Known = { readonly id: string; readonly name: string; readonly color: string };

/** Everybody who can be mentioned, once each: those who are here first, oneself last. */
export function mentionable(
  present: readonly Known[],
  authors: readonly Known[],
  own: string | null,
): readonly Mentionable[] {
  const people = new Map<string, Mentionable>();
  for (const { id, name, color } of authors)
    people.set(id, { id, name, color, present: false, own: id === own });
  // Who is here says now what they are called.
  for (const { id, name, color } of present)
    people.set(id, { id, name, color, present: true, own: id === own });
  const order = (person: Mentionable) => (person.own ? 2 : person.present ? 0 : 1);
  return [...people.values()].sort((a, b) => order(a) - order(b) || a.name.localeCompare(b.name));
}

const folded = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those with a word in their name that begins so; accents need not be typed. */
export function matchingPeople(people: readonly Mentionable[], typed: string): readonly Mentionable[] {
  const query = folded(typed.trim());
  if (query === "") return people;
  return people.filter(({ name }) => {
    const words = folded(name);
    return words.startsWith(query) || words.includes(` ${query}`);
  });
}

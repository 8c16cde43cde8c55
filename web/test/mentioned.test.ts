import { expect, test } from "vitest";
import { matchingPeople, mentionable } from "../src/editor/mentions/mentioned.ts";

const person = (id: string, name: string) => ({ id, name, color: "#2557c7" });
const people = mentionable(
  [person("1", "Ada Lovelace"), person("2", "Me")],
  [person("3", "Émile Zola"), person("1", "Ada, as she was called")],
  "2",
);

test("everybody once: who is here first, oneself last, by the name of now", () => {
  expect(people.map(({ name, present, own }) => [name, present, own])).toEqual([
    ["Ada Lovelace", true, false],
    ["Émile Zola", false, false],
    ["Me", true, true],
  ]);
});

test("any word of a name will do, and accents need not be typed", () => {
  const named = (query: string) => matchingPeople(people, query).map(({ name }) => name);
  expect(named("love")).toEqual(["Ada Lovelace"]);
  expect(named("emi")).toEqual(["Émile Zola"]);
  expect(named("ZOLA")).toEqual(["Émile Zola"]);
  expect(named("")).toHaveLength(3);
  expect(named("ov")).toEqual([]);
});

import { expect, test } from "vitest";
import type { Moment } from "../src/history/entries.ts";
import type { Passage } from "../src/history/past/authoredText.ts";
import { momentSaid, namesSaid, passageSaid, restoredSaid, sidesSaid } from "../src/history/past/sayings.ts";

const time = (day: number, hour: number, minute: number) => new Date(2026, 5, day, hour, minute).getTime();
const now = time(30, 12, 0);
const moment = (seq: number, at: number, name: string | null = null): Moment => ({
  key: `seq-${seq}`,
  seq,
  at,
  by: [],
  name,
});

test("the state before the first edit has no time", () => {
  expect(momentSaid(0, now)).toBe("The beginning");
  expect(momentSaid(null, now)).toBe("The beginning");
  expect(momentSaid("not a time", now)).toBe("The beginning");
});

test("the ends of a comparison are told apart with as few words as it takes", () => {
  const at = time(3, 14, 32);
  expect(sidesSaid(moment(1, at), moment(9, time(4, 15, 0)), now)).toEqual({
    from: "14:32, 3 June",
    to: "15:00, 4 June",
  });
  expect(sidesSaid(moment(1, at), moment(9, time(3, 15, 0)), now)).toEqual({
    from: "14:32",
    to: "15:00, 3 June",
  });
  expect(sidesSaid(moment(1, at), moment(1_204, at), now)).toEqual({ from: "edit 1", to: "edit 1,204" });
  expect(sidesSaid(moment(1, at, "Draft, 3 June"), moment(9, at), now).from).toBe("“Draft, 3 June”");
  expect(sidesSaid(moment(0, 0), moment(9, at), now)).toEqual({ from: "The beginning", to: "14:32, 3 June" });
});

test("a passage says who, from when to when, and who brought it back", () => {
  const passage: Passage = {
    n: 1,
    from: 0,
    to: 1,
    by: 0,
    at: new Date(time(3, 14, 32)).toISOString(),
    until: new Date(time(3, 14, 35)).toISOString(),
    restored: { by: 1, at: new Date(time(30, 9, 1)).toISOString() },
    excerpt: "",
  };
  const people = [
    { id: "a", name: "Ada", color: "#b4232c" },
    { id: "b", name: "Ben", color: "#2557c7" },
  ];
  expect(passageSaid(passage, people, now)).toBe("Ada, 14:32–14:35, 3 June");
  expect(restoredSaid(passage, people, now)).toBe("restored by Ben 09:01");
  const overnight = { ...passage, until: new Date(time(4, 1, 0)).toISOString(), restored: null };
  expect(passageSaid(overnight, people, now)).toBe("Ada, 14:32, 3 June – 01:00, 4 June");
  expect(restoredSaid(overnight, people, now)).toBeNull();
  expect(passageSaid({ ...passage, by: null, at: null }, people, now)).toBe("somebody");
});

test("many names are few words", () => {
  expect(namesSaid([])).toBe("");
  expect(namesSaid(["Ada", "Ben"])).toBe("Ada and Ben");
  expect(namesSaid(["Ada", "Ben", "Cleo", "Dora"])).toBe("Ada, Ben and 2 more");
});

import { Star } from "lucide-react";
import { expect, test } from "vitest";
import type { Command } from "../src/shell/commands.ts";
import { paletteGroups } from "../src/shell/paletteRows.ts";
import { withWidth } from "../src/shell/preferences.ts";
import { overlayAfterKey } from "../src/shell/shellKey.ts";

const command = (
  id: string,
  group: Command["group"],
  label: string,
  more: Partial<Command> = {},
): Command => ({
  id,
  group,
  label,
  aliases: [],
  Icon: Star,
  run: () => undefined,
  ...more,
});

const commands = [
  command("history", "page", "History"),
  command("find", "page", "Find"),
  command("home", "go", "All documents"),
  command("heading", "insert", "Heading 1", { hidden: true, aliases: ["h1"] }),
  command("help", "go", "Help"),
];

const shown = (query: string, recent: readonly string[] = []) =>
  paletteGroups(commands, query, recent).map(({ id, commands: all }) => [id, ...all.map((each) => each.id)]);

test("with nothing typed the palette lists what was used last, then the rest without what must be asked for", () => {
  expect(shown("")).toEqual([
    ["page", "history", "find"],
    ["go", "home", "help"],
  ]);
  expect(shown("", ["home", "gone", "find"])).toEqual([
    ["recent", "home", "find"],
    ["page", "history"],
    ["go", "help"],
  ]);
});

test("with something typed the likeliest group comes first, and among equals what was used last", () => {
  expect(shown("h")).toEqual([
    ["page", "history"],
    ["go", "help"],
    ["insert", "heading"],
  ]);
  expect(shown("he", ["heading"])[0]).toEqual(["insert", "heading"]);
  expect(shown("he", ["help"])[0]).toEqual(["go", "help"]);
  expect(shown("nothing like this")).toEqual([]);
});

const keys = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };
const free = { open: null, typing: false, taken: false };

test("Ctrl+K and Cmd+K open the palette and close it again, but not over another dialog", () => {
  expect(overlayAfterKey({ ...keys, key: "k", ctrlKey: true }, free)).toBe("palette");
  expect(overlayAfterKey({ ...keys, key: "K", metaKey: true }, { ...free, typing: true })).toBe("palette");
  expect(
    overlayAfterKey({ ...keys, key: "k", ctrlKey: true }, { ...free, open: "palette", taken: true }),
  ).toBeNull();
  expect(overlayAfterKey({ ...keys, key: "k", ctrlKey: true }, { ...free, taken: true })).toBeUndefined();
  expect(overlayAfterKey({ ...keys, key: "k", ctrlKey: true, shiftKey: true }, free)).toBeUndefined();
  expect(overlayAfterKey({ ...keys, key: "k" }, free)).toBeUndefined();
});

test("a question mark shows the keys, except where it is written", () => {
  expect(overlayAfterKey({ ...keys, key: "?", shiftKey: true }, free)).toBe("shortcuts");
  expect(overlayAfterKey({ ...keys, key: "?", shiftKey: true }, { ...free, typing: true })).toBeUndefined();
  expect(overlayAfterKey({ ...keys, key: "F1" }, { ...free, typing: true })).toBe("shortcuts");
  expect(overlayAfterKey({ ...keys, key: "F1" }, { ...free, open: "shortcuts", taken: true })).toBeNull();
});

test("a document's width is kept once, and not for more documents than can be opened", () => {
  expect(withWidth(["a", "b"], "b", true)).toEqual(["b", "a"]);
  expect(withWidth(["a", "b"], "a", false)).toEqual(["b"]);
  const many = Array.from({ length: 200 }, (_, n) => `d${n}`);
  expect(withWidth(many, "new", true)).toHaveLength(200);
});

import { expect, test } from "vitest";
import { shortTitle } from "../src/home/documents.ts";
import { focusAfterRemoval, listKey } from "../src/home/list/listKeys.ts";
import { rowFacts } from "../src/home/list/rowFacts.ts";
import { homeAddress, readQuestion } from "../src/home/question.ts";
import { fromRecent } from "../src/home/recents.ts";
import { searchTitles } from "../src/home/search/localSearch.ts";
import { markedPieces } from "../src/home/search/markedPieces.ts";
import { outlineOf } from "../src/home/templates/outline.ts";
import { templateIds, templateOf } from "../src/home/templates/templates.ts";

const pressed = (key: string, held: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test("arrow keys move through the list and out of it at its beginning", () => {
  expect(listKey(pressed("ArrowDown"), 0, 3)).toEqual({ do: "focus", index: 1 });
  expect(listKey(pressed("ArrowDown"), 2, 3)).toEqual({ do: "focus", index: 2 });
  expect(listKey(pressed("ArrowUp"), 2, 3)).toEqual({ do: "focus", index: 1 });
  expect(listKey(pressed("ArrowUp"), 0, 3)).toEqual({ do: "leave" });
  expect(listKey(pressed("End"), 0, 3)).toEqual({ do: "focus", index: 2 });
  expect(listKey(pressed("Home"), 2, 3)).toEqual({ do: "focus", index: 0 });
});

test("keys act on the row; with a key held they are the browser's", () => {
  expect(listKey(pressed("F2"), 1, 3)).toEqual({ do: "rename", index: 1 });
  expect(listKey(pressed("Delete"), 1, 3)).toEqual({ do: "remove", index: 1 });
  expect(listKey(pressed("s"), 1, 3)).toEqual({ do: "star", index: 1 });
  expect(listKey(pressed("s", { ctrlKey: true }), 1, 3)).toBeNull();
  expect(listKey(pressed("Delete", { shiftKey: true }), 1, 3)).toBeNull();
  expect(listKey(pressed("Enter"), 1, 3)).toBeNull();
});

test("the focus goes to the next row, to the one before the last, or out", () => {
  expect(focusAfterRemoval(0, 3)).toBe(1);
  expect(focusAfterRemoval(2, 3)).toBe(1);
  expect(focusAfterRemoval(0, 1)).toBeNull();
});

test("a text is cut at its hits, and put together it is the text", () => {
  const pieces = markedPieces("the big budget", [
    [4, 7],
    [8, 14],
  ]);
  expect(pieces.filter(({ isHit }) => isHit).map(({ text }) => text)).toEqual(["big", "budget"]);
  expect(pieces.map(({ text }) => text).join("")).toBe("the big budget");
  expect(markedPieces("abc", [])).toEqual([{ text: "abc", isHit: false }]);
  expect(markedPieces("abc", [[2, 9]]).map(({ text }) => text)).toEqual(["ab", "c"]);
  expect(markedPieces("abc", [[5, 9]])).toEqual([{ text: "abc", isHit: false }]);
  const overlapping = markedPieces("abcd", [
    [0, 3],
    [1, 4],
  ]);
  expect(overlapping.map(({ text }) => text).join("")).toBe("abcd");
});

test("titles are searched by the beginnings of words, whatever the accents", () => {
  const documents = ["Über den Budgetplan", "Plan", "Notizen"].map((title) =>
    fromRecent({ id: title, title, openedAt: "2026-06-03T10:00:00Z" }),
  );
  const found = (query: string) => searchTitles(documents, query).map(({ title }) => title);
  expect(found("uber")).toEqual(["Über den Budgetplan"]);
  expect(found("BUDG über")).toEqual(["Über den Budgetplan"]);
  expect(found("plan")).toEqual(["Plan"]);
  expect(found("  ")).toEqual([]);
  expect(found("!?")).toEqual([]);
  expect(searchTitles(documents, "den budg")[0]?.found?.title).toEqual([
    [5, 8],
    [9, 13],
  ]);
});

test("the question stands in the address, and what is usual does not", () => {
  expect(homeAddress({ view: "recent", sort: "opened", query: " " })).toBe("/");
  const question = { view: "starred", sort: "title", query: "a & b" } as const;
  const address = homeAddress(question);
  expect(readQuestion(new URL(address, "http://x").search)).toEqual(question);
  expect(readQuestion("?view=all&sort=no")).toEqual({ view: "recent", sort: "opened", query: "" });
});

const now = Date.parse("2026-06-03T12:00:00Z");
const mine = {
  ...fromRecent({ id: "a", title: "T", openedAt: "2026-06-03T10:00:00Z" }),
  updatedAt: "2026-06-03T11:00:00Z",
  createdAt: "2026-06-01T12:00:00Z",
  isOwner: true,
  owner: { id: "me", name: "Me" },
  changedBy: { id: "me", name: "Me" },
};

test("a row says first what the list is in order of, and others' names", () => {
  const facts = (sort: "opened" | "changed" | "title" | "created", change: object = {}) =>
    rowFacts({ ...mine, ...change }, { view: "recent", sort }, "me", now);
  expect(facts("opened")).toBe("You opened it 2 hours ago");
  expect(facts("changed")).toBe("Changed 1 hour ago");
  expect(facts("created")).toBe("Made 2 days ago");
  expect(facts("opened", { openedAt: null })).toBe("Changed 1 hour ago");
  const foreign = { isOwner: false, owner: { id: "b", name: "Ben" }, changedBy: { id: "b", name: "Ben" } };
  expect(facts("opened", foreign)).toBe("You opened it 2 hours ago · Changed 1 hour ago by Ben");
  expect(facts("changed", foreign)).toBe("Changed 1 hour ago by Ben");
  expect(facts("created", foreign)).toBe("Made 2 days ago · Ben’s document");
  const third = { ...foreign, changedBy: { id: "c", name: "Cleo" } };
  expect(facts("changed", third)).toBe("Changed 1 hour ago by Cleo · Ben’s document");
});

test("a long title is cut where it stands in a sentence", () => {
  expect(shortTitle({ title: "Plan" })).toBe("Plan");
  expect(shortTitle({ title: " " })).toBe("Untitled");
  expect([...shortTitle({ title: "😀".repeat(80) })]).toHaveLength(48);
});

test("in the trash a row says how long it can be brought back", () => {
  const trashed = { ...mine, deletedAt: "2026-06-02T12:00:00Z", purgedAt: "2026-07-02T12:00:00Z" };
  expect(rowFacts(trashed, { view: "trash", sort: "opened" }, "me", now)).toMatch(
    /^Moved here .* · deleted for good in 29 days$/,
  );
});

test("templates are what their pictures show, and fit a title", () => {
  for (const template of templateIds.map(templateOf)) {
    expect(template.title.length).toBeLessThan(60);
    const strokes = outlineOf(template.title, template.markdown);
    expect(strokes.length).toBeLessThan(10);
    expect(strokes.every(({ width }) => width > 0 && width <= 100)).toBe(true);
    expect(strokes.length > 4).toBe(template.id !== "blank");
  }
});

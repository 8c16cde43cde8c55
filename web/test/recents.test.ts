import { expect, test } from "vitest";
import type { ListedDocument } from "../src/home/documents.ts";
import { byOpened, fromRecent, unlistedRecents, withRecents } from "../src/home/recents.ts";

const listed: ListedDocument = {
  ...fromRecent({ id: "a", title: "Old title", openedAt: "" }),
  openedAt: null,
  updatedAt: "2026-06-03T10:00:00Z",
};

test("what this browser saw later than the server wins", () => {
  const recent = { id: "a", title: "New title", openedAt: "2026-06-03T10:00:05Z" };
  expect(withRecents([listed], [recent])[0]).toMatchObject({ title: "New title", openedAt: recent.openedAt });
});

test("what the server heard later than this browser wins", () => {
  const recent = { id: "a", title: "Older still", openedAt: "2026-06-03T09:00:00Z" };
  expect(withRecents([listed], [recent])[0]?.title).toBe("Old title");
});

test("a title in which something was found stays the one that was searched", () => {
  const recent = { id: "a", title: "New title", openedAt: "2026-06-03T10:00:05Z" };
  const found = { ...listed, found: { title: [[0, 3] as const], text: null } };
  expect(withRecents([found], [recent])[0]?.title).toBe("Old title");
});

test("what was opened last comes first; what was never opened stands where it was made", () => {
  const at = (id: string, openedAt: string | null, createdAt: string) => ({
    ...listed,
    id,
    openedAt,
    createdAt,
  });
  const documents = [
    at("old", "2026-06-01T10:00:00Z", "2026-05-01T10:00:00Z"),
    at("made", null, "2026-06-02T10:00:00Z"),
    at("new", "2026-06-03T10:00:00Z", "2026-05-01T10:00:00Z"),
  ];
  expect(byOpened(documents).map(({ id }) => id)).toEqual(["new", "made", "old"]);
});

test("what the server does not list is asked about only where it would stand in what is shown", () => {
  const shown = [{ ...listed, openedAt: "2026-06-02T10:00:00Z" }];
  const recents = [
    { id: "b", title: "Just made", openedAt: "2026-06-03T11:00:00Z" },
    { id: "a", title: "Listed", openedAt: "2026-06-03T11:00:00Z" },
    { id: "c", title: "Long ago", openedAt: "2026-06-01T11:00:00Z" },
  ];
  expect(unlistedRecents(shown, recents, true).map(({ id }) => id)).toEqual(["b"]);
  expect(unlistedRecents(shown, recents, false).map(({ id }) => id)).toEqual(["b", "c"]);
  expect(unlistedRecents([], recents, false)).toHaveLength(3);
});

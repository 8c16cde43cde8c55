import { expect, test } from "vitest";
import { withRecents } from "../src/home/recents.ts";

const listed = { id: "a", title: "Old title", updatedAt: "2026-06-03T10:00:00Z", openedAt: null };

test("what this browser saw later than the server wins", () => {
  const recent = { id: "a", title: "New title", openedAt: "2026-06-03T10:00:05Z" };
  expect(withRecents([listed], [recent])[0]?.title).toBe("New title");
});

test("what the server heard later than this browser wins", () => {
  const recent = { id: "a", title: "Older still", openedAt: "2026-06-03T09:00:00Z" };
  expect(withRecents([listed], [recent])[0]?.title).toBe("Old title");
});

test("a document the directory has not heard of yet is listed, newest first", () => {
  const recent = { id: "b", title: "Just made", openedAt: "2026-06-03T11:00:00Z" };
  expect(withRecents([listed], [recent]).map(({ id }) => id)).toEqual(["b", "a"]);
});

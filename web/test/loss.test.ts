import { expect, test } from "vitest";
import { type Comparison, lossOf } from "../src/history/keeping/loss.ts";

const comparison: Comparison = {
  people: [
    { id: "a", name: "Ada", color: "#2557c7" },
    { id: "b", name: "Ben", color: "#b4232c" },
    { id: "c", name: "Cleo", color: "#137333" },
  ],
  title: { before: "Plan", after: "Plan" },
  summary: {
    changes: 3,
    inserted: 300,
    deleted: 1_240,
    people: [
      { person: 0, inserted: 0, deleted: 240 },
      { person: 1, inserted: 300, deleted: 900 },
      { person: 2, inserted: 0, deleted: 0 },
      { person: null, inserted: 0, deleted: 100 },
    ],
  },
  content: {
    content: [
      { content: [{ text: "stays" }, { text: "short", change: { kind: "deleted" } }] },
      {
        content: [
          { text: "one ", change: { kind: "deleted" } },
          { text: "piece", change: { kind: "deleted" } },
          { text: "stays" },
          { text: "another", change: { kind: "deleted" } },
        ],
      },
      { content: [{ text: `${"word ".repeat(40)}end`, change: { kind: "deleted" } }] },
      { content: [{ content: [{ text: "comes", change: { kind: "inserted" } }] }] },
    ],
  },
};

test("what goes is counted with those who wrote it, who wrote most first; what comes back is counted", () => {
  expect(lossOf(comparison)).toEqual({
    kind: "change",
    goes: 1_240,
    by: ["Ben", "Ada", "somebody"],
    comesBack: 300,
    goesLike: [`${"word ".repeat(18).trim()}…`, "one piece … another"],
    comesLike: ["comes"],
    title: null,
  });
});

test("a comparison without changes is a restore that changes nothing, unless the title differs", () => {
  const same = { ...comparison, summary: { changes: 0, inserted: 0, deleted: 0, people: [] } };
  expect(lossOf(same)).toEqual({ kind: "same" });
  expect(lossOf({ ...same, title: { before: "Plan", after: "Plans" } })).toMatchObject({
    goes: 0,
    title: { before: "Plan", after: "Plans" },
  });
});

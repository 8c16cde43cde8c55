import { expect, test } from "vitest";
import { saveView } from "../src/document/saveView.ts";

const online = {
  status: "online",
  synced: true,
  everSynced: true,
  saved: true,
  pending: 0,
  role: "edit",
} as const;

test("[I20] nothing but an acknowledged state online is called saved", () => {
  expect(saveView(online).kind).toBe("saved");
  const others = [
    { ...online, saved: false, pending: 2 },
    { ...online, synced: false },
    { ...online, status: "offline" },
    { ...online, status: "connecting" },
    { ...online, status: "refused" },
    { ...online, everSynced: false, synced: false },
  ] as const;
  for (const state of others) expect(saveView(state).short).not.toBe("Saved");
});

test("offline says whether anything waits to be saved", () => {
  expect(saveView({ ...online, status: "offline", saved: false, pending: 1 }).long).toContain(
    "kept in this tab",
  );
  expect(saveView({ ...online, status: "offline" }).long).toContain("everything you wrote is saved");
});

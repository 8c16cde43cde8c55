import { expect, test } from "vitest";
import { saveView } from "../src/document/saveView.ts";

const online = {
  status: "online",
  synced: true,
  everSynced: true,
  saved: true,
  pending: 0,
  role: "edit",
  copy: "kept",
  failures: 0,
} as const;

const unsaved = { ...online, status: "offline", saved: false, pending: 1, failures: 1 } as const;

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

test("offline says whether anything waits to be saved, and whether it would survive the page", () => {
  expect(saveView(unsaved)).toMatchObject({ kind: "kept", saved: false, short: "Kept on this device" });
  expect(saveView(unsaved).long).toContain("kept on this device");
  expect(saveView({ ...unsaved, copy: "full" }).long).toContain("no room left");
  for (const copy of ["unavailable", "none", "opening"] as const) {
    expect(saveView({ ...unsaved, copy }).kind).toBe("offline");
    expect(saveView({ ...unsaved, copy }).long).toContain("lost if you close this page");
  }
  expect(saveView({ ...online, status: "offline" }).long).toContain("everything you wrote is saved");
});

test("a refusal says where what was not sent is", () => {
  const refused = { ...unsaved, status: "refused" } as const;
  expect(saveView(refused).long).toContain("kept on this device");
  expect(saveView({ ...refused, copy: "aside" }).long).toContain("put aside");
  expect(saveView({ ...refused, copy: "unavailable" }).long).toContain("Copy them");
  expect(saveView({ ...refused, saved: true }).long).toContain("everything you wrote is saved");
});

test("a page that was opened from the copy connects before anybody calls it offline", () => {
  const opened = { ...online, status: "connecting", synced: false } as const;
  expect(saveView(opened).kind).toBe("connecting");
  expect(saveView({ ...opened, failures: 1 }).kind).toBe("offline");
  expect(saveView({ ...opened, failures: 1, saved: false }).kind).toBe("kept");
});

import { expect, it } from "vitest";
import { nextSweep, SILENT_MS } from "../src/index.ts";
import { scenario } from "./harness.ts";

/** The times of the sweeps after an activity at 0, through `until`. */
function sweeps(until: number): number[] {
  const times: number[] = [];
  for (let now = 0; ; ) {
    now = nextSweep(0, now);
    if (now > until) return times;
    times.push(now);
  }
}

it("[RO59] ten quiet minutes have three sweeps, and an hour nine", () => {
  expect(sweeps(600_000)).toHaveLength(3);
  expect(sweeps(3_600_000)).toHaveLength(9);
});

it("[RO59] who falls silent soon after an activity is found within two minutes, and anybody within ten", () => {
  const times = sweeps(20_000_000);
  for (let last = 0; last < 10_000_000; last += 777) {
    const found = times.find((time) => time - last >= SILENT_MS) as number;
    const bound = last <= 45_000 ? 120_000 : last <= 125_000 ? 160_000 : 600_000;
    expect(found - last).toBeLessThanOrEqual(bound);
  }
});

it("[RO59] a sweep that comes late is followed by the next one after it", () => {
  expect(nextSweep(1_000, 1_000)).toBe(86_000);
  expect(nextSweep(1_000, 86_000)).toBe(126_000);
  expect(nextSweep(1_000, 500_000)).toBe(706_000);
  expect(nextSweep(1_000, 706_000)).toBe(1_206_000);
  expect(nextSweep(1_000, 9_000_000)).toBeGreaterThan(9_000_000);
});

scenario(
  "[RO58] who fell silent is gone: our client's socket is closed, a plain one is only not present",
  (room) => {
    const ada = room.open("ada").hello();
    room.open("bob").hello().present(2, 7);
    const carl = room.open("carl", { negotiated: false }).present(3, 4);
    ada.messages;
    room.dispatch({ kind: "sweep", silent: ["bob", "carl", "nobody"] as never[] });
    expect(ada.said).toEqual(["awareness 2:7 left", "awareness 3:4 left"]);
    expect(room.attachments.get("bob" as never)).toBeNull();
    room.dispatch({ kind: "sweep", silent: ["carl"] as never[] });
    expect(ada.said).toEqual([]);
    carl.present(3, 5);
    expect(ada.said).toEqual(["awareness 3:5 here"]);
    expect(room.open("eve").hello().said.at(-1)).toBe("awareness 3:5 here");
  },
);

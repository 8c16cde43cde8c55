import { expect, it } from "vitest";
import { billedRequests, costOfHour, type Usage } from "../src/cost.ts";

const nothing: Usage = {
  seconds: 3600,
  messages: 0,
  connections: 0,
  rowsWritten: 0,
  rowsRead: 0,
  activeSeconds: 0,
  storedBytes: 0,
};

it("bills twenty messages as one request", () => {
  expect(billedRequests(600)).toBe(30);
});

it.each<[Partial<Usage>, number]>([
  [{ messages: 20_000_000 }, 0.15],
  [{ connections: 1_000_000 }, 0.15],
  [{ rowsWritten: 1_000_000 }, 1],
  [{ rowsRead: 1_000_000 }, 0.001],
  [{ storedBytes: 1e9 }, 0.2],
  [{ activeSeconds: 3600 }, 0.00576],
])("asks for an hour of %j $%d", (usage, dollars) => {
  expect(costOfHour({ ...nothing, ...usage })).toBeCloseTo(dollars, 10);
});

it("scales what was counted in a shorter time to an hour, and connects only once", () => {
  const minute = {
    ...nothing,
    seconds: 60,
    messages: 400,
    connections: 3,
    rowsWritten: 400,
    activeSeconds: 1,
  };
  const hour = { ...minute, seconds: 3600, messages: 24_000, rowsWritten: 24_000, activeSeconds: 60 };
  expect(costOfHour(minute)).toBeCloseTo(costOfHour(hour), 12);
});

it("knows no cost where something was not counted", () => {
  expect(costOfHour({ ...nothing, rowsWritten: Number.NaN })).toBeNaN();
});

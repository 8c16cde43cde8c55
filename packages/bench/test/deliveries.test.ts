import { describe, expect, it } from "vitest";
import { Deliveries } from "../src/deliveries.ts";

const WRITER = 1;
const READER = 2;

describe("deliveries", () => {
  it("times each marked change once, alone or merged with others", () => {
    const deliveries = new Deliveries();
    const heard = deliveries.listener(READER);
    for (const clock of [0, 1, 2]) deliveries.mark(WRITER, clock, 1, clock * 10);
    heard(WRITER, 1, 5);
    heard(WRITER, 3, 26);
    heard(WRITER, 3, 90);
    expect(deliveries.samples).toEqual([5, 16, 6]);
    expect(deliveries.missing).toBe(0);
  });

  it("passes over changes from before the first mark", () => {
    const deliveries = new Deliveries();
    const heard = deliveries.listener(READER);
    deliveries.mark(WRITER, 40, 1, 100);
    heard(WRITER, 41, 104);
    expect(deliveries.samples).toEqual([4]);
  });

  it("counts a change for every receiver, and not for the writer who gets it back", () => {
    const deliveries = new Deliveries();
    const readers = [deliveries.listener(READER), deliveries.listener(3), deliveries.listener(WRITER)];
    deliveries.mark(WRITER, 0, 2, 0);
    for (const heard of readers) heard(WRITER, 1, 7);
    expect(deliveries.samples).toEqual([7, 7]);
    expect(deliveries.missing).toBe(0);
  });

  it("knows what is missing", () => {
    const deliveries = new Deliveries();
    deliveries.mark(WRITER, 0, 3, 0);
    deliveries.listener(READER)(WRITER, 1, 1);
    expect(deliveries.missing).toBe(2);
  });
});

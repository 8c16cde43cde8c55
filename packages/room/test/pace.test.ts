import type { UserId } from "@palimpsest/protocol";
import { expect, it } from "vitest";
import { Pace, paceLimits } from "../src/pace.ts";
import { TestRoom } from "./harness.ts";
import { Writer } from "./writer.ts";

const ada = "ada" as UserId;
const small = { messages: { burst: 3, perSecond: 2 }, bytes: { burst: 100, perSecond: 10 } };

it("[RO68] a burst is taken, then so much in a second; saved up is at most a burst", () => {
  const pace = new Pace(small);
  expect([1, 1, 1, 1].map((bytes) => pace.take(ada, bytes, 0))).toEqual([true, true, true, false]);
  expect(pace.take(ada, 1, 499)).toBe(false);
  expect(pace.take(ada, 1, 500)).toBe(true);
  expect(pace.take(ada, 1, 501)).toBe(false);
  expect([1, 1, 1, 1].map((bytes) => pace.take(ada, bytes, 1_000_000))).toEqual([true, true, true, false]);
  expect(pace.take("bob" as UserId, 100, 1_000_000)).toBe(true);
  expect(pace.take("bob" as UserId, 1, 1_000_000)).toBe(false);
  expect(pace.take("bob" as UserId, 1, 1_000_100)).toBe(true);
});

it("[RO68] a clock that goes back neither gives nor takes", () => {
  const pace = new Pace(small);
  for (let i = 0; i < 3; i++) pace.take(ada, 1, 10_000);
  expect(pace.take(ada, 1, 9_000)).toBe(false);
  expect(pace.take(ada, 1, 9_500)).toBe(true);
});

it("[RO68] who sends too much is sent away for a while, with all their tabs counted, and nobody else", () => {
  const room = new TestRoom(false, 0, 0, { pace: small });
  const [one, bob] = [room.open("ada").hello(), room.open("bob").hello()];
  const writer = new Writer(1);
  one.push(1, writer.type("a"));
  one.push(2, writer.type("b"));
  expect(one.push(3, writer.type("c")).said.at(-1)).toBe("closed 4330");
  expect(room.open("ada2").hello().said).toEqual(["closed 4330"]);
  expect(bob.push(1, new Writer(2).type("!")).said.at(-1)).toMatch(/^ack 1/);
  room.now += 1_000;
  const again = room.open("ada3").hello();
  expect(again.push(3, writer.updates.at(-1) as Uint8Array).said.at(-1)).toMatch(/^ack 3/);
  expect(room.frames()).toHaveLength(4);
});

it("[RO68] a book typed at full speed passes", () => {
  const pace = new Pace(paceLimits);
  let refused = 0;
  for (let i = 0; i < 260_000; i++) if (!pace.take(ada, 40, i / 30)) refused++;
  expect(refused).toBe(0);
});

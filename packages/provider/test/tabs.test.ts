import { expect, test } from "vitest";
import { meetTabs } from "../src/index.ts";

const next = <T>() => {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};

const nothing = Promise.resolve();

test("[PV71] what a tab says reaches the others of its channel, and not itself", async () => {
  const heard = next<unknown>();
  const own: unknown[] = [];
  const strange: unknown[] = [];
  const a = meetTabs("one", (message) => own.push(message));
  const b = meetTabs("one", heard.resolve);
  const c = meetTabs("two", (message) => strange.push(message));
  const word = { update: Uint8Array.of(1, 2), from: a.id };
  a.post(word);
  expect(await heard.promise).toEqual(word);
  expect([own, strange]).toEqual([[], []]);
  expect(new Set([a.id, b.id, c.id]).size).toBe(3);
  for (const tab of [a, b, c]) tab.close(nothing);
});

test.runIf(globalThis.navigator?.locks !== undefined)(
  "[PV72] a tab is open until its last write has ended, and others learn when it is gone",
  async () => {
    const a = meetTabs("x", () => undefined);
    const b = meetTabs("x", () => undefined);
    expect(await a.alive()).toContain(a.id);
    expect(await b.alive()).toEqual(new Set([a.id, b.id]));
    const gone = next<void>();
    let aliveThen: Promise<unknown> = nothing;
    b.whenGone(a.id, () => {
      aliveThen = b.alive();
      gone.resolve();
    });
    const last = next<void>();
    a.close(last.promise);
    expect(await b.alive()).toContain(a.id);
    last.resolve();
    await gone.promise;
    expect(await aliveThen).toEqual(new Set([b.id]));
    expect(await b.alive()).toEqual(new Set([b.id]));
    b.close(nothing);
  },
);

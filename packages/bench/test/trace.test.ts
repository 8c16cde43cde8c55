import { expect, it } from "vitest";
import * as Y from "yjs";
import { contentOf, firstText } from "../src/page.ts";
import { loadTrace, replay } from "../src/trace.ts";

const file = {
  startContent: "",
  endContent: "hallo",
  txns: [
    { patches: [[0, 0, "h"] as const] },
    { patches: [[1, 0, "e"] as const, [2, 0, "llo"] as const] },
    { patches: [[1, 1, "a"] as const] },
  ],
};

it("replays to the recorded end, one update for each edit", () => {
  const trace = replay(file, Number.POSITIVE_INFINITY);
  expect(trace.updates).toHaveLength(4);
  const doc = new Y.Doc();
  for (const update of [trace.opening, ...trace.updates]) Y.applyUpdate(doc, update);
  expect(firstText(doc)?.toString()).toBe("hallo");
  expect(Y.getState(doc.store, trace.clientId)).toBe(trace.end);
  const whole = new Y.Doc();
  Y.applyUpdate(whole, trace.state);
  expect(contentOf(whole)).toBe(contentOf(doc));
});

it("refuses a recording that does not lead to its end", () => {
  expect(() => replay({ ...file, endContent: "hello" }, Number.POSITIVE_INFINITY)).toThrow(/recorded end/);
});

it("takes as many edits as are asked for from the recording in this repository", () => {
  expect(loadTrace(500).updates).toHaveLength(500);
});

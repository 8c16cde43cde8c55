import { expect, test } from "vitest";
import { closeCodes, closeMeaning } from "../src/index.ts";

const rows = Object.entries(closeCodes).map(([code, row]) => ({ code: Number(code), ...row }));

test.each(rows)("[PR12] $code is $after", ({ code, after }) => {
  expect(after === "final").toBe(code >= 4400 && code < 4500);
  expect(code >= 4300 && code < 4500).toBe(true);
  expect(closeMeaning(code)).toBe(closeCodes[code as keyof typeof closeCodes]);
});

test("[PR12] every code there is: 44xx stops for good, nothing else does", () => {
  for (let code = 0; code <= 5000; code++) {
    const { after } = closeMeaning(code);
    if (code >= 4400 && code < 4500) expect(after, `${code}`).toBe("final");
    else expect(["retry", "renew"], `${code}`).toContain(after);
  }
});

test.each([4399, 4500, 1000, 1001, 1006, 1009, 1011, 1012, 3000, 4000, -1, Number.NaN])(
  "[PR12] %d is not ours and is retried",
  (code) => {
    expect(closeMeaning(code).after).toBe("retry");
  },
);

test.each(rows)(
  "[PR13] $code has one sentence, and asks something of the person only when it is final",
  (row) => {
    expect(row.sentence).toMatch(/^[A-Z].*\.$/);
    expect(row.sentence.length).toBeLessThan(160);
    if (row.after !== "final") expect(row.remedy).toBe("none");
    if (row.remedy === "reload") expect(row.sentence).toMatch(/reload/i);
  },
);

test("[PR13] no two codes say the same", () => {
  expect(new Set(rows.map(({ sentence }) => sentence)).size).toBe(rows.length);
});

import { expect, test } from "vitest";
import { trimAddress } from "../src/editor/Autolink.ts";

test("an address ends before the signs of the sentence around it, and keeps the brackets it opened", () => {
  expect(trimAddress("https://example.org/a.")).toBe("https://example.org/a");
  expect(trimAddress("https://example.org/a?b=c),")).toBe("https://example.org/a?b=c");
  expect(trimAddress("https://example.org/wiki/Tide_(sea)")).toBe("https://example.org/wiki/Tide_(sea)");
  expect(trimAddress("https://example.org/wiki/Tide_(sea)).")).toBe("https://example.org/wiki/Tide_(sea)");
  expect(trimAddress("https://example.org/…")).toBe("https://example.org/…");
});

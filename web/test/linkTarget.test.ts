import { expect, test } from "vitest";
import { linkTarget } from "../src/editor/linkTarget.ts";

test.each([
  ["https://example.org/a b", "https://example.org/a b"],
  ["example.org/path", "https://example.org/path"],
  ["localhost.test:8080/x", "https://localhost.test:8080/x"],
  ["ada@example.org", "mailto:ada@example.org"],
  ["mailto:ada@example.org", "mailto:ada@example.org"],
])("%s is completed", (typed, href) => {
  expect(linkTarget(typed)).toBe(href);
});

test.each([
  "javascript:alert(1)",
  "data:text/html,x",
  "JaVaScRiPt:x.y",
  "just words",
  "/path",
  "//host.org",
  "ftp://a.b",
  "",
])("%s is refused", (typed) => {
  expect(linkTarget(typed)).toBeNull();
});

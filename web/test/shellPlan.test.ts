import { expect, test } from "vitest";
import { answerTo, cacheName, outdatedCaches } from "../src/offline/shellPlan.ts";

const origin = "https://example.org";
const core = ["/", "/theme.js", "/assets/index-1.js"];

const answer = (path: string, { method = "GET", isNavigation = false } = {}) =>
  answerTo({ method, isNavigation, url: new URL(path, origin) }, origin, core).kind;

test("every address of the app is the one page", () => {
  for (const path of ["/", "/d/abc", "/d/abc?b=1#c", "/nowhere"])
    expect(answer(path, { isNavigation: true })).toBe("page");
});

test("what the server says is never kept, whatever asks for it", () => {
  for (const path of ["/api", "/api/session", "/api/documents/x/content?format=html", "/sync/x"])
    for (const isNavigation of [true, false]) expect(answer(path, { isNavigation })).toBe("network");
  expect(answer("/d/abc", { method: "POST", isNavigation: true })).toBe("network");
  expect(answer("https://elsewhere.org/assets/x.js")).toBe("network");
});

test("files of the build are kept, others are the network's", () => {
  expect(answer("/assets/index-1.js")).toBe("asset");
  expect(answer("/assets/unheard-of.woff2")).toBe("asset");
  expect(answer("/theme.js")).toBe("file");
  expect(answer("/sw.js")).toBe("network");
  expect(answer("/robots.txt", { isNavigation: true })).toBe("network");
});

test("the build before stays for the tabs that were open during an update; foreign caches are not touched", () => {
  const [a, b, c] = ["a", "b", "c"].map(cacheName) as [string, string, string];
  expect(outdatedCaches([a], "a")).toEqual([]);
  expect(outdatedCaches([a, b], "b")).toEqual([]);
  expect(outdatedCaches([a, "other", b, c], "c")).toEqual([a]);
});

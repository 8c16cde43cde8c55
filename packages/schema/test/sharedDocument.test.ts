import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkJSON, type JSONNode, jsonToMarkdown, markdownToJSON } from "../src/index.ts";

const source = readFileSync(new URL("../samples/shared-document.md", import.meta.url), "utf8");
const json = markdownToJSON(source);

function all(node: JSONNode, type: string): JSONNode[] {
  return [
    ...(node.type === type ? [node] : []),
    ...(node.content ?? []).flatMap((child) => all(child, type)),
  ];
}

function words(node: JSONNode): string {
  return node.text ?? (node.content ?? []).map(words).join("");
}

const prose = source.replace(/^```[\s\S]*?^```$/gm, "");
const lines = prose.split("\n");

test("the sample is a real article", () => {
  expect(new TextEncoder().encode(source).length).toBeGreaterThan(20_000);
  expect(checkJSON(json)).toEqual({ ok: true });
});

test("every heading arrives with its level", () => {
  const expected = lines.flatMap((line) => /^(#+) (.*)$/.exec(line)?.slice(1, 3).join(" ") ?? []);
  const found = all(json, "heading").map((node) => `${"#".repeat(Number(node.attrs?.level))} ${words(node)}`);
  expect(expected.length).toBeGreaterThan(15);
  expect(found).toEqual(expected);
});

test("every list item arrives", () => {
  const bullets = lines.filter((line) => /^\s*- (?!\[[ x]\])/.test(line)).length;
  const numbered = lines.filter((line) => /^\s*\d+\. /.test(line)).length;
  const tasks = lines.filter((line) => /^\s*- \[[ x]\] /.test(line)).length;
  expect(all(json, "listItem").length).toBe(bullets + numbered);
  expect(all(json, "taskItem").length).toBe(tasks);
  expect(all(json, "taskItem").filter((node) => node.attrs?.checked === true).length).toBe(4);
  expect(all(json, "orderedList").flatMap((list) => all(list, "orderedList").slice(1)).length).toBe(1);
});

test("every table cell arrives with its column's alignment", () => {
  const rows = lines.filter((line) => line.startsWith("|"));
  const rulers = rows.filter((line) => /^[|: -]+$/.test(line));
  const cells = rows.filter((line) => !rulers.includes(line)).map((line) => line.split("|").length - 2);
  expect(all(json, "table").length).toBe(rulers.length);
  const found = [...all(json, "tableHeader"), ...all(json, "tableCell")];
  expect(found.length).toBe(cells.reduce((sum, count) => sum + count, 0));
  expect(new Set(found.map((cell) => cell.attrs?.align))).toEqual(new Set(["left", "center", "right"]));
});

test("every code block arrives with its language, letter for letter", () => {
  const blocks = [...source.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].map((match) => [match[1], match[2]]);
  expect(all(json, "codeBlock").map((node) => [node.attrs?.language, words(node)])).toEqual(blocks);
  expect(new Set(blocks.map(([language]) => language)).size).toBeGreaterThanOrEqual(5);
});

test("callouts, toggles and formulas arrive", () => {
  expect(all(json, "callout").map((node) => node.attrs?.kind)).toEqual(["warning"]);
  expect(all(json, "detailsSummary").map(words)).toEqual(["Why not test all orders of a few messages?"]);
  expect(all(json, "inlineMath").map((node) => node.attrs?.latex)).toEqual(["n", "k", "2.6 \\cdot 10^{18}"]);
  expect(all(json, "blockMath").map((node) => node.attrs?.latex)).toEqual(["(n!)^k"]);
});

test("every link arrives", () => {
  const links = all(json, "text").flatMap((node) => node.marks?.filter((mark) => mark.type === "link") ?? []);
  expect(links.map((mark) => mark.attrs)).toEqual([
    { href: "https://crdt.tech" },
    { href: "https://docs.yjs.dev/" },
    { href: "https://www.inkandswitch.com/essay/local-first/", title: "Ink & Switch, 2019" },
  ]);
});

test("export and import again change nothing", () => {
  const exported = jsonToMarkdown(json);
  expect(markdownToJSON(exported)).toEqual(json);
  expect(jsonToMarkdown(markdownToJSON(exported))).toBe(exported);
});

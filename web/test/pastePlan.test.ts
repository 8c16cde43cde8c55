import { expect, test } from "vitest";
import { MAX_TEXT, type OnClipboard, type PastePlace, pastePlan } from "../src/editor/clipboard/pastePlan.ts";

const plan = (on: Partial<OnClipboard>, place: Partial<PastePlace> = {}) =>
  pastePlan(
    { text: "", html: "", vscode: "", files: 0, ...on },
    { inCode: false, onWords: false, plain: false, ...place },
  );
const vscode = (mode: string) => JSON.stringify({ version: 1, isFromEmptySelection: false, mode });

test("files belong to others, unless what lies beside them has words", () => {
  expect(plan({ files: 1 })).toEqual({ kind: "none" });
  const picture = '<meta charset="utf-8"><!--StartFragment--><img src="https://example.org/a.png" alt="a">';
  expect(plan({ files: 1, html: picture })).toEqual({ kind: "none" });
  const sheet = "<style>td {color: red}</style><table><tr><td>4</td></tr></table>";
  expect(plan({ files: 1, html: sheet, text: "4" })).toEqual({ kind: "html" });
});

test("into code and without formatting words come as they are", () => {
  expect(plan({ text: "# x", html: "<h1>x</h1>" }, { inCode: true })).toEqual({ kind: "plain" });
  expect(plan({ text: "# x\n- y" }, { plain: true })).toEqual({ kind: "plain" });
});

test("an address over words links them, but only one that may be linked", () => {
  const on = { onWords: true };
  expect(plan({ text: " https://example.org/a \n" }, on)).toEqual({
    kind: "link",
    href: "https://example.org/a",
  });
  expect(plan({ text: "mailto:ada@example.org" }, on).kind).toBe("link");
  expect(plan({ text: "javascript:alert(1)" }, on).kind).toBe("text");
  expect(plan({ text: "https://example.org/a b" }, on).kind).toBe("text");
  expect(plan({ text: "https://example.org/a" }).kind).toBe("text");
  const named = '<a href="https://example.org/a">Example</a>';
  expect(plan({ text: "https://example.org/a", html: named }, on).kind).toBe("link");
});

test("code from VS Code is a block, within a line code, and Markdown from there is Markdown", () => {
  expect(plan({ text: "a();\r\nb();\r\n", html: "<div>…</div>", vscode: vscode("typescript") })).toEqual({
    kind: "code",
    text: "a();\nb();",
    language: "typescript",
  });
  expect(plan({ text: "a()", html: "<div>a()</div>", vscode: vscode("typescript") })).toEqual({
    kind: "code-in-line",
    text: "a()",
  });
  expect(plan({ text: "# x\n\n- y\n- z", html: "<div>#…</div>", vscode: vscode("markdown") }).kind).toBe(
    "markdown",
  );
  expect(plan({ text: "a\nb", html: "<div>a</div>", vscode: vscode("plaintext") }).kind).toBe("text");
});

test("[S13] what pretends to be VS Code's is not believed", () => {
  for (const said of ["{", "null", '{"mode":7}', '{"mode":"x\\" onload=\\"y"}', '{"mode":"__proto__ x"}'])
    expect(plan({ text: "a\nb", vscode: said })).toEqual({ kind: "text" });
});

test("text with HTML beside it is read from that, else by its signs", () => {
  expect(plan({ text: "# x\n- y", html: "<p># x</p>" })).toEqual({ kind: "html" });
  expect(plan({ text: "# x\r\n\r\n- y" })).toEqual({ kind: "markdown", text: "# x\n\n- y" });
  expect(plan({ text: "x\ny" })).toEqual({ kind: "text" });
});

test("what no document holds is refused before it is read", () => {
  expect(plan({ text: "a".repeat(MAX_TEXT + 1) })).toEqual({ kind: "too-large" });
  expect(plan({ text: "a".repeat(MAX_TEXT) }).kind).toBe("text");
});

import { expect, test } from "vitest";
import { looksLikeMarkdown } from "../src/editor/clipboard/looksLikeMarkdown.ts";

const yes: Readonly<Record<string, string>> = {
  "a heading and text": "# Title\n\nText.",
  "one heading": "## Part two",
  "a list": "- milk\n- bread",
  "a numbered list under a sentence": "To do:\n1. wash\n2. dry",
  tasks: "- [ ] open\n- [x] done",
  "one task": "- [ ] open",
  "a table": "| a | b |\n| --- | --- |\n| 1 | 2 |",
  "a fence": "Run:\n```sh\nnpm i\n```",
  "a fence around what is no Markdown": "```\n# a comment\nx = 1;\n```",
  "a link": "see [the docs](https://example.org/a_b) for more",
  "a picture": "![A boat](https://example.org/boat.png)",
  "bold words": "this is **very** good",
  "struck words": "this is ~~bad~~ good",
  "code in a line": "run `npm i` first",
  "an answer of an assistant":
    "Sure! Here is a plan:\n\n### Step 1\n\n* **Pack** the bag\n* Leave\n\nGood luck!",
  "a quote and an answer": "> When?\n> Where?\n\nTomorrow, here.",
  "a readme with code": "# tool\n\nInstall:\n\n```\nnpm i tool\n```\n\n- fast\n- small\n",
  "a list with addresses": "- https://example.org/a\n- https://example.org/b",
};

const no: Readonly<Record<string, string>> = {
  nothing: "",
  "a sentence": "It is 3 * 4 * 5 metres, 7_000_000 mm_long.",
  sentences: "First line.\nSecond line.\n\nThird.",
  "a hashtag": "#tide is high",
  "a telephone number": "+49 30 1234567",
  "a spoken line": "- Come in, she said.",
  "an enumeration of one": "1. We agree.",
  "an address": "https://example.org/a_b_c",
  "a shell script": "#!/bin/sh\n# build it\nnpm i\n# done",
  "settings with comments": "# the port\nport = 8080\n# the host\nhost = localhost",
  "a program with comments": "# add\ndef add(a, b):\n    return a + b\n# end",
  yaml: "name: build\non: push\njobs:\n  test:\n    runs-on: ubuntu\n    steps:\n      - uses: checkout\n      - run: npm test",
  json: '{\n  "a": [1, 2],\n  "b": "**x**"\n}',
  "a page's source": "<html>\n<body>\n# x\n</body>\n</html>",
  "a difference":
    "diff --git a/x b/x\nindex 1234567..89abcde 100644\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n- a\n- b",
  "a trace": "Error: no\n    at run (main.js:3:7)\n    at go (main.js:9:1)",
  "a report": "2026-03-01T10:15:00 start\n2026-03-01T10:15:02 `done`",
  "numbers between tabs": "a\tb\n1\t2",
  "a rule between parts": "Part one\n---\nPart two",
  "C preprocessor": '#include "x.h"\nint main(void) {\n  return 0;\n}',
  "a row of stars": "***",
  "a formula": "a*b*c + d*e",
  "dunder names": "__init__ and __main__",
};

for (const [what, text] of Object.entries(yes))
  test(`${what} is read as Markdown`, () => expect(looksLikeMarkdown(text)).toBe(true));
for (const [what, text] of Object.entries(no))
  test(`${what} stays as it is`, () => expect(looksLikeMarkdown(text)).toBe(false));

test("a long text is judged by its beginning", () => {
  expect(looksLikeMarkdown(`${"word ".repeat(60_000)}\n# late`)).toBe(false);
});

for (const sign of ["[", "[a](", "**", " **", "`", "~~", "# ", "- ", "|", ">", "```\n", "a: ", "\n", "<!--"])
  test(`of ${JSON.stringify(sign)} alone any length is judged`, () => {
    expect(typeof looksLikeMarkdown(sign.repeat(200_000))).toBe("boolean");
    expect(typeof looksLikeMarkdown(`x ${sign.repeat(200_000)}`)).toBe("boolean");
  });

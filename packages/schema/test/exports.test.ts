import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkJSON,
  documentSchema,
  isSafeHref,
  type JSONNode,
  jsonToHTML,
  jsonToMarkdown,
  jsonToText,
  markdownToJSON,
} from "../src/index.ts";
import { arbitraryWhole } from "./arbitraryDocument.ts";

const doc = (...content: JSONNode[]): JSONNode => ({ type: "doc", content });

test("HTML and text say what the document says", () => {
  const json = markdownToJSON(
    "# A *b*\n\n1. one\n2. [x](https://a.b)\n   - [x] done\n\n> q\n\n```ts\na < b\n```\n\n| a |\n| --: |\n| b |\n\n---",
  );
  expect(jsonToHTML(json)).toBe(
    '<h1>A <em>b</em></h1><ol><li><p>one</p></li><li><p><a href="https://a.b" rel="noopener noreferrer nofollow">x</a></p>' +
      '<ul data-type="taskList"><li data-type="taskItem" data-checked="true"><label><input type="checkbox" checked><span></span></label>' +
      '<div><p>done</p></div></li></ul></li></ol><blockquote><p>q</p></blockquote><pre><code class="language-ts">a &lt; b</code></pre>' +
      '<table><tbody><tr><th style="text-align: right"><p>a</p></th></tr><tr><td style="text-align: right"><p>b</p></td></tr></tbody></table><hr>',
  );
  expect(jsonToText(json)).toBe("A b\n\n1. one\n2. x\n   [x] done\n\n> q\n\na < b\n\na\nb\n\n---");
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  " javascript:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>alert(1)</script>",
  "vbscript:x",
  "file:///etc/passwd",
  "//evil.example",
  "/relative",
  "https:evil",
  "https://",
  "https://a\tb",
  `https://a/${"x".repeat(5000)}`,
  "",
])("[S12] %j is no link in any export", (href) => {
  expect(isSafeHref(href)).toBe(false);
  const json = doc({
    type: "paragraph",
    content: [{ type: "text", text: "t", marks: [{ type: "link", attrs: { href } }] }],
  });
  expect(jsonToHTML(json)).toBe("<p>t</p>");
  expect(jsonToMarkdown(json)).toBe("t\n");
});

test("[S12] nothing a stored value holds gets out of its place", () => {
  const evil = '"><script>alert(1)</script><p style="';
  const html = jsonToHTML(
    doc(
      {
        type: "heading",
        attrs: { level: evil, textAlign: `left; background: url(//evil)${evil}` },
        content: [{ type: "text", text: evil }],
      },
      {
        type: "codeBlock",
        attrs: { language: evil.replaceAll(" ", "") },
        content: [{ type: "text", text: evil }],
      },
      { type: "orderedList", attrs: { start: evil, type: evil }, content: [] },
      {
        type: "table",
        content: [
          { type: "tableRow", content: [{ type: "tableCell", attrs: { colspan: evil, align: evil } }] },
        ],
      },
      {
        type: "paragraph",
        content: [
          {
            type: "text",
            text: "x",
            marks: [{ type: "link", attrs: { href: `https://a.b/${evil}`, title: evil, class: evil } }],
          },
        ],
      },
      {
        type: evil,
        content: [
          {
            type: "text",
            text: "kept",
            marks: [{ type: evil }, { type: "__proto__" }, { type: "toString" }],
          },
        ],
      },
    ),
  );
  expect(html).not.toContain("<script");
  expect(html).not.toContain("background");
  expect(html).toContain("<p>kept</p>");
  expect(html.replace(/"[^"]*"/g, '""')).toBe(
    "<h1>&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p style=&quot;</h1>" +
      '<pre><code class="">&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;p style=&quot;</code></pre>' +
      '<ol></ol><table><tbody><tr><td></td></tr></tbody></table><p><a href="" title="" rel="">x</a></p><p>kept</p>',
  );
});

test("[S12] the editor's own rendering of hostile attributes is harmless too", () => {
  const { nodes, marks } = documentSchema();
  const hostile = marks.link?.create({ href: "javascript:alert(1)" });
  expect(hostile && marks.link?.spec.toDOM?.(hostile, true)).toEqual([
    "a",
    { rel: "noopener noreferrer nofollow" },
    0,
  ]);
  const styled = nodes.paragraph?.create({ textAlign: "left; background: url(//evil)" });
  expect(styled && nodes.paragraph?.spec.toDOM?.(styled)).toEqual(["p", { dir: "auto" }, 0]);
});

test("a newer schema's nodes and marks leave their text", () => {
  const json = doc(
    {
      type: "panel",
      content: [
        {
          type: "paragraph",
          content: [
            { type: "text", text: "a", marks: [{ type: "glow" }] },
            { type: "text", text: "b" },
          ],
        },
      ],
    },
    {
      type: "paragraph",
      content: [
        { type: "text", text: "c " },
        { type: "badge", content: [{ type: "text", text: "@d" }] },
      ],
    },
    { type: "video" },
  );
  expect(jsonToMarkdown(json)).toBe("ab\n\nc @d\n");
  expect(jsonToHTML(json)).toBe("<p>ab</p><p>c @d</p>");
  expect(jsonToText(json)).toContain("ab\n\nc @d");
  expect(checkJSON(json).ok).toBe(false);
});

test("nothing that is not a document makes an export throw or passes the check", () => {
  let deep: JSONNode = { type: "paragraph", content: [{ type: "text", text: "x" }] };
  for (let depth = 0; depth < 50_000; depth++) deep = { type: "blockquote", content: [deep] };
  const hostile: unknown[] = [
    null,
    undefined,
    7,
    "x",
    [],
    {},
    { type: 7 },
    { type: "doc", content: 7 },
    doc(deep),
    {
      type: "doc",
      content: [
        null,
        7,
        [],
        { type: "text" },
        { type: "text", text: "" },
        { type: "paragraph", marks: 7, attrs: [] },
      ],
    },
    doc({ type: "paragraph", attrs: { toString: 1 } }),
    doc({ type: "taskList", content: [{ type: "taskItem" }, { type: "paragraph" }] }),
    doc({
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [{ type: "tableCell", attrs: { colspan: 1e9 }, content: [{ type: "paragraph" }] }],
        },
      ],
    }),
    new Proxy(
      {},
      {
        get() {
          throw new Error("trap");
        },
      },
    ),
  ];
  for (const value of hostile) expect(checkJSON(value).ok).toBe(false);
  for (const value of hostile.slice(0, -1)) {
    for (const write of [jsonToMarkdown, jsonToHTML, jsonToText]) expect(typeof write(value)).toBe("string");
    expect(checkJSON(markdownToJSON(jsonToMarkdown(value))).ok).toBe(true);
  }
  fc.assert(
    fc.property(fc.anything(), (value) => {
      expect(typeof checkJSON(value).ok).toBe("boolean");
      for (const write of [jsonToMarkdown, jsonToHTML, jsonToText])
        expect(typeof write(value)).toBe("string");
    }),
    { seed: 20261122 },
  );
});

test("HTML of any document is balanced", () => {
  fc.assert(
    fc.property(arbitraryWhole, (json) => {
      const open: string[] = [];
      for (const [, close, name = ""] of jsonToHTML(json).matchAll(/<(\/?)([a-z0-9]+)[^>]*>/g)) {
        if (["br", "hr", "input", "img", "col"].includes(name)) continue;
        if (close === "") open.push(name);
        else expect(open.pop()).toBe(name);
      }
      expect(open).toEqual([]);
    }),
    { numRuns: 200, seed: 20261122 },
  );
});

import { documentSchema } from "@palimpsest/schema";
import { DOMParser, Fragment, Slice } from "@tiptap/pm/model";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { withoutSpacing } from "../src/editor/clipboard/blankLines.ts";
import { cleanHTML } from "../src/editor/clipboard/cleanHTML.ts";
import { groundName, inkName } from "../src/editor/clipboard/css.ts";
import { pastePlan } from "../src/editor/clipboard/pastePlan.ts";
import { plainTarget } from "../src/editor/clipboard/plainTarget.ts";
import { shallow } from "../src/editor/clipboard/shallow.ts";
import { sourceOf } from "../src/editor/clipboard/source.ts";
import { numbering } from "../src/editor/clipboard/word.ts";

const clean = (html: string) => cleanHTML(html, (source) => new JSDOM(source).window.document);
const cleaned = (html: string) => clean(html).body.innerHTML;

test("empty lines stay where they part something, one of a run", () => {
  expect(withoutSpacing(["blank", "text", "blank", "text", "blank"])).toEqual([
    false,
    true,
    false,
    true,
    false,
  ]);
  expect(withoutSpacing(["text", "text", "blank", "blank", "text", "text"])).toEqual([
    true,
    true,
    true,
    false,
    true,
    true,
  ]);
  expect(withoutSpacing(["other", "blank", "text", "text"])).toEqual([true, false, true, true]);
});

test("colours become the nearest that a document has, and what is nearly black or white none", () => {
  const inks = [
    "#000",
    "black",
    "windowtext",
    "#1f2328",
    "rgb(255, 255, 255)",
    "inherit",
    "var(--x)",
    "#434343",
  ];
  expect(inks.map(inkName)).toEqual(inks.map(() => null));
  expect(
    ["red", "#c00000", "rgb(0,112,192)", "#00B050", "#7030A0", "#ed7d31", "#833c0b", "#808080"].map(inkName),
  ).toEqual(["red", "red", "blue", "green", "purple", "orange", "brown", "gray"]);
  expect(
    ["yellow", "#fff", "transparent", "rgba(0, 0, 0, 0)", "#d9ead3", "lightgrey", "#ffff"].map(groundName),
  ).toEqual(["yellow", null, null, null, "green", "gray", null]);
});

test("a link leads where it leads in the end", () => {
  expect(plainTarget("https://www.google.com/url?q=https://a.example/%3Fx%3D1&sa=D")).toBe(
    "https://a.example/?x=1",
  );
  expect(plainTarget("https://www.google.com/search?q=https://a.example/")).toContain("search");
  expect(plainTarget("https://www.google.com/url?q=javascript:alert(1)")).toContain("google");
  expect(plainTarget("not an address")).toBe("not an address");
  expect(plainTarget("https://[")).toBe("https://[");
});

test("the kind of a list is told by its marker", () => {
  expect(numbering("·", "bullet")).toEqual({ ordered: false });
  expect(numbering("o", undefined)).toEqual({ ordered: false });
  expect(numbering("3.", undefined)).toEqual({ ordered: true, start: 3 });
  expect(numbering("1.2.", undefined)).toEqual({ ordered: true, start: 2 });
  expect(numbering("b)", "alpha-lower")).toEqual({ ordered: true, type: "a" });
  expect(numbering("iv.", "roman-lower")).toEqual({ ordered: true, type: "i" });
  expect(numbering("", "roman-upper")).toEqual({ ordered: true, type: "I" });
});

test("who wrote a piece of HTML is told by its marks, not by its words", () => {
  expect(sourceOf("<p>LibreOffice? docs!</p>")).toBe("libreoffice");
  expect(sourceOf('<p data-palimpsest="abc" data-pm-slice="1 1 []">x</p>')).toBe("own");
  expect(sourceOf("<p>x</p>")).toBe("web");
});

test("[S13] nothing but what is named comes out, whatever goes in", () => {
  const named =
    /^(?:(?:src|alt|title|href|colspan|rowspan|align|start|dir)=|type=[aAiI]$|style=text-align: (?:center|right|justify)$|class=language-[\w+#.-]+$|data-(?:type|kind|checked|color|latex|picture)=)/;
  for (const html of [
    '<p id=a class=b onclick=c style="color:red" data-x=1>x</p>',
    '<div data-type="callout" onload=x data-kind="&quot; onload=&quot;x">x</div>',
    '<span data-type="inline-math" data-latex="x" onload=x>x</span>',
    '<table background=x><td background="javascript:x" colspan="x">1<td>2</table>',
    '<math><annotation encoding="application/x-tex">x"&gt;&lt;img src=x onerror=y&gt;</annotation></math>',
    "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
    "<noscript><style></noscript><img src=x onerror=alert(1)>",
    '<pre class="language-x&quot; onload=&quot;y"><code>&lt;script&gt;</code></pre>',
  ]) {
    const { document } = new JSDOM(cleaned(html)).window;
    const found = [...document.body.querySelectorAll("*")].flatMap((element) =>
      [...element.attributes].map(({ name, value }) => `${name}=${value}`),
    );
    expect(found.filter((attribute) => !named.test(attribute))).toEqual([]);
    expect(document.querySelector("script, style, svg, math, iframe, form, img[src='x']")).toBeNull();
  }
});

test("[S12] addresses that run something lead nowhere", () => {
  const written = cleaned(
    '<a href="javascript:x">a</a><a href="JaVa&#9;script:x">b</a><a href="vbscript:x">c</a><a href="data:text/html,x">d</a><img src="javascript:x"><img src="http://a.example/x.png">',
  );
  expect(written).toBe("<p>abcd</p>");
});

test("what is nested beyond reason is read to its end, and shallow enough for a document", () => {
  for (const [open, close] of [
    ["<blockquote>", "</blockquote>"],
    ["<ul><li>", "</li></ul>"],
    ["<div>", "</div>"],
    ["<b>", "</b>"],
    ["<table><tr><td>", "</td></tr></table>"],
  ] as const) {
    const { body } = clean(`${open.repeat(500)}deep${close.repeat(500)}`);
    expect(body.textContent).toBe("deep");
    const document = DOMParser.fromSchema(documentSchema()).parse(body);
    let depth = 0;
    document.descendants((_node, pos) => {
      depth = Math.max(depth, document.resolve(pos).depth);
      return true;
    });
    expect(depth).toBeLessThan(60);
  }
});

test("[S13] what is written to be slow is read as quickly as anything else", () => {
  const many = 30_000;
  for (const html of [
    `<p style="${"a:(".repeat(many)}">x</p>`,
    `<style>${"@list l0:level1 ".repeat(many)}</style><p class=MsoNormal>x</p>`,
    `<div style="white-space:pre;${"font-family:".repeat(many)}">x</div>`,
    `<meta content="Cocoa HTML Writer"><style>${".a{".repeat(many)}</style><p class=a>x</p>`,
  ])
    expect(clean(html).body.textContent).toBe("x");
  for (const html of ["<style".repeat(many), "<!--".repeat(many), "<".repeat(many), "<xml>".repeat(many)])
    expect(
      pastePlan({ text: "", html, vscode: "", files: 1 }, { inCode: false, onWords: false, plain: false }),
    ).toEqual({
      kind: "none",
    });
});

test("a slice that is too deep keeps its lines", () => {
  const { nodes } = documentSchema();
  let node = nodes.paragraph!.create(null, documentSchema().text("deep"));
  for (let at = 0; at < 90; at++) node = nodes.blockquote!.create(null, node);
  const flat = shallow(new Slice(Fragment.from(node), 0, 0));
  expect(flat.content.toString()).toBe('<paragraph("deep")>');
});

test("a table is as wide in every row, and no cell reaches out of it", () => {
  expect(cleaned("<table><tr><td>a<td rowspan=9>b<tr><td>c<tr><td>d<td>e</table>")).toBe(
    '<table><tbody><tr><td><p>a</p></td><td rowspan="3"><p>b</p></td><td><p></p></td></tr>' +
      "<tr><td><p>c</p></td><td><p></p></td></tr><tr><td><p>d</p></td><td><p>e</p></td></tr></tbody></table>",
  );
  expect(cleaned("<table><tr><td>a<td><tr><td><td></table>")).toBe(
    "<table><tbody><tr><td><p>a</p></td></tr></tbody></table>",
  );
});

test("a picture that came as bytes is told by its number, one on a disk counted", () => {
  const { body, pictures, lostPictures } = clean(
    `<p>a<img src="data:image/png;base64,${"A".repeat(400)}" alt="dot">b</p><img src="file:///x.png"><img src="cid:1">`,
  );
  expect(body.innerHTML).toBe('<p>a</p><img data-picture="0" alt="dot"><p>b</p>');
  expect(pictures).toHaveLength(1);
  expect(lostPictures).toBe(2);
});

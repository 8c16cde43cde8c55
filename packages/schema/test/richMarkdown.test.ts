import { expect, test } from "vitest";
import { checkJSON, type JSONNode, jsonToMarkdown, jsonToText, markdownToJSON } from "../src/index.ts";

const id = "0123456789abcdefABCDEF";
const t = (text: string, ...types: string[]): JSONNode =>
  types.length > 0 ? { type: "text", text, marks: types.map((type) => ({ type })) } : { type: "text", text };
const p = (...content: JSONNode[]): JSONNode =>
  content.length > 0 ? { type: "paragraph", content } : { type: "paragraph" };
const math = (latex: string): JSONNode => ({ type: "inlineMath", attrs: { latex } });
const blockMath = (latex: string): JSONNode => ({ type: "blockMath", attrs: { latex } });
const image = (attrs: Record<string, unknown>): JSONNode => ({ type: "image", attrs });
const file = (attrs: Record<string, unknown>): JSONNode => ({
  type: "file",
  attrs: { src: `asset:${id}`, ...attrs },
});
const mention = (user: string, label: string): JSONNode => ({ type: "mention", attrs: { id: user, label } });
const callout = (kind: string, ...content: JSONNode[]): JSONNode => ({
  type: "callout",
  attrs: { kind },
  content,
});
const quote = (...content: JSONNode[]): JSONNode => ({ type: "blockquote", content });
const details = (summary: JSONNode[], ...content: JSONNode[]): JSONNode => ({
  type: "details",
  content: [
    { type: "detailsSummary", ...(summary.length > 0 ? { content: summary } : {}) },
    { type: "detailsContent", content },
  ],
});

function reads(markdown: string, ...content: JSONNode[]): void {
  const json = markdownToJSON(markdown);
  expect(json).toEqual({ type: "doc", content });
  expect(checkJSON(json)).toEqual({ ok: true });
  expect(markdownToJSON(jsonToMarkdown(json))).toEqual(json);
}

test("[SC12] GitHub's alerts are callouts, and a quote that says [!NOTE] itself is none", () => {
  reads("> [!NOTE]\n> text *and* more", callout("note", p(t("text "), t("and", "italic"), t(" more"))));
  reads(
    "> [!Warning]  \n>\n> - a",
    callout("warning", { type: "bulletList", content: [{ type: "listItem", content: [p(t("a"))] }] }),
  );
  reads("> [!TIP]", callout("tip", p()));
  reads(
    "> [!CAUTION]\n> a\n\n> [!IMPORTANT]\n> b\n\n> c",
    callout("caution", p(t("a"))),
    callout("important", p(t("b"))),
    quote(p(t("c"))),
  );
  for (const plain of [
    "> \\[!NOTE]\n> a",
    "> &#91;!NOTE]\n> a",
    "> [!NOTE] a",
    "> [!NEWS]\n> a",
    "> a\n> [!NOTE]",
  ])
    expect(markdownToJSON(plain).content?.[0]?.type).toBe("blockquote");
  const said = { type: "doc", content: [quote(p(t("[!NOTE]"), { type: "hardBreak" }, t("a")))] };
  expect(jsonToMarkdown(said)).toBe("> \\[!NOTE\\]\\\n> a\n");
  expect(markdownToJSON(jsonToMarkdown(said))).toEqual(said);
});

test("[SC13] <details> is a toggle; what is not closed hides nothing", () => {
  const inner = details([t("In"), t("ner", "bold")], p(t("b")));
  reads(
    "<details>\n<summary>A &amp; <b>b</b> *c*</summary>\n\ntext\n\n<details><summary>In<strong>ner</strong></summary>\n\nb\n\n</details>\n\n</details>",
    details([t("A & "), t("b", "bold"), t(" *c*")], p(t("text")), inner),
  );
  reads(
    "<details open>\n<summary>One</summary>\nline\n</details>\n\nafter",
    details([t("One")], p(t("line"))),
    p(t("after")),
  );
  reads("<details>\n\n</details>", details([], p()));
  reads("<details>\n<summary>S</summary>\n\na\n\nb", p(t("S")), p(t("a")), p(t("b")));
  reads("</details>\n\na\n\n<summary>S</summary>", p(t("a")), p(t("S")));
  reads("> <details>\n> <summary>S</summary>\n>\n> a\n\n</details>", quote(p(t("S")), p(t("a"))));
  reads(
    "<details><summary>$x$ [@a](mention:b)<br>![c](https://d.e/f)</summary></details>",
    details([t("$x$ [@a](mention:b) ![c](https://d.e/f)")], p()),
  );
});

test("[SC14] a picture in running text becomes a block of its own, one that may not be shown a link or its words", () => {
  const src = "https://a.b/c.png";
  reads(`![alt](${src} "Caption")`, image({ src, alt: "alt", caption: "Caption" }));
  reads(`before ![](${src}) after`, p(t("before")), image({ src }), p(t("after")));
  reads(`**a ![x](${src}) b**`, p(t("a", "bold")), image({ src, alt: "x" }), p(t("b", "bold")));
  reads(`[![x](${src})](https://d.e)`, image({ src, alt: "x" }));
  reads(
    `# ![x](${src}) Title`,
    { type: "heading", attrs: { level: 1 }, content: [t("Title")] },
    image({ src, alt: "x" }),
  );
  reads(`- a\n\n  ![x](asset:${id})`, {
    type: "bulletList",
    content: [{ type: "listItem", content: [p(t("a")), image({ src: `asset:${id}`, alt: "x" })] }],
  });
  reads(
    `<img src="${src}" alt="a &quot;b&quot;" width="300" onerror="alert(1)" style="x">`,
    image({ src, alt: 'a "b"', width: 300 }),
  );
  reads(`a<br><img src='${src}'>`, p(t("a")), image({ src }));
  for (const bad of ["data:image/png;base64,x", "javascript:alert(1)", "/local.png", "blob:x"])
    reads(`![words](<${bad}>)`, p(t("words")));
  const link = [{ type: "link", attrs: { href: "http://a.b/c.png" } }];
  reads("![words](http://a.b/c.png)", p({ type: "text", text: "words", marks: link }));
  reads('<img src="http://a.b/c.png" alt="words">', p({ type: "text", text: "words", marks: link }));
});

test("[SC14] a table's cell holds pictures, files, formulas and mentions", () => {
  const cell = (type: string, ...content: JSONNode[]): JSONNode => ({ type, content });
  const row = (...content: JSONNode[]): JSONNode => ({ type: "tableRow", content });
  reads(
    `| a<br>![b\\|c](asset:${id}) | [f](asset:${id})<!-- file 1 --> |\n| --- | --- |\n| $x\\|y$ [@Ada](mention:u) | $\\frac{a}{b}$ |`,
    {
      type: "table",
      content: [
        row(
          cell("tableHeader", p(t("a")), image({ src: `asset:${id}`, alt: "b|c" })),
          cell("tableHeader", file({ name: "f", size: 1 })),
        ),
        row(
          cell("tableCell", p(math("x|y"), t(" "), mention("u", "Ada"))),
          cell("tableCell", p(math("\\frac{a}{b}"))),
        ),
      ],
    },
  );
  const block = {
    type: "doc",
    content: [{ type: "table", content: [row(cell("tableHeader", blockMath("x")))] }],
  };
  expect(jsonToMarkdown(block)).toBe("| $x$ |\n| --- |\n");
});

test("[SC15] a file is a link with a comment, known by its asset or by an address it is told", () => {
  reads(
    `[a b.pdf](asset:${id})<!-- file 1024 application/pdf -->`,
    file({ name: "a b.pdf", size: 1024, mime: "application/pdf" }),
  );
  reads(`see [it](asset:${id}) there`, p(t("see")), file({ name: "it" }), p(t("there")));
  const address = "https://host/api/documents/d/assets/";
  const own = {
    assetAddress: (asset: string) => address + asset,
    ownAsset: (url: string) => (url.startsWith(address) ? url.slice(address.length) : null),
  };
  const json = { type: "doc", content: [file({ name: "x" }), image({ src: `asset:${id}` })] };
  const markdown = jsonToMarkdown(json, own);
  expect(markdown).toBe(`[x](${address}${id})<!-- file -->\n\n![](${address}${id})\n`);
  expect(markdownToJSON(markdown, own)).toEqual(json);
  const marks = [{ type: "link", attrs: { href: address + id } }];
  expect(markdownToJSON(markdown).content).toEqual([
    p({ type: "text", text: "x", marks }),
    image({ src: address + id }),
  ]);
  expect(markdownToJSON(`[x](${address}${id})`, own).content).toEqual([
    p({ type: "text", text: "x", marks }),
  ]);
});

test("[SC16] formulas are read where a price is not", () => {
  reads("a $x^2$, b", p(t("a "), math("x^2"), t(", b")));
  reads("$$\na\n\n  b\n$$", blockMath("a\n\n  b"));
  reads("$$ x $$", blockMath("x"));
  reads("a\n$$x\ny$$\nb", p(t("a")), blockMath("x\ny"), p(t("b")));
  reads("> $$\n> x\n> $$", quote(blockMath("x")));
  reads("- a\n  $$\n  x\n  $$", {
    type: "bulletList",
    content: [{ type: "listItem", content: [p(t("a")), blockMath("x")] }],
  });
  reads("so $$x$$ there", p(t("so "), math("x"), t(" there")));
  reads("# The $x$-axis", {
    type: "heading",
    attrs: { level: 1 },
    content: [t("The "), math("x"), t("-axis")],
  });
  const link = [{ type: "link", attrs: { href: "https://a.b" } }];
  reads(
    "[a $x$ b](https://a.b)",
    p({ type: "text", text: "a ", marks: link }, math("x"), { type: "text", text: " b", marks: link }),
  );
  for (const price of [
    "costs $5 and $6",
    "US$5-$6",
    "$ x$",
    "$x $",
    "$20,000 or $30k",
    "\\$x$",
    "`$x$`",
    "$$ alone",
    "a$",
    "$",
  ])
    expect(JSON.stringify(markdownToJSON(price))).not.toContain("Math");
  for (const price of ["costs $5 and $6", "US$5", "a$b", "5 $"])
    expect(jsonToMarkdown({ type: "doc", content: [p(t(price))] })).toBe(`${price}\n`);
  reads("$5 and $6, not $x$", p(t("$5 and $6, not "), math("x")));
  expect(jsonToMarkdown({ type: "doc", content: [p(t("from $5 to 6$"))] })).toBe("from \\$5 to 6\\$\n");
});

test("[SC16] what the signs cannot hold is written as a tag", () => {
  for (const latex of ["", " x", "a$b", "\\", "a\nb", "]: x"]) {
    const json = {
      type: "doc",
      content: [p(math(latex)), blockMath(`${latex}$$`), p(math("x"), math("y"), t("5"))],
    };
    expect(markdownToJSON(jsonToMarkdown(json))).toEqual(json);
  }
});

test("[SC17] a mention is a link to who it is, and one in a link ends the link", () => {
  reads("[@Ada L.](mention:u_1) said", p(mention("u_1", "Ada L."), t(" said")));
  reads("[x](mention:not/an/id)", p(t("x")));
  const marks = [{ type: "link", attrs: { href: "https://a.b" } }];
  const around = {
    type: "doc",
    content: [p({ type: "text", text: "a", marks }, mention("u", "A"), { type: "text", text: "b", marks })],
  };
  expect(jsonToMarkdown(around)).toBe("[a](https://a.b)[@A](mention:u)[b](https://a.b)\n");
  expect(markdownToJSON(jsonToMarkdown(around))).toEqual(around);
});

test("[SC18] colours are tags, by name and no other", () => {
  const coloured = (text: string, type: string, color: string): JSONNode => ({
    type: "text",
    text,
    marks: [{ type, attrs: { color } }],
  });
  reads(
    '<span data-color="red">a</span> <mark data-color="blue">b</mark> <mark>c</mark>',
    p(
      coloured("a", "textColor", "red"),
      t(" "),
      coloured("b", "highlight", "blue"),
      t(" "),
      t("c", "highlight"),
    ),
  );
  reads(
    '<span data-color="red" style="color:red">a<span>b</span><span data-color="blue">c</span></span>',
    p(coloured("ab", "textColor", "red"), coloured("c", "textColor", "blue")),
  );
  reads('<span data-color="url(x)">a</span><span style="color:red">b</span>', p(t("ab")));
});

test("[SC19] plain text has the words of everything", () => {
  const json = markdownToJSON(
    `> [!NOTE]\n> a $x$ [@Ada](mention:u)\n\n<details><summary>S</summary>\n\nb\n\n</details>\n\n![alt](asset:${id} "caption")\n\n[f.pdf](asset:${id})\n\n$$\ny\n$$`,
  );
  expect(jsonToText(json)).toBe("a $x$ @Ada\n\nS\n\nb\n\nalt\ncaption\n\nf.pdf\n\n$$\ny\n$$");
});

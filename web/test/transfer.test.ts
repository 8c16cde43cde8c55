// @vitest-environment jsdom
import { checkJSON, documentSchema, type JSONNode } from "@palimpsest/schema";
import { strFromU8, unzipSync, zipSync } from "fflate";
import { expect, test } from "vitest";
import { decodeText } from "../src/transfer/decodeText.ts";
import { docxFile } from "../src/transfer/docx/docxFile.ts";
import { fileName } from "../src/transfer/fileName.ts";
import { htmlFile } from "../src/transfer/htmlFile.ts";
import { importKind } from "../src/transfer/importKinds.ts";
import { markdownArchive, titledMarkdown } from "../src/transfer/markdownFile.ts";
import { placeholder, withPictures } from "../src/transfer/placeholders.ts";
import { readDocx } from "../src/transfer/readDocx.ts";
import { readFile, titled } from "../src/transfer/readFile.ts";
import { readHTML } from "../src/transfer/readHTML.ts";
import { bytesOf } from "../src/transfer/uploadPictures.ts";

const text = (words: string, ...marks: JSONNode["marks"] & object): JSONNode =>
  marks.length > 0 ? { type: "text", text: words, marks } : { type: "text", text: words };
const p = (...content: JSONNode[]): JSONNode => ({
  type: "paragraph",
  ...(content.length > 0 ? { content } : {}),
});
const node = (type: string, content: JSONNode[], attrs?: JSONNode["attrs"]): JSONNode => ({
  type,
  ...(attrs === undefined ? {} : { attrs }),
  content,
});
const doc = (...content: JSONNode[]): JSONNode => ({ type: "doc", content });

/** Without the attributes that say nothing. */
function short(json: JSONNode): object {
  const attrs = Object.fromEntries(
    Object.entries(json.attrs ?? {}).filter(
      ([name, value]) =>
        value !== null && value !== documentSchema().nodes[json.type]?.spec.attrs?.[name]?.default,
    ),
  );
  const marks = json.marks?.map(({ type, attrs: own }) => [type, own?.href].filter(Boolean).join(" ")).sort();
  return {
    type: json.type,
    ...(json.text === undefined ? {} : { text: json.text }),
    ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
    ...(marks === undefined || marks.length === 0 ? {} : { marks }),
    ...(json.content === undefined ? {} : { content: json.content.map(short) }),
  };
}

const item = (...content: JSONNode[]) => node("listItem", content);

/** What a Word file can say, in a form that comes back the same. */
const sayable = doc(
  node("heading", [text("Part one")], { level: 1 }),
  p(
    text("Plain, "),
    text("bold", { type: "bold" }),
    text(", "),
    text("slanted", { type: "italic" }),
    text(", "),
    text("lined", { type: "underline" }),
    text(", "),
    text("struck", { type: "strike" }),
    text(", x"),
    text("2", { type: "superscript" }),
    text(", H"),
    text("2", { type: "subscript" }),
    text("O, "),
    text("code()", { type: "code" }),
    text(" and "),
    text("a link", { type: "link", attrs: { href: "https://example.org/?a=1&b=2" } }),
    text("."),
  ),
  { ...p(text("In the middle")), attrs: { textAlign: "center" } },
  { ...p(text("From side to side")), attrs: { textAlign: "justify" } },
  p(text("One line"), { type: "hardBreak" }, text("and the next")),
  node("heading", [text("Lists")], { level: 2 }),
  node("bulletList", [
    item(
      p(text("boats")),
      node("bulletList", [
        item(p(text("small"))),
        item(p(text("smaller")), node("bulletList", [item(p(text("toy")))])),
      ]),
    ),
    item(p(text("buoys"))),
  ]),
  p(text("then")),
  node("orderedList", [
    item(p(text("cast off")), node("orderedList", [item(p(text("bow")))])),
    item(p(text("sail"))),
  ]),
  p(text("and")),
  node("taskList", [
    node("taskItem", [p(text("done"))], { checked: true }),
    node("taskItem", [p(text("open"))], { checked: false }),
  ]),
  node("blockquote", [p(text("Red sky")), p(text("at night"))]),
  p(text("code:")),
  node("codeBlock", [text("if (a < b) {\n\n  go();\n}")]),
  node("callout", [p(text("Careful")), p(text("there"))], { kind: "warning" }),
  { type: "horizontalRule" },
  node("table", [
    node("tableRow", [
      node("tableHeader", [p(text("Pier"))]),
      node("tableHeader", [p(text("Depth"))], { colspan: 2 }),
    ]),
    node("tableRow", [
      node("tableCell", [p(text("A"))], { rowspan: 2 }),
      node("tableCell", [p(text("4"))]),
      node("tableCell", [p(text("5"))]),
    ]),
    node("tableRow", [node("tableCell", [p(text("6"))]), node("tableCell", [p()])]),
  ]),
  node("heading", [text("End")], { level: 3 }),
);

const sources = { pictures: new Map(), address: (id: string) => `https://example.org/${id}` };
const written = async (title: string, json: JSONNode, from: Parameters<typeof docxFile>[2] = sources) =>
  new Uint8Array(await docxFile(title, json, from, "en-GB"));
const xmlOf = (bytes: Uint8Array, part = "word/document.xml") => strFromU8(unzipSync(bytes)[part]!);

test("a Word file that was exported is read back as the document it was", async () => {
  const { json, left, lostPictures } = await readDocx(await written("Harbour", sayable));
  expect(checkJSON(json)).toEqual({ ok: true });
  const named = titled(json, "x.docx");
  expect(named.title).toBe("Harbour");
  expect(short(named.json)).toEqual(short(sayable));
  expect({ left, lostPictures }).toEqual({ left: [], lostPictures: 0 });
});

test("a Word file has headings, numbering, spans, links and styles of Word's own", async () => {
  const bytes = await written("T", sayable);
  const xml = xmlOf(bytes);
  for (const part of [
    '<w:pStyle w:val="Title"/>',
    '<w:pStyle w:val="Heading1"/>',
    '<w:gridSpan w:val="2"/>',
    '<w:vMerge w:val="restart"/>',
    "<w:tblHeader/>",
    '<w:pStyle w:val="CodeBlock"/>',
    '<w:pStyle w:val="CalloutWarning"/>',
    '<w:pStyle w:val="Quote"/>',
    '<w14:checkbox><w14:checked w14:val="1"/>',
    '<w:ilvl w:val="2"/>',
  ])
    expect(xml).toContain(part);
  expect(xmlOf(bytes, "word/_rels/document.xml.rels")).toContain("https://example.org/?a=1&amp;b=2");
  expect(xmlOf(bytes, "word/numbering.xml")).toContain('w:numFmt w:val="decimal"');
  expect(xmlOf(bytes, "docProps/core.xml")).toContain("<dc:title>T</dc:title>");
});

test("colours, alignment, formulas, toggles, mentions and files are in a Word file as far as it knows them", async () => {
  const xml = xmlOf(
    await written(
      "",
      doc(
        {
          ...p(
            text("red", { type: "textColor", attrs: { color: "red" } }),
            text("marked", { type: "highlight" }),
          ),
          attrs: { textAlign: "center", tint: "blue" },
        },
        p(
          { type: "inlineMath", attrs: { latex: "x^2" } },
          { type: "mention", attrs: { id: "u", label: "Ben" } },
        ),
        { type: "blockMath", attrs: { latex: "\\sum_i" } },
        node("details", [
          node("detailsSummary", [text("more")]),
          node("detailsContent", [p(text("inside"))]),
        ]),
        {
          type: "file",
          attrs: { src: "asset:abcdefghijklmnop", name: "plan.pdf", size: 1, mime: "application/pdf" },
        },
        node("orderedList", [item(p(text("c")))], { start: 3, type: "a" }),
        { ...p(text("שלום")), attrs: { dir: "rtl" } },
        p(text("not \u0000 in \ud800 XML")),
      ),
    ),
  );
  for (const part of [
    'w:color w:val="A0231A"',
    'w:fill="FBE7A1"',
    'w:jc w:val="center"',
    'w:fill="DCEBF9"',
    "x^2",
    "@Ben",
    "\\sum_i",
    "more",
    "inside",
    "plan.pdf",
    "<w:bidi/>",
    "not \ufffd in \ufffd XML",
  ])
    expect(xml).toContain(part);
});

test("pictures are in a Word file, and come out of it again", async () => {
  const png = Uint8Array.from(
    atob("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="),
    (c) => c.charCodeAt(0),
  );
  // larger than a bullet
  const data = new Uint8Array(4_000);
  data.set(png);
  const id = "abcdefghijklmnop";
  const bytes = await written(
    "T",
    doc(
      { type: "image", attrs: { src: `asset:${id}`, alt: "A boat", caption: "At sea", width: 300 } },
      p(text("end")),
    ),
    { ...sources, pictures: new Map([[id, { type: "png", data, width: 600, height: 400 }]]) },
  );
  expect(xmlOf(bytes)).toContain('descr="A boat"');
  const { json, pictures } = await readDocx(bytes);
  expect(pictures).toHaveLength(1);
  expect(bytesOf(pictures[0]!)).toMatchObject({ type: "image/png", size: 4_000 });
  expect(json.content?.find(({ type }) => type === "image")?.attrs).toMatchObject({
    src: placeholder(0),
    alt: "A boat",
  });
  const settled = withPictures(json, new Map([[0, "asset:realrealrealreal"]]));
  expect(JSON.stringify(settled)).toContain("asset:realrealrealreal");
  expect(JSON.stringify(withPictures(json, new Map()))).not.toContain("image");
});

test("pictures that are left out leave a document that is whole", () => {
  const image = { type: "image", attrs: { src: placeholder(0) } };
  const json = withPictures(
    doc(node("blockquote", [image]), node("table", [node("tableRow", [node("tableCell", [image])])])),
    new Map(),
  );
  expect(checkJSON(json)).toEqual({ ok: true });
  expect(withPictures(doc(image), new Map())).toEqual(doc(p()));
});

test("[S13] what is no Word file, a damaged one or a bomb is refused with a sentence", async () => {
  const refused = async (bytes: Uint8Array<ArrayBuffer>) =>
    readDocx(bytes).then(
      () => "",
      (error: Error) => error.message,
    );
  const good = await written("T", sayable);
  expect(await refused(new Uint8Array(10))).toMatch(/damaged/);
  expect(await refused(good.slice(0, good.length / 2))).toMatch(/damaged/);
  expect(await refused(zipSync({ "a.txt": new Uint8Array(3) }) as Uint8Array<ArrayBuffer>)).toMatch(
    /damaged/,
  );
  expect(await refused(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).toMatch(/password/);
  // One that says it holds 210 MB.
  const bomb = zipSync({ "word/document.xml": new Uint8Array(9) }) as Uint8Array<ArrayBuffer>;
  const view = new DataView(bomb.buffer);
  for (let at = 0; at < bomb.length - 28; at++)
    if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 210_000_000, true);
  expect(await refused(bomb)).toMatch(/too long/);
});

const fileOf = (name: string, content: string | Uint8Array<ArrayBuffer>, type = "") =>
  new File([content], name, { type });
const message = (file: File) =>
  readFile(file).then(
    () => "",
    (error: Error) => error.message,
  );

test("a file is read by its name, else by its type", async () => {
  expect(
    ["a.md", "b.MARKDOWN", "c.htm", "d.docx", "e.txt", "f.pdf", "g"].map((name) => importKind(name, "")),
  ).toEqual(["markdown", "markdown", "html", "docx", "text", null, null]);
  expect(importKind("g", "text/html; charset=utf-8")).toBe("html");
  expect(await message(fileOf("f.pdf", "x"))).toMatch(/can be read/);
  expect(await message(fileOf("f.doc", "x"))).toMatch(/old Word/);
  expect(await message(fileOf("f.md", ""))).toMatch(/empty/);
  expect(await message(fileOf("f.md", "a".repeat(2_000_001)))).toMatch(/2 MB/);
  expect(await message(fileOf("f.md", new Uint8Array([1, 0, 0, 2, 0, 9, 9])))).toMatch(/no text/);
  expect(await message(fileOf("f.txt", "a\n".repeat(40_000)))).toMatch(/too long/);
});

test("the title is the first heading, else another one's words, else the file's name", async () => {
  expect(await readFile(fileOf("x.md", "# The *title*\n\nText"))).toMatchObject({
    title: "The title",
    json: doc(p(text("Text"))),
  });
  expect((await readFile(fileOf("x.md", "Text\n\n# Later"))).title).toBe("Later");
  expect((await readFile(fileOf("My notes.txt", "one\ntwo\n\nthree"))).title).toBe("My notes");
  expect((await readFile(fileOf("My notes.txt", "one\r\ntwo\n\nthree"))).json).toEqual(
    doc(p(text("one")), p(text("two")), p(text("three"))),
  );
  expect((await readFile(fileOf("x.txt", "- a\n- b"))).json.content?.[0]?.type).toBe("bulletList");
  expect((await readFile(fileOf("only.md", "# Only"))).json).toEqual(doc(p()));
});

test("text is read in the encoding it has", () => {
  const words = "Grüße, “Ada” – 10 €";
  const utf16 = (mark: boolean) => {
    const units = [...(mark ? "\ufeff" : ""), ...words].map((c) => c.charCodeAt(0));
    return new Uint8Array(new Uint16Array(units).buffer);
  };
  expect(decodeText(new TextEncoder().encode(words))).toBe(words);
  expect(decodeText(utf16(true))).toBe(words);
  expect(decodeText(utf16(false))).toBe(words);
  expect(decodeText(Uint8Array.from([0x47, 0x72, 0xfc, 0xdf, 0x65, 0x20, 0x80]))).toBe("Grüße €");
  const page = Uint8Array.from([...new TextEncoder().encode('<meta charset="iso-8859-2">'), 0xb1]);
  expect(decodeText(page)).toBe('<meta charset="iso-8859-2">ą');
  expect(decodeText(new Uint8Array([0x89, 0x50, 0, 0, 0, 0x0d]))).toBeNull();
});

test("a page that was exported is read back with every space and picture", async () => {
  const json = doc(
    node("callout", [p(text("two  spaces", { type: "bold" }))], { kind: "tip" }),
    node("details", [node("detailsSummary", [text("more")]), node("detailsContent", [p(text("in"))])]),
    p(text("so: "), { type: "inlineMath", attrs: { latex: "a<b" } }),
    { type: "image", attrs: { src: "asset:abcdefghijklmnop", alt: "dot", caption: "A dot" } },
    { type: "blockMath", attrs: { latex: "\\frac{1}{2}" } },
    node("taskList", [node("taskItem", [p(text("done"))], { checked: true })]),
  );
  const page = await htmlFile({
    title: "A & B",
    json,
    language: "en",
    direction: "ltr",
    assetAddress: () => "data:image/png;base64,AAAA",
  });
  expect(page).toMatch(/^<!doctype html>\n<html lang="en" dir="ltr">/);
  expect(page).toContain("<title>A &amp; B</title>");
  expect(page).toContain("<math");
  expect(page).not.toMatch(/<script|src="http|url\(/);
  const read = readHTML(page);
  const { title, json: back } = titled(read.json, "x.html");
  expect(title).toBe("A & B");
  expect(read.pictures).toEqual(["data:image/png;base64,AAAA"]);
  const restored = withPictures(back, new Map([[0, "asset:abcdefghijklmnop"]]));
  expect(short(restored)).toEqual(short(json));
});

test("[S13] a hostile page is read without anything that runs", () => {
  const { json } = readHTML(
    '<title>x</title><h1 onclick=x>Hi</h1><script>bad()</script><p style="x">a<a href="javascript:x">b</a></p><iframe src=x></iframe>',
  );
  expect(short(json)).toEqual(doc(node("heading", [text("Hi")]), p(text("ab"))));
});

test("Markdown with pictures is an archive in which they stand beside it", async () => {
  const json = doc(
    p(text("Text")),
    { type: "image", attrs: { src: "asset:abcdefghijklmnop", alt: "dot" } },
    { type: "image", attrs: { src: "asset:ponmlkjihgfedcba", alt: "gone" } },
  );
  expect(titledMarkdown("", doc(p(text("x"))), () => null)).toBe("x\n");
  const archive = await markdownArchive(
    "T.md",
    "T *1*",
    json,
    new Map([
      ["abcdefghijklmnop", { kind: "bytes", blob: new Blob(["png"], { type: "image/png" }) }],
      ["ponmlkjihgfedcba", { kind: "missing" }],
    ]),
    (id) => `https://example.org/${id}`,
  );
  const files = unzipSync(archive);
  expect(Object.keys(files).sort()).toEqual(["T.md", "pictures/1.png"]);
  expect(strFromU8(files["T.md"]!)).toBe(
    "# T \\*1\\*\n\nText\n\n![dot](pictures/1.png)\n\n![gone](https://example.org/ponmlkjihgfedcba)\n",
  );
});

test("a file's name is one that every system takes", () => {
  expect(fileName('a/b\\c:d*e?f"g<h>i|j\n', "md", "Untitled")).toBe("a b c d e f g h i j.md");
  expect(fileName(" ..hidden. ", "md", "Untitled")).toBe("hidden.md");
  expect(fileName("CON", "txt", "Untitled")).toBe("CON_.txt");
  expect(fileName("\u202egpj", "md", "Untitled")).toBe("gpj.md");
  expect(fileName("", "html", "Untitled")).toBe("Untitled.html");
});

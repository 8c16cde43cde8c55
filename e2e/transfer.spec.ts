import { readFile } from "node:fs/promises";
import type { Download } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { Guest, type TextNode } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import { chooseExport, entriesOf, openExports, openHistory } from "./support/history.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const text = (words: string): TextNode => ({ type: "text", text: words });
const line = (words: string): TextNode => ({ type: "paragraph", content: [text(words)] });

const harbour: TextNode = {
  type: "doc",
  content: [
    { type: "heading", attrs: { level: 2 }, content: [text("Tides")] },
    {
      type: "bulletList",
      content: [
        {
          type: "listItem",
          content: [
            line("boats"),
            { type: "bulletList", content: [{ type: "listItem", content: [line("small")] }] },
          ],
        },
      ],
    },
    { type: "callout", attrs: { kind: "warning" }, content: [line("Careful")] },
    {
      type: "details",
      content: [
        { type: "detailsSummary", content: [text("More")] },
        { type: "detailsContent", content: [line("What was hidden")] },
      ],
    },
    { type: "paragraph", content: [text("so "), { type: "inlineMath", attrs: { latex: "x^2" } }] },
    { type: "codeBlock", attrs: { language: "ts" }, content: [text("go();")] },
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [
            { type: "tableHeader", content: [line("Pier")] },
            { type: "tableHeader", content: [line("Depth")] },
          ],
        },
        {
          type: "tableRow",
          content: [
            { type: "tableCell", content: [line("A")] },
            { type: "tableCell", content: [line("4")] },
          ],
        },
      ],
    },
  ],
};

/** A PNG of one colour and 60 × 40 pixels, and larger than a bullet. */
async function picture(someone: Person): Promise<Buffer> {
  const base64 = await someone.page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = 60;
    canvas.height = 40;
    const pen = canvas.getContext("2d");
    for (let x = 0; x < 60; x++) {
      if (pen === null) throw new Error("no canvas");
      pen.fillStyle = `hsl(${x * 6} 70% 50%)`;
      pen.fillRect(x, 0, 1, 40);
    }
    return canvas.toDataURL("image/png").split(",")[1] ?? "";
  });
  return Buffer.from(base64, "base64");
}

async function withPicture(person: (name: string) => Promise<Person>) {
  const scribe = await Guest.enter();
  const { id } = await scribe.json<{ id: string }>("/api/documents", {
    method: "POST",
    body: { title: "Harbour: report", json: harbour },
  });
  const ada = await (await person("Ada")).open(id);
  const uploaded = await fetch(`${scribe.url}/api/documents/${id}/assets?name=boat.png`, {
    method: "POST",
    headers: { authorization: `Bearer ${scribe.token}`, "content-type": "image/png" },
    body: new Uint8Array(await picture(ada)),
  });
  const { src } = (await uploaded.json()) as { src: string };
  const json = {
    ...harbour,
    content: [
      ...(harbour.content ?? []),
      { type: "image", attrs: { src, alt: "A boat", caption: "At sea" } },
    ],
  };
  await scribe.json(`/api/documents/${id}/content`, { method: "PUT", body: { json } });
  await expect(ada.body.getByRole("img", { name: "A boat" })).toBeVisible();
  return { scribe, id, ada, src, json };
}

async function exported(someone: Person, item: string): Promise<{ name: string; bytes: Buffer }> {
  const download = someone.page.waitForEvent("download");
  await chooseExport(someone, item);
  return read(await download);
}

async function read(download: Download): Promise<{ name: string; bytes: Buffer }> {
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test("a Word file has the text, its structure and its pictures, and comes back as what it was", {
  tag: ["@ux55"],
}, async ({ person }) => {
  const { ada, scribe } = await withPicture(person);
  const { name, bytes } = await exported(ada, "Word (.docx)");
  expect(name).toBe("Harbour report.docx");
  const files = unzipSync(new Uint8Array(bytes));
  const xml = strFromU8(files["word/document.xml"]!);
  for (const part of [
    "Heading2",
    "CalloutWarning",
    "<w:tbl>",
    "<w:drawing>",
    'descr="A boat"',
    "At sea",
    "CodeBlock",
  ])
    expect(xml).toContain(part);
  expect(Object.keys(files).some((path) => /^word\/media\/.*\.png$/.test(path))).toBe(true);
  await expect(ada.toast("“Harbour report.docx” was downloaded")).toBeVisible();

  await ada.page.goto(`${ada.url}/`);
  await ada.page.getByTestId("import-file").setInputFiles({ name, mimeType: "", buffer: bytes });
  await expect(ada.page).toHaveURL(/\/d\//);
  await ada.ready();
  await expect(ada.title).toHaveValue("Harbour: report");
  await expect(ada.body.getByRole("heading", { name: "Tides" })).toBeVisible();
  await expect(ada.body.locator("[data-type=callout][data-kind=warning]")).toContainText("Careful");
  await expect(ada.body.locator("li li")).toHaveText("small");
  await expect(ada.body.getByRole("img", { name: "A boat" })).toBeVisible();
  const { content } = await scribe.content(ada.documentId);
  expect(JSON.stringify(content)).toMatch(/"src":"asset:(?!import)/);
  expect(JSON.stringify(content)).not.toContain("data:");
});

test("a web page stands by itself: pictures, formulas, toggles, colours, no script, no request", {
  tag: ["@ux55"],
}, async ({ person }) => {
  const { ada } = await withPicture(person);
  const { name, bytes } = await exported(ada, "Web page (HTML)");
  expect(name).toBe("Harbour report.html");
  const page = await ada.context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith("data:")) asked.push(request.url());
  });
  await page.setContent(bytes.toString());
  expect(asked).toEqual([]);
  await expect(page).toHaveTitle("Harbour: report");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Harbour: report");
  expect(
    await page
      .getByRole("img", { name: "A boat" })
      .evaluate((image) => (image as HTMLImageElement).naturalWidth),
  ).toBe(60);
  await expect(page.locator("math")).toHaveCount(1);
  await page.getByText("More", { exact: true }).click();
  await expect(page.getByText("What was hidden")).toBeVisible();
  expect(bytes.toString()).not.toContain("<script");
  await page.close();
});

test("Markdown with pictures is an archive, without it is a file", { tag: ["@ux55"] }, async ({ person }) => {
  const { ada, id } = await withPicture(person);
  const archive = await exported(ada, "Markdown");
  expect(archive.name).toBe("Harbour report.zip");
  const files = unzipSync(new Uint8Array(archive.bytes));
  expect(Object.keys(files).sort()).toEqual(["Harbour report.md", "pictures/1.png"]);
  const markdown = strFromU8(files["Harbour report.md"]!);
  expect(markdown).toMatch(/^# Harbour: report\n\n## Tides\n/);
  expect(markdown).toContain('![A boat](pictures/1.png "At sea")');
  const scribe = await Guest.enter();
  await ada.open(await scribe.create({ title: "Plain", markdown: "just *text*" }));
  const file = await exported(ada, "Markdown");
  expect(file).toMatchObject({ name: "Plain.md" });
  expect(file.bytes.toString()).toBe("# Plain\n\njust *text*\n".replaceAll("*", "_"));
  expect(id).not.toBe(ada.documentId);
});

test("text, JSON and the whole history are downloads as before", { tag: ["@ux55"] }, async ({ person }) => {
  const { ada } = await withPicture(person);
  expect((await exported(ada, "Plain text")).bytes.toString()).toContain("Tides");
  const json = await exported(ada, "JSON");
  expect(JSON.parse(json.bytes.toString())).toMatchObject({
    title: "Harbour: report",
    content: { type: "doc" },
  });
  expect((await exported(ada, "With its whole history")).name).toMatch(/^Harbour +report\.palimpsest$/);
});

test("the export's menu by keys alone, with nothing wrong for who cannot see it", {
  tag: ["@ux55", "@ux60"],
}, async ({ person }) => {
  const { ada } = await withPicture(person);
  await ada.page.getByRole("button", { name: "More actions" }).focus();
  await ada.press("Enter");
  await openExports(ada);
  await expectAccessible(ada, "the menu of exports");
  await ada.press("ArrowLeft", "Escape");
  await expect(ada.page.getByRole("button", { name: "More actions" })).toBeFocused();
});

test("on a phone the export's menu fits", { tag: ["@ux55", "@ux58"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "T", markdown: "x" });
  const ada = await (
    await person("Ada", { viewport: { width: 390, height: 780 }, hasTouch: true, isMobile: true })
  ).open(id);
  await ada.page.getByRole("button", { name: "More actions" }).tap();
  const menu = ada.page.getByRole("menu");
  await menu.getByRole("menuitem", { name: "Word (.docx)" }).scrollIntoViewIfNeeded();
  const box = await menu.boundingBox();
  expect(box!.x).toBeGreaterThanOrEqual(0);
  expect(box!.x + box!.width).toBeLessThanOrEqual(390);
  expect(await ada.fitsTheWindow()).toBe(true);
  await expectAccessible(ada, "the menu of exports on a phone");
  const download = ada.page.waitForEvent("download");
  await menu.getByRole("menuitem", { name: "Word (.docx)" }).tap();
  expect((await read(await download)).name).toBe("T.docx");
});

test("a version is downloaded as it was", { tag: ["@ux28", "@ux55"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Then", markdown: "first" });
  await scribe.json(`/api/documents/${id}/versions`, { method: "POST", body: { name: "Draft" } });
  await scribe.json(`/api/documents/${id}/content`, { method: "PUT", body: { markdown: "second" } });
  const ada = await (await person("Ada")).open(id);
  await ada.sees("second");
  await openHistory(ada);
  const draft = entriesOf(ada, "version").filter({ hasText: "Draft" });
  await draft
    .locator("xpath=..")
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await openExports(ada);
  const download = ada.page.waitForEvent("download");
  await ada.page.getByRole("menuitem", { name: "Markdown", exact: true }).press("Enter");
  expect((await read(await download)).bytes.toString()).toBe("# Then\n\nfirst\n");
});

test("[S13] the text is replaced from a web page, and nothing of what it does comes along", {
  tag: ["@ux55"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "T", markdown: "before" });
  const ada = await (await person("Ada")).open(id);
  await ada.page.getByTestId("replace-file").setInputFiles({
    name: "page.html",
    mimeType: "text/html",
    buffer: Buffer.from(
      "<h2 onclick=x>Title</h2><script>window.__ran = 1</script><p style='position:fixed'>Text <a href='javascript:x'>here</a></p>",
    ),
  });
  await ada.page.getByRole("alertdialog").getByRole("button", { name: "Replace" }).click();
  await ada.sees("Title", "Text here");
  expect(await scribe.markdown(id)).toBe("## Title\n\nText here\n");
  expect(await ada.page.evaluate(() => "__ran" in window)).toBe(false);
});

test("what cannot be read is refused with a sentence, and nothing changes", {
  tag: ["@ux55", "@ux62"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "T", markdown: "before" });
  const ada = await (await person("Ada")).open(id);
  for (const [name, buffer, sentence] of [
    ["torn.docx", Buffer.from("PK\u0003\u0004 torn"), "it is damaged, or no Word file"],
    ["old.doc", Buffer.from("x"), "This is an old Word file"],
    ["empty.md", Buffer.from(""), "The file is empty"],
    ["picture.md", Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]), "it holds no text"],
  ] as const) {
    await ada.page.getByTestId("replace-file").setInputFiles({ name, mimeType: "", buffer });
    await expect(ada.toast(sentence)).toBeVisible();
  }
  await ada.sees("before");
});

test("on paper there is the text alone, black on white, with what was closed", { tag: ["@ux59"] }, async ({
  person,
}) => {
  const { ada } = await withPicture(person);
  await ada.page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(ada.page.getByTestId("toolbar")).toBeHidden();
  await expect(ada.page.getByRole("button", { name: "More actions" })).toBeHidden();
  await expect(ada.body.getByText("What was hidden")).toBeVisible();
  const colours = await ada.body.evaluate((body) => {
    const grounds: string[] = [];
    for (let at: Element | null = body; at !== null; at = at.parentElement)
      grounds.push(getComputedStyle(at).backgroundColor);
    return { ink: getComputedStyle(body).color, grounds };
  });
  expect(colours.ink).toBe("rgb(30, 27, 23)");
  for (const ground of colours.grounds) expect(ground).toMatch(/^rgba\(0, 0, 0, 0\)$|^rgb\(255, 255, 255\)$/);
  const pdf = await ada.page.pdf({ format: "A4", printBackground: true, preferCSSPageSize: true });
  expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
});

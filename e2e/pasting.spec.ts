import { readdirSync, readFileSync } from "node:fs";
import { Guest, type TextNode } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const fixtures = new URL("../web/test/fixtures/clipboard/", import.meta.url);
const programs = readdirSync(fixtures)
  .filter((name) => name.endsWith(".html"))
  .map((name) => name.replace(/\.html$/, ""));

type Clipboard = Readonly<Record<string, string>>;

/** A paste as the browser announces it, of what another program put on the clipboard. */
async function paste(someone: Person, clipboard: Clipboard): Promise<void> {
  await someone.body.evaluate((element, data) => {
    const transfer = new DataTransfer();
    for (const [type, value] of Object.entries(data)) transfer.setData(type, value);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
    );
  }, clipboard);
}

/** What an attribute is anyway, in the schema or in the fixtures. */
const usual = new Set<unknown>([null, false, 1, "", "note"]);

/** A document in a form that does not say defaults, as the fixtures have it. */
function short(node: TextNode): object {
  const attrs = Object.fromEntries(Object.entries(node.attrs ?? {}).filter(([, value]) => !usual.has(value)));
  const marks = (node.marks ?? []).map((mark) =>
    typeof mark === "string"
      ? mark
      : [mark.type, mark.attrs?.href ?? mark.attrs?.color].filter(Boolean).join(" "),
  );
  return {
    type: node.type,
    ...(node.text === undefined ? {} : { text: node.text }),
    ...(Object.keys(attrs).length === 0 ? {} : { attrs }),
    ...(marks.length === 0 ? {} : { marks }),
    ...(node.content === undefined ? {} : { content: node.content.map(short) }),
  };
}

/** Without the empty line that is kept below what is no line of text. */
function blocks(node: TextNode): object[] {
  const all = (node.content ?? []).map(short);
  const last = all.at(-1) as { type: string; content?: unknown } | undefined;
  return last?.type === "paragraph" && last.content === undefined ? all.slice(0, -1) : all;
}

async function emptyPage(person: (name: string) => Promise<Person>) {
  const scribe = await Guest.enter();
  const id = await scribe.create();
  const ada = await (await person("Ada")).open(id);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.body.click();
  const markdown = async () => {
    await ada.saved();
    return (await scribe.markdown(id)).trim();
  };
  return { scribe, id, ada, markdown };
}

const onClipboard = (someone: Person) => someone.page.evaluate(() => navigator.clipboard.readText());
const put = (someone: Person, text: string) =>
  someone.page.evaluate((words) => navigator.clipboard.writeText(words), text);

/** Copies the whole text, until what writes Markdown has been loaded behind the text. */
const copies = (someone: Person, sign: string) =>
  expect(async () => {
    await someone.press("Control+a", "Control+c");
    expect(await onClipboard(someone)).toContain(sign);
  }).toPass({ timeout: 25_000 });

test("what programs put on the clipboard becomes what it means there", { tag: ["@ux37"] }, async ({
  person,
}) => {
  const { scribe, ada, id } = await emptyPage(person);
  for (const program of programs) {
    await ada.press("Control+a", "Delete");
    await ada.sees("");
    const html = readFileSync(new URL(`${program}.html`, fixtures), "utf8");
    const { document } = JSON.parse(readFileSync(new URL(`${program}.json`, fixtures), "utf8")) as {
      document: TextNode;
    };
    await paste(ada, { "text/html": html, "text/plain": "what it would be without structure" });
    await expect.poll(async () => blocks(await ada.json()), { message: program }).toEqual(blocks(document));
  }
  await ada.saved();
  expect(blocks((await scribe.content(id)).content)).toEqual(blocks(await ada.json()));
});

test("[S13] hostile HTML runs nothing, loads nothing and restyles nothing", { tag: ["@ux37"] }, async ({
  person,
}) => {
  const { ada, markdown } = await emptyPage(person);
  const asked: string[] = [];
  ada.page.on("request", (request) => {
    if (!request.url().startsWith(ada.url)) asked.push(request.url());
  });
  await paste(ada, { "text/html": readFileSync(new URL("hostile.html", fixtures), "utf8") });
  await expect(ada.body.getByRole("link", { name: "four" })).toHaveAttribute("href", "https://example.org/");
  expect(await markdown()).toContain("Plain one two three [four](https://example.org/)");
  const found = await ada.body.evaluate((body) => ({
    ran: "__pasted" in window,
    handlers: [...body.querySelectorAll("*")].filter((element) =>
      element.getAttributeNames().some((name) => /^on|^srcdoc$|^formaction$|^id$/.test(name)),
    ).length,
    strange: body.querySelectorAll(
      "script, style, iframe, object, form, input:not([type=checkbox]), svg script, .evil",
    ).length,
    base: document.querySelector("base") === null,
    shown: getComputedStyle(document.body).display,
  }));
  expect(found).toEqual({ ran: false, handlers: 0, strange: 0, base: true, shown: "block" });
  expect(asked).toEqual([]);
});

const readme =
  "# Harbour\n\nThe **tide** is `high`:\n\n- boats\n  - small ones\n- buoys\n\n| a | b |\n| --- | --- |\n| 1 | 2 |";

test("pasted Markdown becomes blocks; taken back once it is the text that was pasted", {
  tag: ["@ux38"],
}, async ({ person }) => {
  const { ada, markdown } = await emptyPage(person);
  await ada.type("Before");
  await ada.press("Enter");
  await put(ada, readme);
  await ada.press("Control+v");
  await ada.sees("Before", "Harbour", "The tide is high:", "boatssmall onesbuoys", "ab12");
  expect(await markdown()).toBe(`Before\n\n${readme}`);
  await ada.press("Control+z");
  await ada.sees("Before", ...readme.split(/\n+/));
  await ada.press("Control+z");
  await ada.sees("Before", "");
  await ada.press("Control+Shift+z", "Control+Shift+z");
  await ada.sees("Before", "Harbour", "The tide is high:", "boatssmall onesbuoys", "ab12");
});

test("without formatting, Markdown and HTML are the words they are", { tag: ["@ux37", "@ux38"] }, async ({
  person,
}) => {
  const { ada } = await emptyPage(person);
  await put(ada, "# Not a heading\n- not an item");
  await ada.press("Control+Shift+v");
  await ada.sees("# Not a heading", "- not an item");
  await ada.press("Control+a", "Control+b", "Control+c", "Control+Shift+v");
  await ada.press("Control+a", "Delete");
  await ada.sees("");
  await ada.type("A");
  await put(ada, "# Heading\n\ntext");
  await ada.press("Enter", "Control+v");
  await ada.sees("A", "Heading", "text");
});

test("lines of plain text are paragraphs, and a script stays a script", { tag: ["@ux38"] }, async ({
  person,
}) => {
  const { ada } = await emptyPage(person);
  await paste(ada, { "text/plain": "One\r\nTwo\r\n\r\nThree * four * five" });
  await ada.sees("One", "Two", "Three * four * five");
  await ada.press("Control+a", "Delete");
  await paste(ada, { "text/plain": "# build\nx = 1\n# test\ny = 2" });
  await ada.sees("# build", "x = 1", "# test", "y = 2");
});

test("an address over words links them, one on its own links itself", { tag: ["@ux39"] }, async ({
  person,
}) => {
  const { ada, markdown } = await emptyPage(person);
  await ada.type("see here");
  await ada.press("Control+Shift+ArrowLeft");
  await put(ada, "https://example.org/tide?x=1");
  await ada.press("Control+v");
  expect(await markdown()).toBe("see [here](https://example.org/tide?x=1)");
  await ada.press("Control+z");
  await expect.poll(markdown).toBe("see here");
  await ada.press("Control+a");
  await put(ada, "javascript:alert(1)");
  await ada.press("Control+v");
  expect(await markdown()).toBe("javascript:alert(1)");
  await ada.press("End", "Enter");
  await put(ada, "https://example.org/own");
  await ada.press("Control+v");
  await expect(ada.body.getByRole("link", { name: "https://example.org/own" })).toBeVisible();
  await ada.press("End", "Enter");
  await put(ada, "see www.example.org/a_(b), or not");
  await ada.press("Control+v");
  await expect(ada.body.getByRole("link", { name: "www.example.org/a_(b)", exact: true })).toHaveAttribute(
    "href",
    "https://www.example.org/a_(b)",
  );
});

test("code from VS Code is a code block of its language, in code it is text", {
  tag: ["@ux38", "@ux42"],
}, async ({ person }) => {
  const { ada, markdown } = await emptyPage(person);
  const code = "function tide() {\n  return 6;\n}";
  const copied = {
    "text/plain": code,
    "text/html": readFileSync(new URL("vscode.html", fixtures), "utf8"),
    "vscode-editor-data": JSON.stringify({ version: 1, isFromEmptySelection: false, mode: "javascript" }),
  };
  await paste(ada, copied);
  expect(await markdown()).toBe(`\`\`\`javascript\n${code}\n\`\`\``);
  await ada.press("Control+a", "Delete");
  await ada.type("``` ");
  await paste(ada, { ...copied, "text/plain": "# no\n- heading" });
  expect(await markdown()).toBe("```\n# no\n- heading\n```");
});

test("cells from a sheet fill the cells of a table", { tag: ["@ux37", "@ux41"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({
    markdown: "| a | b | c |\n| --- | --- | --- |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |",
  });
  const ada = await (await person("Ada")).open(id);
  await ada.body.getByText("2", { exact: true }).click();
  const sheet = readFileSync(new URL("google-sheets.html", fixtures), "utf8").replace(
    /<tr[^>]*><td[^>]*>one[\s\S]*?<\/tr>/,
    "",
  );
  await paste(ada, { "text/html": sheet, "text/plain": "Month\tSum\nMay\t1,200" });
  await expect
    .poll(() => scribe.markdown(id))
    .toMatch(/\| 1 +\| \*\*Month\*\* +\| \*\*Sum\*\* +\|\n\| 4 +\| May +\| 1,200 +\|/);
});

const everything: TextNode = {
  type: "doc",
  content: [
    {
      type: "heading",
      attrs: { level: 2, textAlign: "center" },
      content: [{ type: "text", text: "All of it" }],
    },
    {
      type: "callout",
      attrs: { kind: "warning" },
      content: [
        {
          type: "paragraph",
          attrs: { tint: "blue" },
          content: [
            { type: "text", text: "red", marks: [{ type: "textColor", attrs: { color: "red" } }] },
            { type: "text", text: " and " },
            { type: "inlineMath", attrs: { latex: "x^2" } },
            { type: "text", text: " " },
            { type: "mention", attrs: { id: "u1", label: "Ben" } },
          ],
        },
      ],
    },
    {
      type: "details",
      content: [
        { type: "detailsSummary", content: [{ type: "text", text: "more" }] },
        {
          type: "detailsContent",
          content: [{ type: "paragraph", content: [{ type: "text", text: "inside" }] }],
        },
      ],
    },
    {
      type: "taskList",
      content: [
        {
          type: "taskItem",
          attrs: { checked: true },
          content: [{ type: "paragraph", content: [{ type: "text", text: "done" }] }],
        },
      ],
    },
    {
      type: "table",
      content: [
        {
          type: "tableRow",
          content: [
            {
              type: "tableCell",
              attrs: { colspan: 2, rowspan: 1 },
              content: [{ type: "paragraph", content: [{ type: "text", text: "wide" }] }],
            },
          ],
        },
      ],
    },
    { type: "blockMath", attrs: { latex: "\\sum_i i" } },
    { type: "codeBlock", attrs: { language: "ts" }, content: [{ type: "text", text: "a();\n  b();" }] },
    { type: "paragraph", content: [{ type: "text", text: "two  spaces  stay" }] },
  ],
};

test("copied from one document into another, everything is the same", { tag: ["@ux37", "@ux38"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const from = await scribe.json<{ id: string }>("/api/documents", {
    method: "POST",
    body: { title: "From", json: everything },
  });
  const to = await scribe.create();
  const ada = await (await person("Ada")).open(from.id);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.body.click();
  await copies(ada, "## All of it");
  await ada.open(to);
  await ada.body.click();
  await ada.press("Control+v");
  await expect.poll(async () => blocks(await ada.json())).toEqual(blocks(everything));
  await ada.saved();
  expect(blocks((await scribe.content(to)).content)).toEqual(blocks(everything));
});

test("copying and cutting give Markdown as plain text, words of one line as they are", {
  tag: ["@ux38"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const source =
    "## Plan\n\nThe **tide** *rises*.\n\n- [ ] boats\n- [x] buoys\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n";
  const id = await scribe.create({ markdown: source });
  const ada = await (await person("Ada")).open(id);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const written = await scribe.markdown(id);
  await ada.body.click();
  await copies(ada, "## Plan");
  expect(`${await onClipboard(ada)}\n`).toBe(written);
  const html = await ada.page.evaluate(async () => {
    const [item] = await navigator.clipboard.read();
    return (await item!.getType("text/html")).text();
  });
  expect(html).toContain("<strong>tide</strong>");
  await ada.goTo("The tide");
  await ada.press("Shift+Home", "Control+c");
  expect(await onClipboard(ada)).toBe("The tide rises.");
  await ada.press("Control+a");
  await ada.press("Control+x");
  await ada.sees("");
  expect(`${await onClipboard(ada)}\n`).toBe(written);
  await ada.press("Control+v");
  await ada.saved();
  await expect.poll(async () => (await scribe.markdown(id)).trim()).toBe(written.trim());
});

test("ten thousand paragraphs go in, and what no document holds is refused with a sentence", {
  tag: ["@ux37", "@ux20"],
}, async ({ person }) => {
  const { ada } = await emptyPage(person);
  await paste(ada, {
    "text/html": `<meta charset="utf-8">${Array.from({ length: 10_000 }, (_, at) => `<p class=MsoNormal><span style='color:black'>Paragraph ${at}</span></p>`).join("\n")}`,
    "text/plain": "x",
  });
  await expect
    .poll(() => ada.body.evaluate((body) => body.childElementCount), { timeout: 60_000 })
    .toBe(10_000);
  await ada.saved({ timeout: 60_000 });
  await ada.body.evaluate((element) => {
    const transfer = new DataTransfer();
    transfer.setData("text/plain", "word ".repeat(1_300_000));
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: transfer, bubbles: true, cancelable: true }),
    );
  });
  await expect(ada.toast("That is too much to paste at once")).toBeVisible();
  expect(await ada.body.evaluate((body) => body.childElementCount)).toBe(10_000);
});

test("a picture that could not come along is told", { tag: ["@ux37"] }, async ({ person }) => {
  const { ada } = await emptyPage(person);
  await paste(ada, {
    "text/html": readFileSync(new URL("word-windows.html", fixtures), "utf8"),
    "text/plain": "x",
  });
  await expect(ada.toast("One picture could not be pasted along")).toBeVisible();
  await expectAccessible(ada, "after a paste from Word");
});

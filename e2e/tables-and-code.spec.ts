import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { shape } from "./support/shape.ts";
import { expect, test } from "./support/test.ts";

type Enter = (name: string, options?: object) => Promise<Person>;

async function opened(person: Enter, markdown: string, options: object = {}) {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown });
  const ada = await (await person("Ada", options)).open(id);
  const { page } = ada;
  /** The first table, a line for each row, cells parted by bars; headers in capitals. */
  const table = async (someone = ada) =>
    someone.body
      .locator("table")
      .first()
      .evaluate((element) =>
        [...element.querySelectorAll("tr")].map((row) =>
          [...row.children]
            .map((cell) => (cell.tagName === "TH" ? cell.textContent?.toUpperCase() : cell.textContent))
            .join("|"),
        ),
      );
  const has = (...rows: readonly string[]) =>
    expect.poll(() => table(), { message: "the table" }).toEqual(rows);
  /** Puts the caret into a cell. */
  const cell = async (text: string) => {
    await ada.body.locator("td, th").filter({ hasText: text }).first().click();
    await expect.poll(() => ada.blockWithCaret()).toBe(text);
  };
  const handle = async (what: "row" | "column") => {
    await page.getByTestId(`table-${what}-handle`).click();
    return page.getByTestId(`table-${what}-menu`);
  };
  return { scribe, id, ada, page, table, has, cell, handle };
}

const small = "| a | b |\n|---|---|\n| c | d |\n| e | f |\n\nend";

test("rows and columns by their handles: added, moved, duplicated, deleted, headers", {
  tag: ["@ux41"],
}, async ({ person }) => {
  const { ada, page, has, cell, handle } = await opened(person, small);
  await cell("c");
  await (await handle("row")).getByRole("menuitem", { name: "Add a row below" }).click();
  await has("A|B", "c|d", "|", "e|f");
  await cell("d");
  const row = await handle("row");
  await expectAccessible(ada, "the menu of a row");
  await row.getByRole("menuitem", { name: "Duplicate the row" }).click();
  await has("A|B", "c|d", "c|d", "|", "e|f");
  await cell("e");
  await (await handle("row")).getByRole("menuitem", { name: "Delete the row" }).click();
  await has("A|B", "c|d", "c|d", "|");
  await cell("a");
  const column = await handle("column");
  await expectAccessible(ada, "the menu of a column");
  await column.getByRole("menuitem", { name: "Add a column after" }).click();
  await has("A||B", "c||d", "c||d", "||");
  await cell("b");
  await (await handle("column")).getByRole("menuitem", { name: "Move the column back" }).click();
  await ada.press("Escape");
  await has("A|B|", "c|d|", "c|d|", "||");
  await cell("a");
  await (await handle("column")).getByRole("menuitem", { name: "Header column" }).click();
  await has("A|B|", "C|d|", "C|d|", "||");
  await page.getByRole("button", { name: "Add a row", exact: true }).click();
  await has("A|B|", "C|d|", "C|d|", "||", "||");
});

test("rows move by Alt and the arrows and stop at the edge; undo takes back one's own alone", {
  tag: ["@ux41", "@ux47"],
}, async ({ person }) => {
  const { ada, id, has, cell, table } = await opened(person, small);
  const ben = await (await person("Ben")).open(id);
  await ben.body.locator("td", { hasText: "f" }).click();
  await ben.press("End");
  await ben.type("!");
  await expect.poll(() => table(ada)).toEqual(["A|B", "c|d", "e|f!"]);
  await cell("c");
  await ada.press("Alt+ArrowDown");
  await ben.type("?");
  await has("A|B", "e|f!?", "c|d");
  await ada.press("Alt+ArrowDown");
  await has("A|B", "e|f!?", "c|d");
  await ada.type("x");
  await expect.poll(async () => (await table())[2]).toMatch(/^(xc|cx)\|d$/);
  await ada.press("Control+z", "Control+z");
  await has("A|B", "c|d", "e|f!?");
  await expect.poll(() => table(ben)).toEqual(["A|B", "c|d", "e|f!?"]);
  expect(shape(await ada.json()).at(-1)).toBe("end");
});

test("Tab goes from cell to cell and adds a row; cells are merged, split, emptied by the keyboard", {
  tag: ["@ux41"],
}, async ({ person }) => {
  const { ada, page, has, cell } = await opened(person, small);
  await cell("f");
  await ada.press("Tab");
  await ada.type("new");
  await has("A|B", "c|d", "e|f", "new|");
  await ada.press("Shift+Tab");
  await expect.poll(() => ada.blockWithCaret()).toBe("f");
  await cell("c");
  await ada.press("End", "Shift+ArrowRight");
  await expect(ada.body.locator(".selectedCell")).toHaveCount(2);
  await ada.press("Control+/");
  await page.getByTestId("block-menu").getByRole("menuitem", { name: "Cell", exact: true }).click();
  await page.getByRole("menuitem", { name: "Merge the cells" }).click();
  await has("A|B", "cd", "e|f", "new|");
  await ada.press("Control+/");
  await page.getByTestId("block-menu").getByRole("menuitem", { name: "Cell", exact: true }).click();
  await page.getByRole("menuitem", { name: "Split the cell" }).click();
  await has("A|B", "cd|", "e|f", "new|");
});

test("columns are made wider by keys as well", { tag: ["@ux41"] }, async ({ person }) => {
  const { ada, page, cell, handle } = await opened(person, small);
  await cell("c");
  const width = async () => (await ada.body.locator("th").first().boundingBox())?.width ?? 0;
  await (await handle("column")).getByRole("menuitem", { name: "Wider" }).press("Enter");
  const first = await width();
  await page.getByRole("menuitem", { name: "Wider" }).press("Enter");
  await expect.poll(width).toBeGreaterThan(first);
  await page.getByRole("menuitem", { name: "Widths by the content" }).press("Enter");
  await expect(page.getByTestId("table-column-menu")).toBeHidden();
  await expect(ada.body).toBeFocused();
});

test("a wide table scrolls in itself and not the page, on a phone too", { tag: ["@ux41"] }, async ({
  person,
}) => {
  const cells = Array.from({ length: 12 }, (_, index) => `column${index}`);
  const markdown = `| ${cells.join(" | ")} |\n|${"---|".repeat(12)}\n| ${cells.join(" | ")} |`;
  const options = {
    viewport: { width: 390, height: 760 },
    hasTouch: true,
    isMobile: true,
    colorScheme: "dark",
  };
  const { ada, page } = await opened(person, markdown, options);
  await ada.body.locator("td").first().tap();
  await expect(page.getByTestId("table-row-handle")).toBeVisible();
  expect(await ada.fitsTheWindow()).toBe(true);
  const scrolls = await ada.body
    .locator(".tableWrapper")
    .evaluate((element) => element.scrollWidth > element.clientWidth);
  expect(scrolls).toBe(true);
  await expectAccessible(ada, "a table on a phone");
});

test("code: a language is found and coloured, Tab indents, Enter keeps it, Ctrl+Enter leaves", {
  tag: ["@ux42"],
}, async ({ person }) => {
  const { ada, page } = await opened(person, "start");
  await ada.goTo("start");
  await ada.press("Enter");
  await ada.type("```ts ");
  await ada.type("function f() {");
  await ada.press("Enter", "Tab");
  await ada.type("return 1;");
  await ada.press("Enter");
  await ada.type("// done");
  await ada.press("Enter", "Shift+Tab");
  await ada.type("}");
  const code = ada.body.locator("pre code");
  await expect(code).toHaveText("function f() {\n  return 1;\n  // done\n}");
  await expect(code.locator(".hljs-keyword", { hasText: "function" })).toBeVisible();
  await expect(code.locator(".hljs-comment")).toHaveText("// done");
  await page.getByRole("button", { name: "Language of the code: TypeScript" }).click();
  const picker = page.getByTestId("picker");
  await picker.getByRole("combobox", { name: "Search languages" }).fill("py");
  await expect(picker.getByRole("option").first()).toHaveText("Python");
  await expectAccessible(ada, "the languages");
  await ada.press("Enter");
  await expect(code.locator(".hljs-keyword", { hasText: "return" })).toBeVisible();
  await expect(code.locator(".hljs-keyword", { hasText: "function" })).toHaveCount(0);
  await expect(ada.body).toBeFocused();
  await ada.press("Control+Enter");
  await ada.type("after");
  expect(shape(await ada.json()).at(-1)).toBe("after");
});

test("code is copied, and keeps its colours while somebody else writes", { tag: ["@ux42"] }, async ({
  person,
}) => {
  const { ada, page, id } = await opened(person, "words\n\n```js\nconst a = 1;\n```");
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await expect(ada.body.locator(".hljs-keyword")).toHaveText("const");
  await ada.body.locator("pre").hover();
  await page.getByRole("button", { name: "Copy", exact: true }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("const a = 1;");
  const ben = await (await person("Ben")).open(id);
  await ben.goTo("words");
  await ben.type(" more");
  await expect(ada.body).toContainText("words more");
  await expect(ada.body.locator(".hljs-keyword")).toHaveText("const");
});

test("ten thousand lines of code are shown plain and stay writable", { tag: ["@ux42"] }, async ({
  person,
}) => {
  const lines = Array.from({ length: 10_000 }, (_, index) => `const a${index} = ${index};`);
  const { ada } = await opened(person, `\`\`\`js\n${lines.join("\n")}\n\`\`\`\n\nend`);
  await ada.body.locator("pre").click({ position: { x: 60, y: 12 } });
  await ada.press("Home");
  await ada.type("let z;");
  await expect(ada.body.locator("pre")).toContainText("let z;");
  await expect(ada.body.locator("[class*=hljs]")).toHaveCount(0);
});

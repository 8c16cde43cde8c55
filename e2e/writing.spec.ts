import { Guest } from "./support/api.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

/** An empty document with the caret in it, and what the server has of it once everything is saved. */
async function blankPage(person: (name: string) => Promise<Person>) {
  const scribe = await Guest.enter();
  const id = await scribe.create();
  const ada = await (await person("Ada")).open(id);
  await ada.body.click();
  const markdown = async () => {
    await ada.saved();
    return (await scribe.markdown(id)).trim();
  };
  const tool = (name: string) => ada.page.getByTestId("toolbar").getByRole("button", { name, exact: true });
  return { scribe, id, ada, markdown, tool };
}

test("marks by keyboard and by toolbar", { tag: ["@ux33"] }, async ({ person }) => {
  const { ada, markdown, tool } = await blankPage(person);
  for (const [keys, word] of [
    ["Control+b", "bold"],
    ["Control+i", "italic"],
    ["Control+e", "code"],
    ["Control+Shift+s", "struck"],
  ] as const) {
    await ada.press(keys);
    await ada.type(word);
    await ada.press(keys);
    await ada.type(" ");
  }
  await ada.type("end");
  expect(await markdown()).toBe("**bold** _italic_ `code` ~~struck~~ end");
  await ada.press("Shift+Home");
  await ada.press("Control+Shift+h");
  await tool("Underline").click();
  await expect(tool("Underline")).toHaveAttribute("aria-pressed", "true");
  await ada.saved();
  await expect(ada.body.locator("mark").first()).toBeVisible();
  await expect(ada.body.locator("u").first()).toBeVisible();
});

test("Markdown as it is typed becomes what it means", { tag: ["@ux35"] }, async ({ person }) => {
  const { ada, markdown } = await blankPage(person);
  await ada.type("# One");
  await ada.press("Enter");
  await ada.type("### Three");
  await ada.press("Enter");
  await ada.type("- a point");
  await ada.press("Enter", "Tab");
  await ada.type("below it");
  await ada.press("Enter", "Enter", "Enter");
  await ada.type("1. first");
  await ada.press("Enter", "Enter");
  await ada.type("[ ] to do");
  await ada.press("Enter", "Enter");
  await ada.type("> said");
  await ada.press("Enter", "Enter");
  await ada.type("**loud** and `code`, ");
  await ada.press("Enter");
  await ada.type("---");
  await ada.type("```js ");
  await ada.type("let x = 1;");
  const text = await markdown();
  for (const part of [
    "# One",
    "### Three",
    "- a point",
    "below it",
    "1. first",
    "- [ ] to do",
    "> said",
    "**loud** and `code`,",
  ])
    expect(text).toContain(part);
  expect(text).toMatch(/^```js\nlet x = 1;\n```$/m);
  await expect(ada.body.locator("hr")).toHaveCount(1);
  await ada.body.getByRole("checkbox").check();
  expect(await markdown()).toContain("- [x] to do");
});

test("an empty page, heading and quote say what may stand in them, and nothing of it is text", {
  tag: ["@ux36"],
}, async ({ person }) => {
  const { ada, markdown } = await blankPage(person);
  const hint = () =>
    ada.body.evaluate((body) => {
      const empty = body.querySelector('.is-empty:not([data-placeholder=""])');
      return empty === null ? null : getComputedStyle(empty, "::before").content;
    });
  expect(await hint()).toBe('"Write, or press “/” for blocks"');
  await ada.type("# ");
  expect(await hint()).toBe('"Heading"');
  await ada.type("Tides");
  expect(await hint()).toBeNull();
  await ada.press("Enter");
  await ada.type("> ");
  expect(await hint()).toBe('"Quote"');
  await ada.type("All is water");
  expect(await markdown()).toBe("# Tides\n\n> All is water");
});

test("the slash menu by keyboard alone", { tag: ["@ux32"] }, async ({ person }) => {
  const { ada, markdown } = await blankPage(person);
  const menu = ada.page.getByTestId("slash-menu");
  await ada.type("/");
  await expect(menu.getByRole("option").first()).toHaveAttribute("aria-selected", "true");
  await ada.press("ArrowDown", "ArrowDown");
  await expect(menu.getByRole("option", { name: "Heading 2" })).toHaveAttribute("aria-selected", "true");
  await ada.press("Enter");
  await expect(menu).toBeHidden();
  await ada.type("By slash");
  await ada.press("Enter");
  await ada.type("/todo");
  await expect(menu.getByRole("option")).toHaveCount(1);
  await ada.press("Enter");
  await ada.type("a task");
  await ada.press("Enter", "Enter");
  await ada.type("/quo");
  await expect(menu).toBeVisible();
  await ada.press("Enter");
  await ada.type("a quote");
  await ada.press("Enter", "Enter");
  await ada.type("/xyzzy");
  await expect(ada.page.getByTestId("slash-empty")).toContainText("xyzzy");
  await ada.press("Escape");
  await expect(ada.page.getByTestId("slash-empty")).toBeHidden();
  expect(await markdown()).toBe("## By slash\n\n- [ ] a task\n\n> a quote\n\n/xyzzy");
});

test("links by popover: given, changed, refused and taken away", { tag: ["@ux39"] }, async ({ person }) => {
  const { ada, markdown, tool } = await blankPage(person);
  const popover = ada.page.getByTestId("link-popover");
  const address = popover.getByRole("textbox", { name: "Address of the link" });
  await ada.type("Read this");
  await ada.press("Control+Shift+ArrowLeft", "Control+k");
  await expect(address).toBeFocused();
  await address.fill("javascript:alert(1)");
  await address.press("Enter");
  await expect(popover.getByRole("alert")).toContainText("Only web addresses");
  await expect(address).toBeFocused();
  await address.fill("https://example.com/a");
  await expect(address).toHaveValue("https://example.com/a");
  await address.press("Enter");
  await expect(popover).toBeHidden();
  expect(await markdown()).toBe("Read [this](https://example.com/a)");
  await ada.press("ArrowRight", "ArrowLeft");
  const card = ada.page.getByTestId("link-card");
  await expect(card).toContainText("example.com/a");
  await card.getByRole("button", { name: "Edit link" }).click();
  await expect(address).toHaveValue("https://example.com/a");
  await address.fill("https://example.com/b");
  await popover.getByRole("button", { name: "Apply" }).click();
  expect(await markdown()).toBe("Read [this](https://example.com/b)");
  await ada.press("ArrowRight", "ArrowLeft");
  await card.getByRole("button", { name: "Remove link" }).click();
  expect(await markdown()).toBe("Read this");
  await expect(tool("Link")).toHaveAttribute("aria-pressed", "false");
});

test("a key acts on what the key before it selected, however fast they come", async ({ person }) => {
  const { ada, markdown } = await blankPage(person);
  await ada.type("Read this");
  const keyboard = await ada.context.newCDPSession(ada.page);
  // Both keys are waiting before the page gets to the first: it has no turn in between to hear of the selection.
  await Promise.all(
    [
      { modifiers: 10, key: "ArrowLeft", commands: ["moveWordBackwardAndModifySelection"] },
      { modifiers: 2, key: "k", windowsVirtualKeyCode: 75 },
    ].flatMap((stroke) => [
      keyboard.send("Input.dispatchKeyEvent", { type: "rawKeyDown", ...stroke }),
      keyboard.send("Input.dispatchKeyEvent", { ...stroke, type: "keyUp", commands: [] }),
    ]),
  );
  const popover = ada.page.getByTestId("link-popover");
  await popover.getByRole("textbox").fill("https://example.com/");
  await popover.getByRole("textbox").press("Enter");
  await expect(popover).toBeHidden();
  expect(await markdown()).toBe("Read [this](https://example.com/)");
});

test("a table: inserted, filled by Tab, with a row more and a column less", { tag: ["@ux41"] }, async ({
  person,
}) => {
  const { ada, markdown } = await blankPage(person);
  const ben = await (await person("Ben")).open(ada.documentId);
  await ada.type("/table");
  await expect(ada.page.getByTestId("slash-menu")).toBeVisible();
  await ada.press("Enter");
  for (const word of ["a", "b", "c", "d"]) {
    await ada.type(word);
    await ada.press("Tab");
  }
  await expect(ben.body.locator("table tr")).toHaveCount(3);
  const menuOf = async (what: "row" | "column") => {
    await ada.page.getByTestId(`table-${what}-handle`).click();
    return ada.page.getByTestId(`table-${what}-menu`);
  };
  await (await menuOf("row")).getByRole("menuitem", { name: "Add a row below" }).click();
  await expect(ben.body.locator("table tr")).toHaveCount(4);
  await ada.body.locator("th").nth(1).hover();
  await (await menuOf("column")).getByRole("menuitem", { name: "Delete the column" }).click();
  await expect(ben.body.locator("table tr").first().locator("th")).toHaveCount(2);
  expect(await markdown()).toMatch(/^\| a +\| c +\|\n\| -+ \| -+ \|\n\| d +\| +\|/);
  await ada.press("Control+/");
  await ada.page
    .getByTestId("block-menu")
    .getByRole("menuitem", { name: /^Delete/ })
    .click();
  await expect(ben.body.locator("table")).toHaveCount(0);
});

test("a code block keeps what is typed, and has a language", { tag: ["@ux42"] }, async ({ person }) => {
  const { ada, markdown, tool } = await blankPage(person);
  await tool("Kind of block: Text").click();
  await ada.page.getByRole("menuitem", { name: "Code block" }).click();
  await ada.type("# not a heading");
  await ada.press("Enter");
  await ada.type("/no menu");
  await expect(ada.page.getByTestId("slash-menu")).toBeHidden();
  await expect(tool("Bold")).toBeDisabled();
  await ada.page.getByRole("button", { name: "Language of the code: Plain text" }).click();
  await ada.page.getByRole("option", { name: "Python" }).click();
  expect(await markdown()).toBe("```python\n# not a heading\n/no menu\n```");
});

import { blocksOf, Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { shape } from "./support/shape.ts";
import { agreement, expect, test } from "./support/test.ts";

type Enter = (name: string, options?: object) => Promise<Person>;

async function opened(person: Enter, markdown = "", options: object = {}) {
  const scribe = await Guest.enter();
  const id = await scribe.create(markdown === "" ? {} : { markdown });
  const ada = await (await person("Ada", options)).open(id);
  if (markdown === "") await ada.body.click();
  const { page } = ada;
  const has = (...blocks: readonly string[]) =>
    expect.poll(async () => shape(await ada.json()), { message: "the blocks" }).toEqual(blocks);
  const stored = async () => blocksOf((await scribe.content(id)).content);
  const slash = page.getByTestId("slash-menu");
  return { scribe, id, ada, page, has, stored, slash };
}

/** Points at a block and takes hold of its grip. */
async function grip({ page, body }: Person, text: string) {
  const block = body.locator("p, h1, h2, li, summary").filter({ hasText: text }).last();
  const handle = page.getByTestId("block-handle");
  let x = 20;
  await expect(async () => {
    await block.hover({ position: { x: x++, y: 8 } });
    await expect(handle).toBeVisible({ timeout: 300 });
  }).toPass();
  return handle.getByRole("button", { name: "Block: drag to move" });
}

async function dragTo(someone: Person, text: string, to: string, where: "above" | "below") {
  const { page, body } = someone;
  const from = await (await grip(someone, text)).boundingBox();
  const box = await body.locator("p, h1, h2").filter({ hasText: to }).first().boundingBox();
  if (from === null || box === null) throw new Error("nothing to drag");
  await page.mouse.move(from.x + 8, from.y + 10);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 30, { steps: 3 });
  await page.mouse.move(box.x + 40, where === "above" ? box.y + 3 : box.y + box.height - 3, { steps: 6 });
  await expect(page.getByTestId("block-drop")).toBeVisible();
  await page.mouse.up();
  await expect(page.getByTestId("block-drop")).toBeHidden();
}

test("the slash menu says where one is, leads from end to end, and closes", { tag: ["@ux32"] }, async ({
  person,
}) => {
  const { ada, page, slash, has } = await opened(person);
  await ada.type("/");
  const options = slash.getByRole("option");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  for (const group of ["Text", "Lists", "Blocks", "Media", "In the line"])
    await expect(slash.getByText(group, { exact: true }).first()).toBeVisible();
  await expect(ada.body).toHaveAttribute(
    "aria-activedescendant",
    (await options.first().getAttribute("id")) ?? "",
  );
  await ada.press("End");
  await expect(options.last()).toHaveAttribute("aria-selected", "true");
  await ada.press("ArrowDown");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await ada.press("ArrowUp", "Home");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  await expectAccessible(ada, "the slash menu");
  await ada.type("h4");
  await expect(options).toHaveCount(1);
  await ada.press("Tab");
  await ada.type("Fourth");
  await has("heading.4(Fourth)");
  await ada.press("Enter");
  await ada.type("/nothing-like-it");
  await expect(page.getByTestId("slash-empty")).toContainText("nothing-like-it");
  await ada.press("Escape");
  await expect(page.getByTestId("slash-empty")).toBeHidden();
  await expect(ada.body).not.toHaveAttribute("aria-activedescendant");
});

test("the slash menu makes every kind of block", { tag: ["@ux32", "@ux43"] }, async ({ person }) => {
  const { ada, has, slash } = await opened(person);
  const choose = async (query: string) => {
    await ada.type(`/${query}`);
    await expect(slash).toBeVisible();
    await ada.press("Enter");
    await expect(slash).toBeHidden();
  };
  for (const [query, text] of [
    ["caution", "hot"],
    ["quote", "said"],
  ] as const) {
    await choose(query);
    await ada.type(text);
    await ada.press("Enter", "Enter");
  }
  await choose("toggle");
  await ada.type("more");
  await ada.press("Enter");
  await ada.type("inside");
  await ada.press("Enter", "Enter");
  await choose("numbered");
  await ada.type("first");
  await ada.press("Enter", "Enter");
  await choose("divider");
  await choose("today");
  await has(
    "callout.caution(hot)",
    "blockquote(said)",
    "details(detailsSummary(more) detailsContent(inside))",
    "orderedList(listItem(first))",
    "horizontalRule()",
    expect.stringMatching(/^\d+ \w+ \d{4} $/) as unknown as string,
  );
});

test("Markdown for callouts, formulas and emoji as it is typed", { tag: ["@ux35", "@ux43"] }, async ({
  person,
}) => {
  const { ada, has, page } = await opened(person);
  await ada.type("> [!warning] ");
  await ada.type("mind it");
  await ada.press("Enter", "Enter");
  await ada.type("==marked== and $x^2$ for $5");
  await ada.press("Enter");
  await ada.type("a party :tad");
  await expect(page.getByTestId("emoji-menu").getByRole("option").first()).toContainText("party popper");
  await ada.type("a:");
  await expect(page.getByTestId("emoji-menu")).toBeHidden();
  await ada.press("Enter");
  await ada.type("and :rocke");
  await expect(page.getByTestId("emoji-menu").getByRole("option").first()).toContainText("rocket");
  await ada.press("Enter");
  await has(
    "callout.warning(mind it)",
    "<highlight>marked</> and inlineMath.x^2() for $5",
    "a party 🎉",
    "and 🚀 ",
  );
  await expect(ada.body.locator(".katex math")).toHaveCount(1);
});

test("blocks move by keys, with what is below them, and come back by one undo", {
  tag: ["@ux34", "@ux47"],
}, async ({ person }) => {
  const { ada, has, scribe, id } = await opened(person, "one\n\ntwo\n\n- a\n  - a1\n- b\n\nend");
  await ada.goTo("one");
  await ada.press("Alt+ArrowDown");
  await has("two", "one", "bulletList(listItem(a bulletList(listItem(a1))) listItem(b))", "end");
  await ada.type("!");
  await has("two", "one!", "bulletList(listItem(a bulletList(listItem(a1))) listItem(b))", "end");
  await ada.press("Control+z");
  await has("two", "one", "bulletList(listItem(a bulletList(listItem(a1))) listItem(b))", "end");
  await ada.press("Control+z");
  await has("one", "two", "bulletList(listItem(a bulletList(listItem(a1))) listItem(b))", "end");
  await ada.goTo("b");
  await ada.press("Alt+ArrowUp");
  await has("one", "two", "bulletList(listItem(b) listItem(a bulletList(listItem(a1))))", "end");
  await ada.press("Control+d");
  await has("one", "two", "bulletList(listItem(b) listItem(b) listItem(a bulletList(listItem(a1))))", "end");
  await ada.press("Escape", "Delete");
  await has("one", "two", "bulletList(listItem(b) listItem(a bulletList(listItem(a1))))", "end");
  await ada.saved();
  expect((await scribe.markdown(id)).trim()).toBe("one\n\ntwo\n\n- b\n- a\n  - a1\n\nend");
});

test("a block is dragged by its grip to where the line shows, several of them together", {
  tag: ["@ux34"],
}, async ({ person }) => {
  const { ada, has } = await opened(person, "one\n\ntwo\n\nthree\n\n> [!note]\n> noted\n\nend");
  await dragTo(ada, "three", "one", "above");
  await has("three", "one", "two", expect.anything() as unknown as string, "end");
  await ada.press("Control+z");
  await ada.body.locator("p", { hasText: "one" }).click();
  await ada.press("Home", "Shift+ArrowDown", "Shift+End");
  await dragTo(ada, "two", "end", "below");
  const blocks = shape(await ada.json());
  expect([blocks[0], ...blocks.slice(2)]).toEqual(["three", "end", "one", "two"]);
});

test("who writes in a block while somebody else moves it loses nothing", { tag: ["@ux34"] }, async ({
  person,
}) => {
  const { ada, id, stored } = await opened(person, "one\n\ntwo\n\nthree");
  const ben = await (await person("Ben")).open(id);
  await ben.goTo("one");
  await ben.type(" by Ben");
  await expect(ada.caretOf("Ben")).toHaveCount(1);
  await ada.goTo("one by Ben");
  await ada.press("Alt+ArrowDown");
  await ben.type(" and on");
  await ada.type("?");
  await ben.saved();
  await ada.saved();
  const [first, second, third] = await agreement([ada, ben], stored);
  expect([first, third]).toEqual(["two", "three"]);
  expect(second).toContain(" and on");
  expect(second).toContain("?");
});

test("the menu of a block: by grip and by keys, turn into, colour, direction, duplicate, delete", {
  tag: ["@ux34", "@ux48"],
}, async ({ person }) => {
  const { ada, page, has } = await opened(person, "one\n\ntwo\n\nthree");
  const menu = page.getByTestId("block-menu");
  await (await grip(ada, "two")).click();
  await expect(menu).toBeVisible();
  await expectAccessible(ada, "the block menu");
  await menu.getByRole("menuitem", { name: "Turn into" }).click();
  await page.getByRole("menuitem", { name: "Heading 2" }).click();
  await has("one", "heading.2(two)", "three");
  await expect(ada.body).toBeFocused();
  await ada.goTo("three");
  await ada.press("Control+/");
  await expect(menu).toBeVisible();
  await ada.press("ArrowDown", "ArrowRight");
  await expect(page.getByRole("menuitemcheckbox", { name: "Letters: Default" })).toBeFocused();
  await page.getByRole("menuitemcheckbox", { name: "Ground: Blue" }).click();
  await has("one", "heading.2(two)", "paragraph.blue(three)");
  await ada.press("Control+/");
  await menu.getByRole("menuitem", { name: "Direction" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Right to left" }).click();
  await has("one", "heading.2(two)", "paragraph.blue.rtl(three)");
  await expect(ada.body.locator("p", { hasText: "three" })).toHaveCSS("direction", "rtl");
  await ada.press("Control+/");
  await menu.getByRole("menuitem", { name: "Delete" }).click();
  await has("one", "heading.2(two)");
  await (await grip(ada, "one")).click();
  await menu.getByRole("menuitem", { name: "Duplicate" }).click();
  await has("one", "one", "heading.2(two)");
  await (await grip(ada, "two")).click();
  await menu.getByRole("menuitem", { name: "Move up" }).click();
  await has("one", "heading.2(two)", "one");
});

test("the plus sign opens the slash menu on a new block", { tag: ["@ux34"] }, async ({ person }) => {
  const { ada, page, has, slash } = await opened(person, "one\n\ntwo");
  await grip(ada, "one");
  await page.getByRole("button", { name: "Add a block below" }).click();
  await expect(slash).toBeVisible();
  await ada.type("warn");
  await ada.press("Enter");
  await ada.type("careful");
  await has("one", "callout.warning(careful)", "two");
});

test("a link to a block leads there, and says when the block is gone", { tag: ["@ux34"] }, async ({
  person,
}) => {
  const paragraphs = Array.from({ length: 60 }, (_, index) => `paragraph ${index}`);
  const { ada, page, id } = await opened(person, paragraphs.join("\n\n"));
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.goTo("paragraph 50");
  await ada.press("Control+/");
  await page.getByRole("menuitem", { name: "Copy link to block" }).click();
  await expect(ada.toast("Link to the block copied")).toBeVisible();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toContain(`/d/${id}#b=`);
  const ben = await person("Ben");
  await ben.page.goto(link);
  await ben.ready();
  await expect(ben.body.locator("p", { hasText: "paragraph 50" })).toBeInViewport();
  await expect(ben.body.locator(".block-flash")).toHaveText("paragraph 50");
  await ada.press("Control+/");
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await ada.saved();
  const eve = await person("Eve");
  await eve.page.goto(link);
  await eve.ready();
  await expect(eve.toast("no longer in the document")).toBeVisible();
});

test("toggles open for each reader alone, and stay open while others write above", {
  tag: ["@ux43"],
}, async ({ person }) => {
  const { ada, id, slash } = await opened(person);
  await ada.type("above");
  await ada.press("Enter");
  await ada.type("/toggle");
  await expect(slash).toBeVisible();
  await ada.press("Enter");
  await ada.type("Details");
  await ada.press("Enter");
  await ada.type("held");
  await ada.saved();
  const ben = await (await person("Ben")).open(id);
  const held = ben.body.locator("p", { hasText: "held" });
  await expect(held).toBeHidden();
  await ben.body.getByRole("button", { name: "Open the toggle" }).click();
  await expect(held).toBeVisible();
  await ada.goTo("above");
  await ada.press("Enter");
  await ada.type("more above");
  await ada.saved();
  await expect(ben.body).toContainText("more above");
  await expect(held).toBeVisible();
  await ben.body.locator("summary").click();
  await ben.press("Control+Enter");
  await expect(held).toBeHidden();
  await expect(ada.body.locator("p", { hasText: "held" })).toBeVisible();
  await expectAccessible(ben, "a toggle");
});

test("a callout changes its kind by its sign", { tag: ["@ux43"] }, async ({ person }) => {
  const { ada, page, has } = await opened(person);
  await ada.type("> [!note] listen");
  await ada.body.getByRole("button", { name: "Kind of callout: Note" }).click();
  const picker = page.getByTestId("picker");
  await expect(picker.getByRole("option", { name: "Note" })).toHaveAttribute("aria-selected", "true");
  await expectAccessible(ada, "the kinds of callout");
  await ada.press("ArrowDown", "Enter");
  await has("callout.tip(listen)");
  await expect(ada.body).toBeFocused();
});

test("a formula: typed, seen, mistaken, changed and taken away", { tag: ["@ux43"] }, async ({ person }) => {
  const { ada, page, has } = await opened(person);
  await ada.type("$$ ");
  const popover = page.getByTestId("math-popover");
  const field = popover.getByRole("textbox", { name: "LaTeX" });
  await expect(field).toBeFocused();
  await ada.type("\\frac{1}{2");
  await expect(popover.getByRole("status")).toContainText("This cannot be set");
  await ada.type("}");
  await expect(popover.getByTestId("math-preview").locator("mfrac")).toHaveCount(1);
  await expectAccessible(ada, "a formula's source");
  await ada.press("Control+Enter");
  await has("blockMath.\\frac{1}{2}()", "_");
  await ada.body.locator(".math-block").click();
  await field.fill("a_1");
  await ada.press("Escape");
  await has("blockMath.\\frac{1}{2}()", "_");
  await ada.press("Enter");
  await field.fill("");
  await ada.press("Control+Enter");
  await has("_");
});

test("a mention of somebody who is here, or has written here", { tag: ["@ux43"] }, async ({ person }) => {
  const { ada, page, id, has } = await opened(person);
  const ben = await (await person("Ben Nevis")).open(id);
  await ben.body.click();
  await ben.type("hello");
  await ben.saved();
  await ada.goTo("hello");
  await ada.press("Enter");
  await ada.type("@nev");
  const menu = page.getByTestId("mention-menu");
  await expect(menu.getByRole("option")).toHaveCount(1);
  await expectAccessible(ada, "whom to mention");
  await ada.press("Enter");
  await ada.type("look");
  await has("hello", "mention.Ben Nevis() look");
  await expect(ben.body.locator("[data-type=mention]")).toHaveText("@Ben Nevis");
  await ben.page.close();
  await ada.press("Enter");
  await ada.type("@nobody-called-so");
  await expect(page.getByTestId("mention-empty")).toContainText("nobody-called-so");
});

test("the bubble and its menus: kinds, colours, clear", { tag: ["@ux33"] }, async ({ person }) => {
  const { ada, page, has } = await opened(person, "some words");
  await ada.goTo("some words");
  await ada.press("Control+Shift+ArrowLeft");
  const bubble = page.getByTestId("bubble-menu");
  await bubble.getByRole("button", { name: "Colour" }).click();
  await expectAccessible(ada, "the colours");
  await page.getByRole("menuitemcheckbox", { name: "Letters: Red" }).click();
  await has("some <textColor=red>words</>");
  await bubble.getByRole("button", { name: "Colour" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Ground: Green" }).click();
  await has("some <highlight=green textColor=red>words</>");
  await bubble.getByRole("button", { name: "More formatting" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Superscript" }).click();
  await has("some <highlight=green superscript textColor=red>words</>");
  await bubble.getByRole("button", { name: "More formatting" }).click();
  await page.getByRole("menuitemcheckbox", { name: "Centred" }).click();
  await has("paragraph.center(some <highlight=green superscript textColor=red>words</>)");
  await ada.press("Control+\\");
  await has("paragraph.center(some words)");
  await bubble.getByRole("button", { name: /^Kind of block/ }).click();
  await page.getByRole("menuitem", { name: "Bulleted list" }).click();
  await expect.poll(async () => shape(await ada.json())[0]).toMatch(/^bulletList\(/);
});

test("what was coloured, called out and noted reads well in both themes", {
  tag: ["@ux33", "@ux43"],
}, async ({ person }) => {
  const colours = ["gray", "brown", "orange", "yellow", "green", "blue", "purple", "pink", "red"];
  const text = (words: string, marks: object[] = []) => ({ type: "text", text: words, marks });
  const json = {
    type: "doc",
    content: [
      ...colours.map((color) => ({
        type: "paragraph",
        attrs: { tint: color },
        content: [
          text("letters", [{ type: "textColor", attrs: { color } }]),
          text(" ground ", [{ type: "highlight", attrs: { color } }]),
          text("a link", [{ type: "link", attrs: { href: "https://example.com" } }]),
        ],
      })),
      ...["note", "tip", "important", "warning", "caution"].map((kind) => ({
        type: "callout",
        attrs: { kind },
        content: [{ type: "paragraph", content: [text("callout "), text("code", [{ type: "code" }])] }],
      })),
      {
        type: "codeBlock",
        attrs: { language: "typescript" },
        content: [{ type: "text", text: '// say\nexport const f = (a: number) => "x" + "s" + 1;' }],
      },
    ],
  };
  const scribe = await Guest.enter();
  const id = await scribe.create({ json });
  for (const colorScheme of ["light", "dark"]) {
    const ada = await (await (person as Enter)(`Ada in the ${colorScheme}`, { colorScheme })).open(id);
    await expect(ada.body.locator(".hljs-keyword").first()).toBeVisible();
    await expectAccessible(ada, `colours, ${colorScheme}`);
  }
});

test("on a phone: the toolbar at the bottom has blocks, and their menu", { tag: ["@ux33", "@ux34"] }, async ({
  person,
}) => {
  const options = { viewport: { width: 390, height: 760 }, hasTouch: true, isMobile: true };
  const { ada, page, has, slash } = await opened(person, "one\n\ntwo", options);
  const bar = page.getByTestId("toolbar");
  await ada.body.locator("p", { hasText: "two" }).tap();
  await bar.getByRole("button", { name: "Insert", exact: true }).tap();
  await expect(slash).toBeVisible();
  expect(await ada.fitsTheWindow()).toBe(true);
  await slash.getByRole("option", { name: "Task list" }).tap();
  await ada.type("do it");
  await has("one", "two", "taskList(taskItem.false(do it))");
  await ada.body.locator("p", { hasText: "two" }).tap();
  const block = bar.getByRole("button", { name: "Block menu" });
  await block.scrollIntoViewIfNeeded();
  await block.tap();
  await page.getByTestId("block-menu").getByRole("menuitem", { name: "Move up" }).tap();
  await has("two", "one", "taskList(taskItem.false(do it))");
  expect(await ada.fitsTheWindow()).toBe(true);
  await expectAccessible(ada, "the text on a phone");
});

test("opening a document with every kind of block writes nothing", { tag: ["@ux43"] }, async ({ person }) => {
  const markdown = "# t\n\n- [ ] a\n\n```js\n1\n```\n\n| a |\n|---|\n| b |\n\n> q\n\n$$\nx\n$$";
  const { ada, scribe, id } = await opened(person, markdown);
  const before = await scribe.stats(id);
  await expect(ada.body.locator(".hljs-number")).toHaveCount(1);
  await grip(ada, "t");
  await ada.saved();
  expect((await scribe.stats(id)).head).toBe(before.head);
});

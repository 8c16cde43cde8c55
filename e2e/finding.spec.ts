import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const text = `# Of foxes

A fox met another Fox.

- the **fox** said nothing
- and foxes went home

| Fox | Den |
| --- | --- |
| red fox | old |`;

const countOf = (someone: Person) => someone.page.getByTestId("find-count");

async function find(someone: Person, what: string): Promise<void> {
  await someone.press("ControlOrMeta+f");
  await someone.page
    .getByRole("searchbox", { name: "Find" })
    .or(someone.page.getByLabel("Find", { exact: true }))
    .fill(what);
}

test("finding counts, steps around and ends with the match selected", { tag: ["@ux44"] }, async ({
  person,
}) => {
  const id = await (await Guest.enter()).create({ markdown: text });
  const ada = await (await person("Ada")).open(id);
  await find(ada, "fox");
  await expect(countOf(ada)).toHaveText("1 of 7");
  await ada.press("Enter", "Enter");
  await expect(countOf(ada)).toHaveText("3 of 7");
  await ada.press("Shift+Enter", "Shift+Enter", "Shift+Enter");
  await expect(countOf(ada)).toHaveText("7 of 7");
  await ada.page.getByRole("button", { name: "Match case" }).click();
  await expect(countOf(ada)).toHaveText(/of 5$/);
  await ada.page.getByRole("button", { name: "Whole words only" }).click();
  await expect(countOf(ada)).toHaveText(/of 3$/);
  await expectAccessible(ada, "the bar that finds");
  await ada.page.getByLabel("Find", { exact: true }).press("Escape");
  await expect(ada.page.getByTestId("find-bar")).toBeHidden();
  await expect(ada.body).toBeFocused();
  expect(await ada.page.evaluate(() => window.getSelection()?.toString())).toBe("fox");
});

test("replacing all changes only what was found, keeps its formatting, and is one step to undo", {
  tag: ["@ux44"],
}, async ({ person }) => {
  const id = await (await Guest.enter()).create({ markdown: text });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  const before = await ada.blocks();
  await ben.goTo("went home");
  await ada.press("ControlOrMeta+Alt+f");
  await ada.page.getByLabel("Find", { exact: true }).fill("fox");
  await ada.page.getByRole("textbox", { name: "Replace with" }).fill("cat");
  await expect(countOf(ada)).toHaveText("1 of 7");
  await ada.page.getByRole("button", { name: "Replace all" }).click();
  await expect(countOf(ada)).toHaveText("Nothing found");
  await ben.sees(...before.map((block) => block.replace(/fox/gi, "cat")));
  await expect(ada.body.locator("strong")).toHaveText("cat");
  // What somebody else writes meanwhile stays.
  await ben.type(" early");
  await expect(ada.body).toContainText("went home early");
  await ada.page.getByLabel("Find", { exact: true }).press("Escape");
  await ada.press("ControlOrMeta+z");
  await ada.sees(...before.map((block) => block.replace("went home", "went home early")));
});

test("a pattern finds, replaces with what it caught, and says when it is wrong or takes too long", {
  tag: ["@ux44"],
}, async ({ person }) => {
  const id = await (await Guest.enter()).create({ markdown: `Ada Lovelace, Ben Okri\n\n${"a".repeat(40)}!` });
  const ada = await (await person("Ada")).open(id);
  await ada.press("ControlOrMeta+Alt+f");
  await ada.page.getByRole("button", { name: "Regular expression" }).click();
  const field = ada.page.getByLabel("Find", { exact: true });
  await field.fill("(\\w+) (\\w+)");
  await expect(countOf(ada)).toHaveText("1 of 2");
  await ada.page.getByRole("textbox", { name: "Replace with" }).fill("$2 $1");
  await ada.page.getByRole("button", { name: "Replace", exact: true }).last().click();
  await ada.sees("Lovelace Ada, Ben Okri", `${"a".repeat(40)}!`);
  await field.fill("(Okri");
  await expect(countOf(ada)).toContainText("This is no regular expression");
  await field.fill("(a+)+$");
  await expect(countOf(ada)).toContainText("takes too long");
  await field.fill("O\\w+i");
  await expect(countOf(ada)).toHaveText("1 of 1");
});

test("what somebody else types while one searches is found as well", { tag: ["@ux44"] }, async ({
  person,
}) => {
  const id = await (await Guest.enter()).create({ markdown: "one\n\ntwo" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await find(ada, "one");
  await expect(countOf(ada)).toHaveText("1 of 1");
  await ben.goTo("two");
  await ben.type(" and one more");
  await expect(countOf(ada)).toHaveText("1 of 2");
});

import { blocksOf, Guest } from "./support/api.ts";
import type { Person } from "./support/person.ts";
import { agreement, expect, test } from "./support/test.ts";

/** Presses Ctrl+Z until nothing of one's own is left to take back. */
async function undoEverything(someone: Person): Promise<void> {
  const undo = someone.page.getByTestId("toolbar").getByRole("button", { name: "Undo" });
  await expect(async () => {
    await someone.press("Control+z");
    await expect(undo).toBeDisabled({ timeout: 100 });
  }).toPass();
}

async function twoWriters(person: (name: string) => Promise<Person>) {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:\n\nShared:" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  const stored = async () => blocksOf((await scribe.content(id)).content);
  return { scribe, id, ada, ben, stored };
}

test("Ctrl+Z takes back one's own words and nobody else's", { tag: ["@ux47"] }, async ({ person }) => {
  const { ada, ben, stored } = await twoWriters(person);
  await ada.goTo("Shared:");
  await ada.type("AAA");
  await ada.saved();
  await ben.goTo("Shared:");
  await ben.type("bbb");
  await ben.goTo("Ben:");
  await ben.type(" mine");
  await ben.saved();
  await ada.goTo("Ada:");
  await ada.type(" hers");
  await ada.saved();
  await ada.sees("Ada: hers", "Ben: mine", "Shared:AAAbbb");

  await undoEverything(ada);
  await ada.saved();
  expect(await agreement([ada, ben], stored)).toEqual(["Ada:", "Ben: mine", "Shared:bbb"]);
  await ada.press("Control+Shift+z", "Control+Shift+z", "Control+Shift+z", "Control+Shift+z");
  await ada.saved();
  expect(await agreement([ada, ben], stored)).toEqual(["Ada: hers", "Ben: mine", "Shared:AAAbbb"]);

  await ben.goTo("Ben:");
  await undoEverything(ben);
  await ben.saved();
  expect(await agreement([ada, ben], stored)).toEqual(["Ada: hers", "Ben:", "Shared:AAA"]);
});

test("opening a document leaves nothing to undo, and what others write adds nothing", {
  tag: ["@ux47"],
}, async ({ person }) => {
  const { ada, ben } = await twoWriters(person);
  const undo = ada.page.getByTestId("toolbar").getByRole("button", { name: "Undo" });
  await expect(undo).toBeDisabled();
  await ben.goTo("Ben:");
  await ben.type(" mine");
  await ada.sees("Ada:", "Ben: mine", "Shared:");
  await expect(undo).toBeDisabled();
  await ada.goTo("Ada:");
  await ada.press("Control+z");
  await ben.saved();
  await ada.sees("Ada:", "Ben: mine", "Shared:");
});

test("after somebody's restore Ctrl+Z still takes back only what one wrote oneself", {
  tag: ["@ux47"],
}, async ({ person }) => {
  const { scribe, id, ada, ben, stored } = await twoWriters(person);
  await ada.goTo("Ada:");
  await ada.type(" before");
  await ada.saved();
  await ben.goTo("Ben:");
  await ben.type(" lasting");
  await ben.saved();
  const { head } = await scribe.stats(id);
  await ben.goTo("Shared:");
  await ben.type(" to be rolled back");
  await ben.saved();
  await scribe.json(`/api/documents/${id}/restore`, { method: "POST", body: { to: head } });
  for (const each of [ada, ben]) await each.sees("Ada: before", "Ben: lasting", "Shared:");

  await ada.goTo("Ada:");
  await ada.type(" after");
  await ada.saved();
  await undoEverything(ada);
  await ada.saved();
  expect(await agreement([ada, ben], stored)).toEqual(["Ada:", "Ben: lasting", "Shared:"]);
  await undoEverything(ben);
  await ben.saved();
  expect(await agreement([ada, ben], stored)).toEqual(["Ada:", "Ben:", "Shared:"]);
});

test("a restore that took one's words away is not taken back by Ctrl+Z", { tag: ["@ux47"] }, async ({
  person,
}) => {
  const { scribe, id, ada, ben, stored } = await twoWriters(person);
  const { head } = await scribe.stats(id);
  await ada.goTo("Ada:");
  await ada.type(" gone");
  await ada.saved();
  await scribe.json(`/api/documents/${id}/restore`, { method: "POST", body: { to: head } });
  await ada.sees("Ada:", "Ben:", "Shared:");
  await ben.goTo("Ben:");
  await ben.type(" stays");
  await ben.saved();
  await ada.press("Control+z", "Control+z", "Control+z");
  await ada.saved();
  expect(await agreement([ada, ben], stored)).toEqual(["Ada:", "Ben: stays", "Shared:"]);
});

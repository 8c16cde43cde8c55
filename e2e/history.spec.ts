import { confirmRestore, draftAndMore, entries, openHistory } from "./support/history.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

/** Marks the page, so that a reload would be noticed. */
const mark = (someone: Person) => someone.page.evaluate(() => Object.assign(window, { isStillHere: true }));
const isStillHere = (someone: Person) => someone.page.evaluate(() => "isStillHere" in window);

test("the history lists what happened, newest first, with its authors, and follows the writing", {
  tag: ["@ux22"],
}, async ({ person }) => {
  const { ada, ben } = await draftAndMore(person);
  await openHistory(ada);
  await expect(entries(ada)).toHaveCount(3);
  await expect(entries(ada).nth(0)).toHaveAttribute("data-kind", "version");
  await expect(entries(ada).nth(0)).toContainText("First draft");
  await expect(entries(ada).nth(1)).toHaveAttribute("data-kind", "session");
  await expect(entries(ada).nth(1)).toContainText("Ada");
  await expect(entries(ada).nth(1)).toContainText("Ben");
  await expect(entries(ada).nth(2)).toHaveAttribute("data-kind", "import");
  await expect(entries(ada).nth(2)).toContainText("Scribe");
  const seq = Number(await entries(ada).nth(1).getAttribute("data-seq"));
  await ben.type(" and more");
  await ben.saved();
  await expect
    .poll(async () => Number(await entries(ada).nth(1).getAttribute("data-seq")))
    .toBeGreaterThan(seq);
  await ada.page.getByRole("radio", { name: "Named" }).check({ force: true });
  await expect(entries(ada)).toHaveCount(1);
});

test("an earlier moment is looked at while another goes on typing", { tag: ["@ux23"] }, async ({
  person,
}) => {
  const { scribe, id, ada, ben } = await draftAndMore(person);
  await openHistory(ada);
  await entries(ada).filter({ hasText: "First draft" }).click();
  const preview = ada.page.getByTestId("preview-body");
  await expect(preview).toContainText("Ada: a first draft");
  await expect(preview).not.toContainText("some more");
  await expect(ada.page.getByTestId("preview-bar")).toContainText("First draft");
  const typing = ben.type(" typed during the look back");
  await preview.getByText("Ada: a first draft").click();
  await ada.type("must not arrive");
  await typing;
  await ben.saved();
  await expect(preview).not.toContainText("look back");
  await entries(ada).filter({ hasText: "Imported" }).click();
  await expect(preview).toHaveText("Ada:Ben:");
  await ada.page.getByTestId("back-to-now").click();
  await expect(ada.body).toBeVisible();
  const now = ["Ada: a first draft", "Ben: some more typed during the look back"];
  await ada.sees(...now);
  await ben.sees(...now);
  expect(await scribe.markdown(id)).not.toContain("must not arrive");
});

test("a restore arrives in everybody's open editor while they type, and what they type after it stays", {
  tag: ["@ux27"],
}, async ({ person }) => {
  const { scribe, id, ada, ben } = await draftAndMore(person);
  await Promise.all([ada, ben].map(mark));
  await openHistory(ada);
  await entries(ada).filter({ hasText: "First draft" }).click();
  await expect(ada.page.getByTestId("preview-body")).toContainText("a first draft");
  let on = true;
  const typing = (async () => {
    while (on) await ben.type(" on");
  })();
  await ada.page.getByTestId("restore").click();
  await confirmRestore(ada);
  await expect(ada.toast("Restored to “First draft”")).toBeVisible();
  await expect.poll(async () => (await ben.blocks()).join("\n")).not.toContain("some more");
  on = false;
  await typing;
  await ben.type(" and after");
  await ben.saved();
  await expect.poll(() => ada.blocks()).toEqual(await ben.blocks());
  const [first, second] = await ben.blocks();
  expect(first).toBe("Ada: a first draft");
  expect(second).toMatch(/^Ben:(on|n)?( on)* and after$/);
  expect(await isStillHere(ada)).toBe(true);
  expect(await isStillHere(ben)).toBe(true);
  await expect(ada.body).toBeVisible();
  await expect(ada.caretOf("Ben")).toBeVisible();
  expect((await scribe.history(id)).slice(0, 3).map(({ kind }) => kind)).toContain("restore");
});

test("a restore can be taken back at once, and says when there is nothing to restore", {
  tag: ["@ux27"],
}, async ({ person }) => {
  const { scribe, id, ada, ben } = await draftAndMore(person);
  await openHistory(ada);
  await entries(ada).filter({ hasText: "First draft" }).click();
  await ada.page.getByTestId("restore").click();
  await confirmRestore(ada);
  await ben.sees("Ada: a first draft", "Ben:");
  await expect(entries(ada).and(ada.page.locator("[data-kind=restore]"))).toHaveCount(1);
  await expect(entries(ada).filter({ hasText: "Before restoring" })).toHaveCount(1);

  await ada.toast("Restored to “First draft”").getByRole("button", { name: "Undo" }).click();
  await expect(ada.toast("The restore was undone")).toBeVisible();
  for (const each of [ada, ben]) await each.sees("Ada: a first draft", "Ben: some more");

  const { head } = await scribe.stats(id);
  // The older of the two: kept before the first restore, when everything looked as it does again now.
  await expect(entries(ada).filter({ hasText: "Before restoring" })).toHaveCount(2);
  await entries(ada).filter({ hasText: "Before restoring" }).last().click();
  await ada.page.getByTestId("restore").click();
  await expect(ada.page.getByTestId("restore-same")).toBeVisible();
  await confirmRestore(ada);
  await expect(ada.toast("The document already looks like that")).toBeVisible();
  expect((await scribe.stats(id)).head).toBe(head);
});

test("the whole document comes back after somebody has deleted it", { tag: ["@ux27"] }, async ({
  person,
}) => {
  const { ada, ben } = await draftAndMore(person);
  await ada.title.fill("A title to lose");
  await ada.saved();
  await openHistory(ben);
  await ada.body.click();
  await ada.press("Control+a", "Delete");
  await ada.title.fill("");
  await ada.saved();
  await ben.sees("");
  await entries(ben).filter({ hasText: "First draft" }).click();
  await ben.page.getByTestId("restore").click();
  await confirmRestore(ben);
  for (const each of [ada, ben]) await each.sees("Ada: a first draft", "Ben:");
  await ada.goTo("Ada:");
  await ada.type(", again");
  await ben.sees("Ada: a first draft, again", "Ben:");
});

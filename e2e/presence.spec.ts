import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

// Two of these wait for the runtime's own clock: they may as well wait at the same time.
test.describe.configure({ mode: "parallel" });

/** Real time is the subject here: after 10 s without a message the object is put to sleep. */
async function twentySecondsOfSilence(): Promise<void> {
  const since = Date.now();
  await expect
    .poll(() => Date.now() - since, { timeout: 30_000, intervals: [1_000] })
    .toBeGreaterThanOrEqual(20_000);
}

async function writeALine(someone: Person): Promise<void> {
  await someone.goTo(`${someone.name}:`);
  await someone.type(" is here");
  await someone.saved();
}

test("avatars and carets of three people, each with the name of its owner", {
  tag: ["@ux8", "@ux10"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:\n\nCleo:" });
  const names = ["Ada", "Ben", "Cleo"];
  const people = await Promise.all(names.map(async (name) => (await person(name)).open(id)));
  for (const each of people) await each.seesPeople(...names.filter((name) => name !== each.name));
  for (const each of people) await each.goTo(`${each.name}:`);
  for (const each of people) {
    for (const name of names.filter((other) => other !== each.name)) {
      const block = each.body.locator("p", { hasText: `${name}:` });
      await expect(block.locator(`[data-testid=caret][data-name="${name}"]`)).toBeVisible();
    }
    await expect(each.caretOf(each.name)).toHaveCount(0);
    expect(await each.blocks()).toEqual(["Ada:", "Ben:", "Cleo:"]);
  }
});

test("[I13] after twenty seconds of silence a newcomer sees everybody", { tag: ["@ux12"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:\n\nCleo:" });
  const names = ["Ada", "Ben", "Cleo"];
  const people = await Promise.all(names.map(async (name) => (await person(name)).open(id)));
  for (const each of people) await writeALine(each);
  const { wakes, head } = await scribe.stats(id);
  await twentySecondsOfSilence();

  const dora = await (await person("Dora")).open(id);
  await dora.seesPeople(...names);
  for (const name of names) await expect(dora.caretOf(name)).toBeVisible();
  for (const each of people) await each.seesPeople("Dora", ...names.filter((name) => name !== each.name));
  // Reading and being present write nothing; the first change after the sleep is counted as a wake.
  expect((await scribe.stats(id)).head).toBe(head);
  await dora.goTo("Ada:");
  await dora.type("!");
  await dora.saved();
  expect((await scribe.stats(id)).wakes).toBeGreaterThan(wakes);
  for (const each of people) await each.sees("Ada: is here!", "Ben: is here", "Cleo: is here");
});

test("[I13] who closes the tab, and whose browser dies, disappears although the object slept", async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Eve:\n\nFinn:\n\nGus:" });
  const [eve, finn, gus] = await Promise.all([
    person("Eve").then((each) => each.open(id)),
    person("Finn").then((each) => each.open(id)),
    person("Gus").then((each) => each.open(id)),
  ]);
  for (const each of [eve, finn, gus]) await writeALine(each);
  await eve.seesPeople("Finn", "Gus");
  await expect(eve.caretOf("Gus")).toBeVisible();
  const { wakes } = await scribe.stats(id);
  await twentySecondsOfSilence();

  const crashed = gus.page.waitForEvent("crash");
  // The address never answers: its renderer is gone before it could.
  const dying = gus.page.goto("chrome://crash").catch((error: unknown) => String(error));
  await crashed;
  await dying;
  await eve.seesPeople("Finn");
  await finn.page.close();
  await eve.seesPeople();
  await expect(eve.page.getByTestId("caret")).toHaveCount(0);
  await eve.type("!");
  await eve.saved();
  expect((await scribe.stats(id)).wakes).toBeGreaterThan(wakes);
  expect((await scribe.stats(id)).connections).toBe(1);
  const hal = await (await person("Hal")).open(id);
  await hal.seesPeople("Eve");
});

test("a new name shows at the others, at the avatar and at the caret", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await ada.goTo("Ada:");
  await expect(ben.caretOf("Ada")).toBeVisible();
  await ada.page.getByRole("button", { name: /You are Ada/ }).click();
  await ada.page.getByRole("textbox", { name: "Your name" }).fill("Ada Lovelace");
  await ada.page.getByRole("button", { name: "Done" }).click();
  await ben.seesPeople("Ada Lovelace");
  await ada.goTo("Ada:");
  await ada.type(" as I said");
  await expect(ben.caretOf("Ada Lovelace")).toBeVisible();
  await expect(ben.caretOf("Ada")).toHaveCount(0);
  await ada.page.reload();
  await ada.ready();
  await ben.seesPeople("Ada Lovelace");
});

test("two tabs of one person are one avatar, which stays until the last is closed", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  const second = await ada.context.newPage();
  await second.goto(`${ada.url}/d/${id}`);
  await expect(second.getByTestId("save-status")).toHaveAttribute("data-synced", "true");
  await expect.poll(async () => (await scribe.stats(id)).connections).toBe(3);
  await ben.seesPeople("Ada");
  await second.close();
  await expect.poll(async () => (await scribe.stats(id)).connections).toBe(2);
  await ben.seesPeople("Ada");
  await ada.page.close();
  await ben.seesPeople();
});

const long = Array.from({ length: 120 }, (_, line) => `Line ${line}`).join("\n\n");
const following = (someone: Person) => someone.page.getByTestId("following");

test("a click on an avatar goes there and follows, until a key, the wheel or a click ends it", {
  tag: ["@ux9"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: long });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  const sees = (line: string) => expect(ada.body.getByText(line, { exact: true })).toBeInViewport();
  const avatar = ada.page.getByRole("button", { name: "Ben: go to their place and follow" });
  await avatar.click();
  await expect(ada.toast("Ben has no caret in the text right now")).toBeVisible();
  await expect(following(ada)).toHaveCount(0);

  await ben.goTo("Line 60");
  await expect(ada.caretOf("Ben")).toBeAttached();
  await avatar.click();
  await sees("Line 60");
  await expect(following(ada)).toHaveText(/Following Ben/);
  await expect(ada.page.getByTestId("announcer")).toContainText("Following Ben");
  await expectAccessible(ada, "following");
  await ben.goTo("Line 110");
  await sees("Line 110");
  await ben.goTo("Line 5");
  await sees("Line 5");

  await ada.page.mouse.move(600, 400);
  await ada.page.mouse.wheel(0, 300);
  await expect(following(ada)).toHaveCount(0);
  await expect(ada.page.getByTestId("announcer")).toContainText("No longer following Ben");

  for (const end of [
    () => ada.press("Shift"),
    () => following(ada).getByRole("button", { name: "Stop" }).click(),
    () => ada.page.mouse.click(20, 400),
  ]) {
    await avatar.click();
    await expect(following(ada)).toBeVisible();
    await end();
    await expect(following(ada)).toHaveCount(0);
  }
  // What is not followed any more does not move the page.
  await ada.page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
  await ben.goTo("Line 100");
  await ben.type(" here");
  await expect(ada.body.getByText("Line 100 here", { exact: true })).toBeAttached();
  expect(await ada.page.evaluate(() => window.scrollY)).toBe(0);

  await avatar.click();
  await expect(following(ada)).toBeVisible();
  await ben.page.close();
  await expect(following(ada)).toHaveCount(0);
});

test("a name flag is raised by activity and sinks again", { tag: ["@ux11"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  const caret = ada.caretOf("Ben");
  await ben.goTo("Ben:");
  await expect(caret).toHaveAttribute("data-active", "");
  await expect(caret).not.toHaveAttribute("data-active");
  await ben.type("x");
  await expect(caret).toHaveAttribute("data-active", "");
  await expect(caret).not.toHaveAttribute("data-active");
});

test("at most five avatars, the own one marked, and who only reads stands apart", {
  tag: ["@ux8", "@ux13"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Text" });
  const ada = await (await person("Ada")).open(id);
  const names = ["Ben", "Cleo", "Dora", "Eve", "Finn"];
  const others = await Promise.all(names.map(async (name) => (await person(name)).open(id)));
  const avatars = ada.page.getByTestId("person");
  await expect(avatars).toHaveCount(5);
  await expect(ada.page.locator("[data-testid=person][data-own]")).toHaveAttribute("data-user-name", "Ada");
  const more = ada.page.getByTestId("more-people");
  await expect(more).toHaveText("+1");

  const reader = others[0];
  if (reader === undefined) throw new Error("nobody reads");
  await reader.page.getByRole("button", { name: "History", exact: true }).click();
  await reader.page.getByTestId("history-entry").last().click();
  await expect(more).toHaveAttribute("data-viewers", "1");
  await ada.seesPeople("Cleo", "Dora", "Eve", "Finn");
  await more.click();
  await expect(ada.page.getByTestId("viewers")).toContainText("Only reading");
  await expect(ada.page.getByTestId("viewers").getByRole("menuitem")).toHaveText([/^Ben\s*in the past$/]);
  await expectAccessible(ada, "viewers");
  await ada.press("Escape");
  await expect(more).toBeFocused();
  await reader.press("Escape");
  await expect(more).toHaveAttribute("data-viewers", "0");
});

test("who joins and who leaves is said to screen readers", { tag: ["@ux60"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Text" });
  const ada = await (await person("Ada")).open(id);
  const said = ada.page.getByTestId("announcer");
  const ben = await (await person("Ben")).open(id);
  await expect(said).toContainText("Ben joined");
  await ben.page.close();
  await expect(said).toContainText("Ben left");
});

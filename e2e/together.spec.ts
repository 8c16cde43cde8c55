import { blocksOf, comparable, Guest } from "./support/api.ts";
import { agreement, expect, test } from "./support/test.ts";

test("[I4] three people type at once, each in a paragraph of their own", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:\n\nCleo:" });
  const people = await Promise.all(["Ada", "Ben", "Cleo"].map(async (name) => (await person(name)).open(id)));
  for (const each of people) await each.goTo(`${each.name}:`);
  await Promise.all(people.map((each) => each.type(` the quick brown fox of ${each.name} jumps`)));
  await Promise.all(people.map((each) => each.saved()));
  for (const each of people) {
    await each.sees(...["Ada", "Ben", "Cleo"].map((name) => `${name}: the quick brown fox of ${name} jumps`));
  }
  const { content } = await scribe.content(id);
  for (const each of people) expect(comparable(await each.json())).toEqual(comparable(content));
});

test("[I4] three people type at once in the same paragraph, and a fourth who comes late sees it", async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Together:" });
  const letters = { Ada: "a", Ben: "b", Cleo: "c" };
  const people = await Promise.all(Object.keys(letters).map(async (name) => (await person(name)).open(id)));
  for (const each of people) await each.goTo();
  await Promise.all(people.map((each) => each.type(letters[each.name as keyof typeof letters].repeat(40))));
  await Promise.all(people.map((each) => each.saved()));
  const [text = ""] = await agreement(people, async () => blocksOf((await scribe.content(id)).content));
  expect(text).toMatch(/^Together:[abc]{120}$/);
  for (const letter of Object.values(letters))
    expect(text.split(letter).length - 1, letter).toBeGreaterThanOrEqual(40);
  const { content } = await scribe.content(id);
  for (const each of people) expect(comparable(await each.json())).toEqual(comparable(content));

  const dora = await (await person("Dora")).open(id);
  await dora.sees(text);
  await dora.goTo();
  await dora.type("!");
  for (const each of people) await each.sees(`${text}!`);
});

test("a paragraph split by one while another types in it loses nobody's words", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "one two" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await ada.goTo("one two");
  await ben.goTo("one two");
  await ben.press("Home");
  const split = async () => {
    await ben.type("ZERO");
    await ben.press("Enter");
    await ben.type("HALF");
  };
  await Promise.all([ada.type("345678901234567890"), split()]);
  await Promise.all([ada.saved(), ben.saved()]);
  const blocks = await agreement([ada, ben], async () => blocksOf((await scribe.content(id)).content));
  // Which half Ada's later letters fall into depends on whose change the server heard first.
  expect(blocks).toHaveLength(2);
  expect(blocks[0]).toMatch(/^ZERO/);
  expect(blocks[1]).toMatch(/^HALFone two/);
  expect(blocks.join("").replace(/ZERO|HALF|one two/g, "")).toHaveLength(18);
});

test("a title typed by one arrives at the others, in the tab and in the directory", {
  tag: ["@ux53"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create();
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await ada.title.click();
  await ada.type("Minutes of the meeting");
  await expect(ben.title).toHaveValue("Minutes of the meeting");
  await expect(ben.page).toHaveTitle(/Minutes of the meeting/);
  await ada.saved();
  expect((await scribe.content(id)).title).toBe("Minutes of the meeting");
  await ben.title.click();
  await ben.press("End");
  await ben.type(", revised");
  await expect(ada.title).toHaveValue("Minutes of the meeting, revised");
  await expect(ada.page).toHaveTitle(/Minutes of the meeting, revised/);
});

test("a click goes where it was made, also while another types", async ({ person }) => {
  const scribe = await Guest.enter();
  const names = ["First", "Second", "Third", "Fourth"];
  const id = await scribe.create({ markdown: [...names, "Ben:"].join("\n\n") });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await ben.goTo("Ben:");
  let on = true;
  const typing = (async () => {
    while (on) await ben.type(" and on");
  })();
  try {
    for (let round = 0; round < 5; round++) {
      for (const name of names) {
        await ada.body.locator("p").filter({ hasText: name }).click();
        await ada.press("End");
        await ada.type("!");
        // Not polled: a key that was written elsewhere does not come back.
        expect(await ada.blocks()).toContain(`${name}!`);
        await ada.press("Backspace");
      }
    }
  } finally {
    on = false;
    await typing;
  }
  await Promise.all([ada.saved(), ben.saved()]);
  const blocks = await agreement([ada, ben], async () => blocksOf((await scribe.content(id)).content));
  expect(blocks.slice(0, 4)).toEqual(names);
});

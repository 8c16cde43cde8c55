import type { Locator } from "@playwright/test";
import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import { confirmRestore, entries, entriesOf, openHistory } from "./support/history.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const bar = (someone: Person) => someone.page.getByTestId("past-bar");
const past = (someone: Person) => someone.page.getByTestId("preview-body");
const slider = (someone: Person) => someone.page.getByRole("slider", { name: "Moment" });
const page = (someone: Person) => someone.page.getByTestId("preview");

async function seqOf(someone: Person): Promise<number> {
  return Number(await slider(someone).getAttribute("aria-valuenow"));
}

async function headOf(someone: Person): Promise<number> {
  return Number(await slider(someone).getAttribute("aria-valuemax"));
}

/** Waits until the text of exactly this moment is on the page. */
async function shows(someone: Person, seq: number): Promise<void> {
  await expect(page(someone)).toHaveAttribute("data-seq", String(seq));
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`not on the page: ${locator}`);
  return box;
}

/** Drags the slider to a part of its width, from 0 to 1. */
async function dragTo(someone: Person, ...parts: readonly number[]): Promise<void> {
  const { x, y, width, height } = await boxOf(someone.page.getByTestId("time-track"));
  const { mouse } = someone.page;
  const thumb = await boxOf(slider(someone));
  await mouse.move(thumb.x + thumb.width / 2, y + height / 2);
  await mouse.down();
  for (const part of parts) await mouse.move(x + width * part, y + height / 2, { steps: 8 });
  await mouse.up();
}

/** Three people each write a sentence into a paragraph of their own, one after the other. */
async function threeHands(person: (name: string) => Promise<Person>) {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Three hands", markdown: "Ada:\n\nBen:\n\nCleo:" });
  const people: Person[] = [];
  for (const name of ["Ada", "Ben", "Cleo"]) people.push(await (await person(name)).open(id));
  const [ada, ben, cleo] = people as [Person, Person, Person];
  for (const each of people) {
    await each.goTo(`${each.name}:`);
    await each.type(` ${each.name} was here`);
    await each.saved();
  }
  for (const each of people) await each.sees("Ada: Ada was here", "Ben: Ben was here", "Cleo: Cleo was here");
  return { scribe, id, ada, ben, cleo };
}

/** Types until it is told to stop. */
function typing(someone: Person, text: string): { readonly stop: () => Promise<void> } {
  let on = true;
  const done = (async () => {
    while (on) await someone.type(text);
  })();
  return {
    stop: async () => {
      on = false;
      await done;
      await someone.saved();
    },
  };
}

test("the slider leads through every edit, by hand and by keys, while two others type", {
  tag: ["@ux29"],
}, async ({ person }) => {
  const { ada, ben, cleo } = await threeHands(person);
  await openHistory(ada);
  await expect(bar(ada)).toHaveAttribute("data-mode", "now");
  await expect(ada.page.getByTestId("time-band").first()).toBeVisible();
  const typists = [typing(ben, " b"), typing(cleo, " c")];

  await dragTo(ada, 0.6, 0.3, 0);
  await shows(ada, 0);
  await expect(ada.page.getByTestId("preview").getByText("The page was empty at this moment.")).toBeVisible();
  await slider(ada).press("ArrowRight");
  await shows(ada, 1);
  await expect(past(ada)).toHaveText("Ada:Ben:Cleo:");
  await expect(ada.page.getByTestId("preview-title")).toHaveText("Three hands");
  await expect(slider(ada)).toHaveAttribute(
    "aria-valuetext",
    /^\d\d:\d\d, \d+ \w+ – Scribe, edit 1 of [\d,]+$/,
  );
  await slider(ada).press("ArrowRight");
  await shows(ada, 2);
  await expect(past(ada)).toHaveText(/^Ada: .*Ben:Cleo:$/);
  await slider(ada).press("ArrowLeft");
  await shows(ada, 1);
  await slider(ada).press("Shift+ArrowRight");
  await expect.poll(() => seqOf(ada)).toBeGreaterThan(3);
  await expect(past(ada)).toContainText("Cleo was here");
  await slider(ada).press("Shift+ArrowLeft");
  await shows(ada, 1);
  // The end is not a fixed place while others type.
  const head = await headOf(ada);
  await slider(ada).press("End");
  await expect.poll(() => seqOf(ada)).toBeGreaterThanOrEqual(head);
  await slider(ada).press("Home");
  await shows(ada, 0);

  // What is looked at is the past: keys that arrive in it change nothing, and the others notice nothing.
  await slider(ada).press("ArrowRight");
  await past(ada).click();
  await ada.type("must not arrive");
  await ada.page.getByTestId("to-now").click();
  await expect(ada.body).toBeVisible();
  await expect(bar(ada)).toHaveAttribute("data-mode", "now");
  for (const each of typists) await each.stop();
  await expect.poll(() => ada.blocks()).toEqual(await cleo.blocks());
  expect((await ada.blocks()).join()).not.toContain("must not arrive");
  expect(await ada.blocks()).toEqual(await ben.blocks());
});

test("the history plays to its end, faster than it happened, and can be stopped", { tag: ["@ux29"] }, async ({
  person,
}) => {
  const { ada } = await threeHands(person);
  await openHistory(ada);
  await bar(ada).getByRole("combobox", { name: "Speed" }).selectOption("16×");
  const seen: number[] = [];
  await ada.page.exposeFunction("sawMoment", (seq: number) => seen.push(seq));
  await ada.page.evaluate(() => {
    const report = () => {
      const shown = document.querySelector("[data-testid=preview]")?.getAttribute("data-seq");
      if (shown) void (window as unknown as { sawMoment(seq: number): void }).sawMoment(Number(shown));
    };
    new MutationObserver(report).observe(document.body, { subtree: true, attributeFilter: ["data-seq"] });
  });
  await slider(ada).focus();
  await ada.press("Space");
  await expect(bar(ada).getByRole("button", { name: "Pause" })).toBeVisible();
  const head = await headOf(ada);
  await expect.poll(() => seqOf(ada)).toBe(head);
  await expect(bar(ada).getByRole("button", { name: "Play" })).toBeVisible();
  await expect(past(ada)).toHaveText("Ada: Ada was hereBen: Ben was hereCleo: Cleo was here");
  const played = seen.filter((seq, index) => index === 0 || seq !== seen[index - 1]);
  expect(played.length).toBeGreaterThan(2);
  expect(played).toEqual(played.toSorted((a, b) => a - b));

  await bar(ada).getByRole("combobox", { name: "Speed" }).selectOption("1×");
  await slider(ada).press("Home");
  await bar(ada).getByRole("button", { name: "Play" }).click();
  await expect.poll(() => seqOf(ada)).toBeGreaterThan(0);
  await bar(ada).getByRole("button", { name: "Pause" }).click();
  const stoppedAt = await seqOf(ada);
  expect(stoppedAt).toBeLessThan(head);
  await slider(ada).press("ArrowRight");
  await shows(ada, stoppedAt + 1);
});

test("a link opens exactly one moment, and the back button leaves it", { tag: ["@ux29"] }, async ({
  person,
  browser,
}) => {
  const { id, ada, ben } = await threeHands(person);
  await openHistory(ada);
  await entriesOf(ada, "import").click();
  await shows(ada, 1);
  await expect(ada.page).toHaveURL(/\?at=1$/);
  await ada.page.goBack();
  await expect(ada.body).toBeVisible();
  await expect(ada.page).toHaveURL(new RegExp(`/d/${id}$`));
  await ada.page.goForward();
  await shows(ada, 1);
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await slider(ada).press("ArrowRight");
  await shows(ada, 2);
  await bar(ada).getByRole("button", { name: "Copy a link to this moment" }).click();
  await expect(ada.toast("Link to this moment copied")).toBeVisible();
  const link = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(new RegExp(`/d/${id}\\?at=2$`));

  const stranger = await browser.newContext();
  const reader = await stranger.newPage();
  // the past does not wait for the editor, nor stand under its empty shape
  const { promise: mayLoad, resolve: letEditorLoad } = Promise.withResolvers<void>();
  await reader.route(/LiveEditor/, async (route) => {
    await mayLoad;
    await route.continue();
  });
  await reader.goto(link);
  await expect(reader.getByTestId("preview")).toHaveAttribute("data-seq", "2");
  await expect(reader.getByTestId("save-status")).toContainText("Saved");
  await expect(reader.locator(".skeleton")).toHaveCount(0);
  letEditorLoad();
  await expect(reader.getByRole("textbox", { name: "Text of the document" })).toBeHidden();
  await ben.type(" and still is");
  await ben.saved();
  await expect(reader.getByTestId("preview-body")).not.toContainText("still is");
  await reader.getByTestId("back-to-now").click();
  await expect(reader.getByRole("textbox", { name: "Text of the document" })).toContainText("and still is");
  await expect(reader).toHaveURL(new RegExp(`/d/${id}$`));
  await stranger.close();
});

test("an address that names no moment says so and leads back", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Here" });
  const ada = await person("Ada");
  const refusals = [
    ["?at=99999", "a moment that has not happened yet"],
    ["?at=yesterday", "does not name a moment"],
    ["?at=v_0000000000000000", "does not exist"],
    ["?from=1&to=99999", "a moment that has not happened yet"],
  ] as const;
  for (const [search, sentence] of refusals) {
    await ada.page.goto(`${ada.url}/d/${id}${search}`);
    const refusal = ada.page.getByTestId("moment-refused");
    await expect(refusal).toContainText(sentence);
    await refusal.getByRole("button", { name: "Back to now" }).click();
    await expect(ada.body).toHaveText("Here");
    await expect(ada.page).toHaveURL(new RegExp(`/d/${id}$`));
  }
});

test("two moments are compared change by change, and what was deleted is put back", {
  tag: ["@ux24", "@ux25"],
}, async ({ person }) => {
  const { ada, ben, cleo } = await threeHands(person);
  await ben.goTo("Ben:");
  for (let key = 0; key < " was here".length; key++) await ben.press("Backspace");
  await ben.saved();
  await cleo.goTo("Cleo:");
  await cleo.type(" and stays");
  await cleo.saved();
  await ada.sees("Ada: Ada was here", "Ben: Ben", "Cleo: Cleo was here and stays");

  await openHistory(ada);
  await entriesOf(ada, "import").click();
  await ada.page.getByTestId("mode-compare").click();
  await ada.page.getByTestId("side-from").click();
  await entriesOf(ada, "import").click();
  await ada.page.getByTestId("compare-now").click();
  await expect(ada.page.getByTestId("step-count")).toHaveText("3 changes");
  await expect(past(ada).locator("ins")).toHaveText([" Ada was here", " Ben", " Cleo was here and stays"]);
  await expect(ada.page.getByTestId("contributions")).toContainText("Cleo+24");

  await ada.press("n");
  await expect(ada.page.getByTestId("step-count")).toHaveText("1 of 3 changes");
  await expect(ada.page.getByTestId("passage-card")).toContainText("Inserted by Ada");
  await ada.press("n", "F8");
  await expect(ada.page.getByTestId("step-count")).toHaveText("3 of 3 changes");
  await expect(ada.page.getByTestId("passage-card")).toContainText("Inserted by Cleo");
  await bar(ada).getByRole("button", { name: "Previous change" }).click();
  await expect(ada.page.getByTestId("step-count")).toHaveText("2 of 3 changes");
  await expect(past(ada).locator(".piece-current")).toHaveText(" Ben");
  await bar(ada).getByRole("checkbox", { name: "Show changes" }).uncheck();
  await expect(past(ada).locator("ins")).toHaveCount(0);
  await expect(past(ada)).toHaveText("Ada: Ada was hereBen: BenCleo: Cleo was here and stays");
  await bar(ada).getByRole("checkbox", { name: "Show changes" }).check();

  // From before Ben took his sentence back: found by going to where it last stood whole.
  const now = await headOf(ada);
  const whole = await lastWith(ada, "Ben: Ben was here");
  await ada.page.goto(`${ada.url}/d/${ada.documentId}?from=${whole}&to=${now}`);
  await expect(past(ada).locator("del")).toHaveText(" was here");
  const more = typing(cleo, " on");
  await past(ada).locator("del").hover();
  await expect(ada.page.getByTestId("passage-card")).toContainText("Deleted by Ben");
  await ada.page.getByTestId("card-put-back").click();
  await confirmRestore(ada);
  await expect.poll(async () => (await ben.blocks())[1]).toBe("Ben: Ben was here");
  await more.stop();
  await expect.poll(async () => (await ben.blocks())[2]).toMatch(/^Cleo: Cleo was here and stays( on)+$/);
});

/** The last position at which the document contained `text`. */
async function lastWith(someone: Person, text: string): Promise<number> {
  const id = someone.documentId;
  for (let seq = await headOf(someone); seq > 0; seq--) {
    const response = await someone.page.request.get(
      `${someone.url}/api/documents/${id}/content?format=text&at=${seq}`,
    );
    if ((await response.text()).includes(text)) return seq;
  }
  throw new Error(`it never said “${text}”`);
}

test("who wrote each passage is told for three people, with their shares", { tag: ["@ux31"] }, async ({
  person,
}) => {
  const { ada, ben } = await threeHands(person);
  await openHistory(ada);
  await ada.page.getByTestId("mode-authors").click();
  const shares = ada.page.getByTestId("shares");
  for (const name of ["Ada", "Ben", "Cleo", "Scribe"]) await expect(shares).toContainText(name);
  const parts = (await shares.locator("li").allInnerTexts()).map((text) => Number(/(\d+)%/.exec(text)?.[1]));
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeGreaterThan(97);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeLessThan(103);
  for (const name of ["Ada", "Ben", "Cleo"]) {
    await past(ada)
      .locator(".piece-wrote", { hasText: `${name} was here` })
      .hover();
    await expect(ada.page.getByTestId("passage-card")).toContainText(new RegExp(`${name}, \\d\\d:\\d\\d`));
  }
  await ada.press("n");
  await expect(ada.page.getByTestId("passage-card")).toContainText("Scribe");
  await expect(ada.page).toHaveURL(/show=authors$/);
  await ada.page.getByTestId("to-now").click();
  await expect(ada.body).toBeVisible();
  await ada.sees(...(await ben.blocks()));
});

test("one block and one selection come back while the others go on typing", { tag: ["@ux30"] }, async ({
  person,
}) => {
  const { ada, ben, cleo } = await threeHands(person);
  const head = async () => (await Guest.enter()).stats(ada.documentId).then((stats) => stats.head);
  const before = await head();
  await ben.goTo("Ben:");
  for (let key = 0; key < "Ben was here".length; key++) await ben.press("Backspace");
  await ben.type("nothing");
  await ben.saved();
  await ada.goTo("Ada:");
  for (let key = 0; key < "Ada was here".length; key++) await ada.press("Backspace");
  await ada.saved();
  await cleo.goTo("Cleo:");
  const more = typing(cleo, " on");

  await ada.page.goto(`${ada.url}/d/${ada.documentId}?at=${before}`);
  await shows(ada, before);
  await past(ada).getByText("Ben: Ben was here").hover();
  await ada.page.getByTestId("block-handle").click();
  await expect(ada.page.getByTestId("restore-dialog")).toContainText("Restore this block");
  await confirmRestore(ada);
  await expect.poll(async () => (await ben.blocks()).slice(0, 2)).toEqual(["Ada: ", "Ben: Ben was here"]);

  // "Ada was" and not " here": a part of a line, by keys and pointer as a reader would.
  const line = past(ada).getByText("Ada: Ada was here");
  const box = await boxOf(line);
  await line.dblclick({ position: { x: 8, y: box.height / 2 } });
  await expect(ada.page.getByTestId("selection-bubble")).toBeVisible();
  await line.click({ position: { x: box.width - 40, y: box.height / 2 } });
  await expect(ada.page.getByTestId("selection-bubble")).toBeHidden();
  await selectText(ada, "Ada was");
  await ada.page.getByRole("button", { name: "Restore the selection" }).click();
  await expect(ada.page.getByTestId("restore-dialog")).toContainText("the selected text");
  await confirmRestore(ada);
  await expect.poll(async () => (await ben.blocks())[0]).toMatch(/^Ada: ?Ada was ?$/);
  await more.stop();
  const [, second, third] = await ben.blocks();
  expect(second).toBe("Ben: Ben was here");
  expect(third).toMatch(/^Cleo: Cleo was here( on)+$/);
  await ada.page.getByTestId("back-to-now").click();
  await expect.poll(() => ada.blocks()).toEqual(await ben.blocks());
});

/** Selects the first place of the shown past that says `text`. */
async function selectText(someone: Person, text: string): Promise<void> {
  await past(someone).evaluate((root, wanted) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const start = node.nodeValue?.indexOf(wanted) ?? -1;
      if (start >= 0) {
        window.getSelection()?.setBaseAndExtent(node, start, node, start + wanted.length);
        return;
      }
    }
    throw new Error(`“${wanted}” is not shown`);
  }, text);
}

test("several blocks are chosen and brought back by keys alone", { tag: ["@ux30", "@ux60"] }, async ({
  person,
}) => {
  const { ada, ben } = await threeHands(person);
  const before = (await (await Guest.enter()).stats(ada.documentId)).head;
  await ben.body.click();
  await ben.press("Control+a", "Delete");
  await ben.type("All gone");
  await ben.saved();
  await ada.page.goto(`${ada.url}/d/${ada.documentId}?at=${before}`);
  await shows(ada, before);
  const text = ada.page.getByRole("document", { name: "Text of the earlier moment" });
  await text.focus();
  await ada.press("Alt+ArrowDown", "Alt+ArrowDown", "Alt+Shift+ArrowDown");
  await expect(text.locator(".block-chosen")).toHaveText(["Ben: Ben was here", "Cleo: Cleo was here"]);
  await expect(ada.page.getByTestId("announcer")).toContainText("Cleo: Cleo was here");
  await ada.press("Tab");
  await expect(ada.page.getByRole("button", { name: "Restore 2 blocks" })).toBeFocused();
  await ada.press("Enter");
  await expect(ada.page.getByTestId("restore-dialog")).toBeVisible();
  await confirmRestore(ada);
  await expect
    .poll(async () => (await ben.blocks()).toSorted())
    .toEqual(["All gone", "Ben: Ben was here", "Cleo: Cleo was here"]);
});

test("on a phone, in the dark, the past fits the window and can be read by everybody", {
  tag: ["@ux57", "@ux58"],
}, async ({ person }) => {
  const { id, ben } = await threeHands(person);
  await ben.press("Backspace", "Backspace");
  await ben.saved();
  const dora = await person("Dora", {
    viewport: { width: 390, height: 844 },
    colorScheme: "dark",
    hasTouch: true,
  });
  for (const [mode, search] of [
    ["text", "?at=2"],
    ["compare", "?from=1&to=3"],
    ["authors", "?at=3&show=authors"],
  ] as const) {
    await dora.page.goto(`${dora.url}/d/${id}${search}`);
    await expect(page(dora)).toHaveAttribute("data-mode", mode);
    if (mode !== "text") await past(dora).locator(".piece").first().tap();
    if (mode !== "text") await expect(dora.page.getByTestId("passage-card")).toBeVisible();
    expect(await dora.fitsTheWindow()).toBe(true);
    await expectAccessible(dora, `the past as ${mode}`);
    const { y, height } = await boxOf(bar(dora));
    expect(y + height).toBeLessThanOrEqual(844);
  }
});

test("an entry of the list, the slider and the bar always speak of the same moment", {
  tag: ["@ux23"],
}, async ({ person }) => {
  const { ada } = await threeHands(person);
  await openHistory(ada);
  await entries(ada).last().click();
  await shows(ada, 1);
  expect(await seqOf(ada)).toBe(1);
  await expect(ada.page.getByTestId("past-moment")).toContainText("edit 1 of");
  await slider(ada).press("Shift+ArrowRight");
  await expect(entriesOf(ada, "session").first()).toHaveAttribute("aria-current", "true");
  await ada.press("Escape");
  await expect(ada.body).toBeVisible();
  await expect(ada.page.getByTestId("history-now")).toHaveAttribute("aria-current", "true");
});

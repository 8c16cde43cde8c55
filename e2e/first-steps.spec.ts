import { readFile } from "node:fs/promises";
import { Guest } from "./support/api.ts";
import { chooseExport } from "./support/history.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const sample = "packages/schema/samples/shared-document.md";

const row = (someone: Person, id: string) => someone.page.locator(`[data-document-id="${id}"]`);

test("one click makes a document with the caret in its title; it is there after a reload, and on the list", {
  tag: ["@ux1", "@ux53"],
}, async ({ person }) => {
  const ada = await person("Ada");
  await ada.page.goto(ada.url);
  await expect(ada.page.getByTestId("empty-list")).toBeVisible();
  await ada.page.getByRole("button", { name: "New document" }).click();
  await ada.ready();
  await expect(ada.title).toBeFocused();
  await ada.type("A walk in the park");
  await ada.press("Enter");
  await expect(ada.body).toBeFocused();
  await ada.type("We started at noon.");
  await ada.press("Enter");
  await ada.type("It rained.");
  await ada.saved();
  await expect(ada.page).toHaveTitle("A walk in the park – Palimpsest");
  await ada.page.reload();
  await ada.ready();
  await expect(ada.title).toHaveValue("A walk in the park");
  await ada.sees("We started at noon.", "It rained.");
  const id = ada.documentId;
  await ada.page.getByRole("link", { name: "All documents" }).click();
  await expect(row(ada, id)).toContainText("A walk in the park");
  await row(ada, id).getByRole("link").click();
  await ada.ready();
  await ada.sees("We started at noon.", "It rained.");
});

test("a guest gets a name, and the address is the invitation", { tag: ["@ux2", "@ux3"] }, async ({
  person,
  browser,
}) => {
  const ada = await person("Ada");
  const id = await (await Guest.enter()).create({ title: "Come in", markdown: "Welcome" });
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.open(id);
  await ada.page.getByRole("button", { name: "Share" }).click();
  await ada.page.getByRole("button", { name: "Copy link" }).click();
  await expect(ada.toast("Link copied")).toBeVisible();
  const address = await ada.page.evaluate(() => navigator.clipboard.readText());
  expect(address).toBe(`${ada.url}/d/${id}`);
  // Somebody who has never been here: no cookie, no name.
  const stranger = await browser.newContext();
  const page = await stranger.newPage();
  await page.goto(address);
  await expect(page.getByRole("textbox", { name: "Text of the document" })).toContainText("Welcome");
  await expect.poll(() => ada.others()).toHaveLength(1);
  const [name] = await ada.others();
  expect(name).not.toBe("");
  await expect(page.locator("[data-testid=person][data-own]")).toHaveAttribute(
    "data-user-name",
    String(name),
  );
  await stranger.close();
});

test("a long Markdown file is imported, edited by two, and exported with what they wrote", {
  tag: ["@ux55"],
}, async ({ person }) => {
  const source = await readFile(sample, "utf8");
  expect(Buffer.byteLength(source)).toBeGreaterThan(20_000);
  const ada = await person("Ada");
  await ada.page.goto(ada.url);
  const picker = ada.page.waitForEvent("filechooser");
  await ada.page.getByRole("button", { name: "Import" }).click();
  await (await picker).setFiles(sample);
  await ada.ready();
  await expect(ada.title).toHaveValue("How a shared document keeps its promises");
  await expect(ada.body.getByRole("heading", { name: "The promises", exact: true })).toBeVisible();
  await expect(ada.body.locator("table").first()).toBeVisible();
  const ben = await (await person("Ben")).open(ada.documentId);
  await ada.goTo("This essay says them out loud");
  await ben.goTo("That sentence is the whole problem in miniature");
  await Promise.all([ada.type(" Ada agrees."), ben.type(" Ben agrees, too.")]);
  await Promise.all([ada.saved(), ben.saved()]);
  await expect(ben.body).toContainText("Ada agrees.");
  await expect(ada.body).toContainText("Ben agrees, too.");

  const download = ada.page.waitForEvent("download");
  await chooseExport(ada, "Markdown");
  const file = await download;
  expect(file.suggestedFilename()).toBe("How a shared document keeps its promises.md");
  const exported = await readFile(await file.path(), "utf8");
  expect(exported).toMatch(/This essay says them out loud\..* Ada agrees\.\n/);
  expect(exported).toMatch(/Everything below is a consequence of it\. Ben agrees, too\.\n/);
  expect(exported).toContain("## The promises");
  expect(exported).toContain("1. **What I typed stays typed.**");
  expect(exported.length).toBeGreaterThan(0.9 * source.length);
});

test("on a phone nothing sticks out sideways, and the toolbar works", { tag: ["@ux58"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const table =
    "| a long heading | another long heading | a third one | and one more |\n| - | - | - | - |\n| 1 | 2 | 3 | 4 |";
  const code = `\`\`\`\n${"a very long line of code ".repeat(12)}\n\`\`\``;
  const id = await scribe.create({
    title: "A title that is long enough to need several lines on a telephone",
    markdown: `${"word ".repeat(80)}\n\n${"unbroken".repeat(30)}\n\n${table}\n\n${code}\n\nLast`,
  });
  const ada = await person("Ada", { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await ada.page.goto(ada.url);
  await expect(ada.page.getByRole("button", { name: "New document" })).toBeVisible();
  expect(await ada.fitsTheWindow()).toBe(true);
  await ada.open(id);
  expect(await ada.fitsTheWindow()).toBe(true);
  await ada.body.getByText("Last", { exact: true }).tap();
  await ada.press("End", "Enter");
  const toolbar = ada.page.getByTestId("toolbar");
  await toolbar.getByRole("button", { name: "Bold" }).tap();
  await ada.type("thumbs");
  await toolbar.getByRole("button", { name: "Task list" }).tap();
  await ada.saved();
  expect(await scribe.markdown(id)).toContain("- [ ] **thumbs**");
  await ada.page.getByRole("button", { name: "History", exact: true }).tap();
  await expect(ada.page.getByTestId("history-entry").first()).toBeVisible();
  expect(await ada.fitsTheWindow()).toBe(true);
  await ada.page.getByTestId("history-entry").last().tap();
  await expect(ada.page.getByTestId("preview-body")).toContainText("Last");
  await expect(ada.page.getByTestId("preview-body")).not.toContainText("thumbs");
  expect(await ada.fitsTheWindow()).toBe(true);
});

test("dark mode follows the system until one chooses, and the choice lasts", { tag: ["@ux57"] }, async ({
  person,
}) => {
  const ada = await person("Ada", { colorScheme: "dark" });
  const lightness = () =>
    ada.page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d");
      if (canvas === null) throw new Error("no canvas");
      canvas.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
      canvas.fillRect(0, 0, 1, 1);
      return Math.max(...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3));
    });
  await ada.page.goto(ada.url);
  await expect(ada.page.getByRole("button", { name: "New document" })).toBeVisible();
  expect(await lightness()).toBeLessThan(64);
  await ada.page.getByRole("button", { name: "Use the light theme" }).click();
  await expect.poll(lightness).toBeGreaterThan(200);
  await ada.page.reload();
  await expect(ada.page.getByRole("button", { name: "Use the dark theme" })).toBeVisible();
  expect(await lightness()).toBeGreaterThan(200);
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import {
  chooseExport,
  chooseFor,
  chooseMore,
  confirmRestore,
  draftAndMore,
  entries,
  entriesOf,
  nameNow,
  openHistory,
} from "./support/history.ts";
import { layLine } from "./support/line.ts";
import { OwnServer } from "./support/own-server.ts";
import { expect, test } from "./support/test.ts";

test("a session says who took part and how much each did, and each kind of entry has its own words", {
  tag: ["@ux22"],
}, async ({ person }) => {
  const { ada, ben } = await draftAndMore(person);
  await openHistory(ada);
  const session = entriesOf(ada, "session");
  await expect(session.getByTestId("entry-author")).toHaveCount(2);
  await expect(session.getByTestId("entry-author").filter({ hasText: "Ada" })).toContainText(
    "14 characters inserted",
  );
  await expect(session.getByTestId("entry-author").filter({ hasText: "Ben" })).toContainText(
    "10 characters inserted",
  );
  await expect(entriesOf(ada, "import")).toContainText("Imported by Scribe");
  await expect(entries(ada).filter({ hasText: "First draft" })).toContainText("As it went to the printer.");
  await expect(ada.page.getByRole("heading", { name: "Today" })).toHaveCount(1);

  await chooseFor(ada, session, "Undo what Ben did here…");
  await expect(ada.page.getByTestId("restore-dialog")).toContainText("What everybody else wrote stays");
  await confirmRestore(ada);
  for (const each of [ada, ben]) await each.sees("Ada: a first draft", "Ben:");
  await expect(entriesOf(ada, "restore")).toContainText(/Ben’s changes of .* undone by Ada/);

  await chooseFor(ada, entriesOf(ada, "restore"), "Take this restore back…");
  await confirmRestore(ada);
  for (const each of [ada, ben]) await each.sees("Ada: a first draft", "Ben: some more");
  await expect(entries(ada).filter({ hasText: "A restore was taken back by Ada" })).toHaveCount(1);
});

test("named versions are found, renamed, described and unpinned, which can be taken back", {
  tag: ["@ux26"],
}, async ({ person }) => {
  const { ada } = await draftAndMore(person);
  await openHistory(ada);
  await ada.page.getByRole("radio", { name: "Named" }).check({ force: true });
  await expect(entries(ada)).toHaveCount(1);
  const version = entries(ada).first();

  await chooseFor(ada, version, "Rename…");
  await ada.page.getByRole("textbox", { name: "Name", exact: true }).fill("Draft for the printer");
  await ada.page.getByRole("button", { name: "Save" }).click();
  await expect(version).toContainText("Draft for the printer");
  await expect(version).toContainText("As it went to the printer.");

  await chooseFor(ada, version, "Edit description…");
  await expect(ada.page.getByRole("textbox", { name: "Description" })).toBeFocused();
  await ada.page.getByRole("textbox", { name: "Description" }).fill("Both chapters,\nno index.");
  await ada.page.getByRole("button", { name: "Save" }).click();
  await expect(version).toContainText("Both chapters,");
  await expect(ada.page.getByRole("button", { name: "Actions for Draft for the printer" })).toBeFocused();

  await chooseFor(ada, version, "Unpin");
  await expect(entries(ada)).toHaveCount(0);
  await expect(ada.page.getByTestId("history-panel")).toContainText("No version has a name yet");
  await ada.toast("is no longer a named version").getByRole("button", { name: "Undo" }).click();
  await expect(entries(ada)).toHaveCount(1);
  await expect(version).toContainText("Both chapters,");
  await ada.page.getByRole("radio", { name: "All" }).check({ force: true });
  await expect(entriesOf(ada, "session")).toHaveCount(1);
});

test("before a restore it says what goes and whose it is, and what comes back; afterwards it is undone by one click", {
  tag: ["@ux27"],
}, async ({ person }) => {
  const { ada, ben } = await draftAndMore(person);
  await ben.goTo("Ben:");
  for (let n = 0; n < 4; n++) await ben.press("Backspace");
  await ada.goTo("Ada:");
  await ada.press("Backspace", "Backspace");
  await ada.saved();
  await ben.saved();
  await ben.sees("Ada: a first dra", "Ben: some ");
  await ada.sees("Ada: a first dra", "Ben: some ");
  await openHistory(ada);
  await chooseFor(ada, entries(ada).filter({ hasText: "First draft" }), "Restore…");
  const dialog = ada.page.getByTestId("restore-dialog");
  await expect(dialog.getByTestId("restore-goes")).toHaveText("6 characters by Ben");
  await expect(dialog.getByTestId("restore-comes")).toHaveText("2 characters");
  await expect(dialog).toContainText("The text as it is now is kept as a version first.");
  await expectAccessible(ada, "the question before a restore");
  await ada.page.getByRole("button", { name: "Cancel" }).click();
  await expect(ada.page.getByRole("button", { name: "Actions for First draft" })).toBeFocused();
  await ben.sees("Ada: a first dra", "Ben: some ");

  await chooseFor(ada, entries(ada).filter({ hasText: "First draft" }), "Restore…");
  await confirmRestore(ada);
  for (const each of [ada, ben]) await each.sees("Ada: a first draft", "Ben:");
  await expect(entriesOf(ada, "restore")).toContainText("Restored by Ada to “First draft”");
  await ben.goTo("Ben:");
  await ben.type(" here again");
  await ada.sees("Ada: a first draft", "Ben: here again");

  await ada.toast("Restored to “First draft”").getByRole("button", { name: "Undo" }).click();
  await expect(ada.toast("The restore was undone")).toBeVisible();
  await expect.poll(async () => (await ben.blocks())[0]).toBe("Ada: a first dra");
  const [, second] = await ben.blocks();
  expect(second).toContain("some");
  expect(second).toContain("here again");
});

test("two entries are chosen to be compared, or one and now; Escape gives up the choice first", {
  tag: ["@ux25"],
}, async ({ person }) => {
  const { ada } = await draftAndMore(person);
  await openHistory(ada);
  const bar = ada.page.getByTestId("past-bar");
  const preview = ada.page.getByTestId("preview-body");
  const draft = entries(ada).filter({ hasText: "First draft" });
  await chooseFor(ada, draft, "Compare with…");
  await expect(ada.page.getByTestId("comparing")).toContainText("Choose what to compare “First draft” with");
  await ada.press("Escape");
  await expect(ada.page.getByTestId("comparing")).toBeHidden();
  await expect(ada.page.getByTestId("history-panel")).toBeVisible();

  await chooseFor(ada, draft, "Compare with…");
  await entriesOf(ada, "import").click();
  await expect(bar).toHaveAttribute("data-mode", "compare");
  await expect(preview).toContainText("a first draft");
  await expect(preview).not.toContainText("some more");
  await expect(draft).toHaveAttribute("aria-current", "true");
  await expect(entriesOf(ada, "import")).toHaveAttribute("aria-current", "true");

  await chooseFor(ada, draft, "Compare with…");
  await ada.page.getByTestId("history-now").click();
  await expect(bar).toHaveAttribute("data-mode", "compare");
  await expect(preview).toContainText("some more");
});

test("what was typed into something that a restore removed is told to everybody, put back by any of them, or dismissed", {
  tag: ["@ux27"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "What stays." });
  const line = await layLine(scribe.url);
  try {
    const ada = await (await person("Ada")).open(id);
    const ben = await (await person("Ben", { url: line.url })).open(id);
    const cleo = await (await person("Cleo")).open(id);
    await nameNow(ada, "Before Ben");
    await openHistory(ada);
    const now = async (someone: typeof ada) => (await someone.blocks()).join("\n");

    /** Ben writes on in a paragraph of his while he is offline, and Ada restores to before that paragraph. */
    const restoreUnder = async (unseen: string) => {
      await ben.goTo("What stays.");
      await ben.press("Enter");
      await ben.type("Ben adds a paragraph.");
      await ben.saved();
      for (const each of [ada, cleo]) await expect.poll(() => now(each)).toContain("Ben adds a paragraph.");
      line.cut();
      await expect(ben.status).toHaveAttribute("data-kind", "offline");
      await ben.type(unseen);
      await chooseFor(ada, entries(ada).filter({ hasText: "Before Ben" }).last(), "Restore…");
      await confirmRestore(ada);
      await cleo.sees("What stays.");
      line.mend();
      await ben.sees("What stays.");
    };

    await restoreUnder(" Nobody has seen this yet.");
    for (const each of [ada, ben, cleo])
      await expect(each.toast("Something Ben typed while this was restored is kept")).toBeVisible();
    await cleo.toast("Something Ben typed").getByRole("button", { name: "Show" }).click();
    const kept = cleo.page.getByTestId("rescue");
    await expect(kept).toContainText("Ben");
    await expect(kept).toContainText("Nobody has seen this yet.");
    await expectAccessible(cleo, "what was kept", { withToasts: true });
    await kept.getByRole("button", { name: "Put it back" }).click();
    for (const each of [ada, ben, cleo])
      await expect.poll(() => now(each)).toContain("Nobody has seen this yet.");
    await expect(kept).toHaveCount(0);
    await expect(ada.page.getByTestId("rescues")).toHaveCount(0);
    await expect(entries(cleo).filter({ hasText: "Kept text of Ben put back by Cleo" })).toHaveCount(1);

    await restoreUnder(" Nor does anybody need to see this.");
    await expect(kept).toContainText("Nor does anybody need to see this.");
    await kept.getByRole("button", { name: "Dismiss" }).click();
    await cleo.page.getByRole("alertdialog").getByRole("button", { name: "Dismiss" }).click();
    await expect(kept).toHaveCount(0);
    await expect(ada.page.getByTestId("rescue")).toHaveCount(0);
    await cleo.sees("What stays.");
  } finally {
    await line.close();
  }
});

test("on a phone the list, an entry's menu and the question before a restore fit", {
  tag: ["@ux22", "@ux58"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Small", markdown: `${"word ".repeat(60)}` });
  const ada = await person("Ada", { viewport: { width: 390, height: 700 }, hasTouch: true, isMobile: true });
  await ada.open(id);
  await ada.goTo();
  await ada.type("and more ".repeat(20));
  await ada.saved();
  await ada.page.getByRole("button", { name: "History", exact: true }).tap();
  const first = entriesOf(ada, "import");
  await first
    .locator("xpath=..")
    .getByRole("button", { name: /^Actions for/ })
    .tap();
  await expectAccessible(ada, "the menu of an entry on a phone");
  await ada.page.getByRole("menuitem", { name: "Restore…" }).tap();
  const dialog = ada.page.getByTestId("restore-dialog");
  await expect(dialog.getByTestId("restore-goes")).toHaveText("180 characters by Ada");
  const box = await dialog.boundingBox();
  expect(box!.x).toBeGreaterThanOrEqual(0);
  expect(box!.x + box!.width).toBeLessThanOrEqual(390);
  expect(box!.y + box!.height).toBeLessThanOrEqual(700);
  expect(await ada.fitsTheWindow()).toBe(true);
  await ada.page.getByTestId("restore-confirm").tap();
  await ada.sees("word ".repeat(60).trim());
});

test("a copy is made from a moment and from now, and is a document of its own", { tag: ["@ux28"] }, async ({
  person,
}) => {
  const { ada, ben } = await draftAndMore(person);
  const { documentId } = ada;
  await openHistory(ada);
  await chooseFor(ada, entries(ada).filter({ hasText: "First draft" }), "Make a copy from this moment");
  await ada.toast("A copy was made").getByRole("button", { name: "Open it" }).click();
  await expect.poll(() => ada.documentId).not.toBe(documentId);
  await ada.ready();
  await ada.sees("Ada: a first draft", "Ben:");
  await ada.goTo("Ben:");
  await ada.type(" not here");
  await ada.saved();
  await ben.sees("Ada: a first draft", "Ben: some more");
  await chooseMore(ben, "Make a copy");
  await ben.toast("A copy was made").getByRole("button", { name: "Open it" }).click();
  await expect.poll(() => ben.documentId).not.toBe(documentId);
  await ben.ready();
  await ben.sees("Ada: a first draft", "Ben: some more");
});

test(
  "a document leaves with its whole history and comes in again as another one, through the interface",
  { tag: ["@ux55"] },
  async ({ person }, testInfo) => {
    const { ada } = await draftAndMore(person);
    await ada.title.fill("A travelled document");
    await ada.saved();
    const download = ada.page.waitForEvent("download");
    await chooseExport(ada, "With its whole history");
    const file = testInfo.outputPath("travelled.palimpsest");
    expect((await download).suggestedFilename()).toBe("A travelled document.palimpsest");
    await (await download).saveAs(file);

    const cleo = await person("Cleo");
    await cleo.page.goto(cleo.url);
    await cleo.page.getByTestId("import-file").setInputFiles(file);
    await cleo.ready();
    await expect(cleo.title).toHaveValue("A travelled document");
    await cleo.sees("Ada: a first draft", "Ben: some more");
    expect(cleo.documentId).not.toBe(ada.documentId);
    await openHistory(cleo);
    await expect(entries(cleo).filter({ hasText: "First draft" })).toContainText(
      "As it went to the printer.",
    );
    await expect(entriesOf(cleo, "session").last()).toContainText("Ben");

    const cut = readFileSync(file).subarray(0, -40);
    await cleo.page.goto(cleo.url);
    await cleo.page
      .getByTestId("import-file")
      .setInputFiles({ name: "torn.palimpsest", mimeType: "application/octet-stream", buffer: cut });
    const torn = cleo.page.getByTestId("import").filter({ hasText: "torn.palimpsest" });
    await expect(torn).toHaveAttribute("data-state", "failed");
    await expect(torn).toContainText(/Line \d+/);
  },
);

test("the text is replaced from a file in everybody's editor, and comes back with one click that leaves later typing", {
  tag: ["@ux55"],
}, async ({ person }) => {
  const { ada, ben } = await draftAndMore(person);
  await ada.page.getByTestId("replace-file").setInputFiles({
    name: "new.md",
    mimeType: "text/markdown",
    buffer: Buffer.from("Ada: a first draft\n\nSomething else."),
  });
  await expect(ada.page.getByRole("alertdialog")).toContainText("Replace the text with “new.md”?");
  await ada.page.getByRole("button", { name: "Replace" }).click();
  for (const each of [ada, ben]) await each.sees("Ada: a first draft", "Something else.");
  await ben.goTo("Ada: a first draft");
  await ben.type(", says Ben");
  await ada.sees("Ada: a first draft, says Ben", "Something else.");
  await ada.toast("The text was replaced with “new.md”").getByRole("button", { name: "Undo" }).click();
  for (const each of [ada, ben]) await each.sees("Ada: a first draft, says Ben", "Ben: some more");
});

test("the history is checked, and says what was checked", async ({ person }) => {
  const { ada } = await draftAndMore(person);
  await chooseMore(ada, "Check the history");
  const result = ada.page.getByTestId("verify-result");
  await expect(result).toContainText("Everything is whole");
  await expect(result).toContainText(/\d+ edits.* and 1 version were checked/);
  await expectAccessible(ada, "the check of the history");
  await ada.page.getByRole("button", { name: "Close", exact: true }).click();
  await expect(ada.page.getByRole("button", { name: "More actions" })).toBeFocused();
});

test("hundreds of entries: only those in view are drawn, older ones come as one leafs back, keys lead through them", {
  tag: ["@ux22"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "0" });
  for (let n = 1; n <= 100; n++)
    await scribe.json(`/api/documents/${id}/content`, { method: "PUT", body: { markdown: `${n}` } });
  const ada = await (await person("Ada")).open(id);
  await openHistory(ada);
  expect(await entries(ada).count()).toBeLessThan(40);
  await entries(ada).first().focus();
  await ada.press("ArrowDown", "ArrowDown", "ArrowUp");
  await expect(ada.page.locator("li:focus-within")).toHaveAttribute("aria-posinset", "2");
  await expect(async () => {
    await ada.press("End");
    await expect(ada.page.locator("li:focus-within")).toHaveAttribute("aria-setsize", "201", {
      timeout: 500,
    });
  }).toPass();
  await ada.press("End");
  await expect(ada.page.locator("li:focus-within")).toHaveAttribute("aria-posinset", "201");
  await expect(ada.page.locator(":focus")).toContainText("Imported by Scribe");
  expect(await entries(ada).count()).toBeLessThan(40);
  await ada.press("Enter");
  await expect(ada.page.getByTestId("preview-body")).toHaveText("0");
  await ada.page.getByTestId("history-scroller").evaluate((element) => element.scrollTo(0, 0));
  await expect(entries(ada).first()).toContainText("Text replaced from a file by Scribe");
});

/** Lets whoever has an address only look, as the directory would record it. */
function makeViewOnly(stateDir: string): void {
  const files = readdirSync(stateDir, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".sqlite"),
  );
  for (const name of files) {
    const database = new DatabaseSync(join(stateDir, name));
    const has = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'documents'").get();
    if (has !== undefined) database.exec("UPDATE documents SET link_role = 'view'");
    database.close();
  }
}

test("who may only look sees the whole history and nothing that would change the document", {
  tag: ["@ux7", "@ux23"],
}, async ({ person }) => {
  const server = await new OwnServer().start();
  try {
    const scribe = await Guest.enter("Scribe", server.url);
    const id = await scribe.create({ markdown: "To be looked at." });
    await scribe.json(`/api/documents/${id}/versions`, {
      method: "POST",
      body: { name: "Named", description: "" },
    });
    await server.restart(makeViewOnly);
    const vera = await person("Vera", { url: server.url });
    await vera.page.goto(`${server.url}/d/${id}`);
    await expect(vera.page.getByTestId("read-only-banner")).toBeVisible();
    await openHistory(vera);
    await expect(vera.page.getByRole("button", { name: "Name this version" })).toHaveCount(0);
    await entries(vera)
      .filter({ hasText: "Named" })
      .locator("xpath=..")
      .getByRole("button", { name: /^Actions for/ })
      .click();
    const items = await vera.page.getByRole("menuitem").allTextContents();
    expect(items.map((item) => item.trim())).toEqual([
      "Compare with now",
      "Compare with the one before",
      "Compare with…",
      "Copy link to this moment",
      "Export",
    ]);
    await vera.press("Escape");
    await entries(vera).filter({ hasText: "Named" }).click();
    await expect(vera.page.getByTestId("preview-body")).toContainText("To be looked at.");
    await expect(vera.page.getByTestId("restore")).toHaveCount(0);
    await vera.page.getByRole("button", { name: "Close history" }).click();
    await vera.page.getByRole("button", { name: "More actions" }).click();
    await expect(vera.page.getByRole("menuitem", { name: "Make a copy" })).toHaveCount(0);
    await expect(vera.page.getByRole("menuitem", { name: "Check the history" })).toBeVisible();
  } finally {
    await server.end();
  }
});

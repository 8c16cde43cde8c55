import { blocksOf, Guest, sharedServer } from "./support/api.ts";
import { type Line, layLine } from "./support/line.ts";
import { agreement, test as base, expect } from "./support/test.ts";

/** An attempt to reconnect is at most half a minute away. */
const afterTheLongestWait = { timeout: 45_000 };

const test = base.extend<{ line: Line }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
  line: async ({}, use) => {
    const line = await layLine(sharedServer());
    await use(line);
    await line.close();
  },
});

test("[I4] [I20] who is offline writes on, is told the truth, and loses nothing", {
  tag: ["@ux14", "@ux15"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:" });
  const ada = await (await person("Ada", { url: line.url })).open(id);
  const ben = await (await person("Ben")).open(id);
  await ben.seesPeople("Ada");

  line.cut();
  await expect(ada.status).toHaveAttribute("data-kind", "offline");
  expect(await ada.isSaved()).toBe(true);
  await expect(ada.status).toContainText("everything you wrote is saved");

  await ada.goTo("Ada:");
  await ada.type(" written in the tunnel");
  expect(await ada.isSaved()).toBe(false);
  await expect(ada.status).toHaveAttribute("data-kind", "kept");
  await expect(ada.status).toContainText("Kept on this device");
  await expect(ada.page.getByTestId("offline-banner")).toContainText("kept on this device");
  await ben.seesPeople();

  await ben.goTo("Ben:");
  await ben.type(" written at the desk");
  await ben.saved();
  await ben.sees("Ada:", "Ben: written at the desk");
  await ada.sees("Ada: written in the tunnel", "Ben:");
  expect(await ada.isSaved()).toBe(false);

  line.mend();
  await ada.saved(afterTheLongestWait);
  await expect(ada.page.getByTestId("offline-banner")).toBeHidden();
  await agreement([ada, ben], async () => blocksOf((await scribe.content(id)).content));
  await ben.sees("Ada: written in the tunnel", "Ben: written at the desk");
  await ben.seesPeople("Ada");

  await ada.page.reload();
  await ada.ready();
  await ada.sees("Ada: written in the tunnel", "Ben: written at the desk");
});

test("Ctrl+S says how it is: everything saved, and without a line kept on this device", {
  tag: ["@ux16"],
}, async ({ person, line }) => {
  const id = await (await Guest.enter()).create({ markdown: "Ada:" });
  const ada = await (await person("Ada", { url: line.url })).open(id);
  await ada.goTo("Ada:");
  await ada.type(" at work");
  await ada.saved();
  await ada.press("ControlOrMeta+s");
  await expect(ada.toast("Everything is saved")).toBeVisible();
  line.cut();
  await expect(ada.status).toHaveAttribute("data-kind", "offline");
  await ada.type(" in a tunnel");
  await expect(ada.status).toHaveAttribute("data-kind", "kept");
  await ada.press("ControlOrMeta+s");
  await expect(ada.toast("Kept on this device")).toBeVisible();
  line.mend();
  await ada.saved(afterTheLongestWait);
});

test("[I4] two people who were both offline converge, whoever returns first", async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Shared:" });
  const other = await layLine(sharedServer());
  const ada = await (await person("Ada", { url: line.url })).open(id);
  const ben = await (await person("Ben", { url: other.url })).open(id);
  line.cut();
  other.cut();
  await Promise.all([ada.goTo(), ben.goTo()]);
  await Promise.all([ada.type("aaaa"), ben.type("bbbb")]);
  await Promise.all([ada, ben].map((each) => expect(each.status).toHaveAttribute("data-kind", "kept")));
  other.mend();
  await ben.saved(afterTheLongestWait);
  line.mend();
  await ada.saved(afterTheLongestWait);
  const [text] = await agreement([ada, ben], async () => blocksOf((await scribe.content(id)).content));
  expect(["Shared:aaaabbbb", "Shared:bbbbaaaa"]).toContain(text);
  await Promise.all([ada.context.close(), ben.context.close()]);
  await other.close();
});

test("[I20] leaving is warned of where changes are nowhere else, and not where they are", {
  tag: ["@ux17"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const ada = await person("Ada", { url: line.url });
  // as in a browser that keeps nothing for the page
  await ada.page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    };
  });
  await ada.open(id);
  await expect(ada.status).toHaveAttribute("data-copy", "unavailable");
  line.cut();
  await ada.goTo();
  await ada.type(" not yet saved");
  const asked = ada.page.waitForEvent("dialog");
  await ada.page.evaluate(() => {
    // Not at once: this call has to return before the page stands still in its question.
    setTimeout(() => window.location.reload(), 0);
  });
  const dialog = await asked;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  await ada.sees("Ada: not yet saved");
  expect(await ada.isSaved()).toBe(false);
  await expect(ada.page.getByTestId("offline-banner")).toContainText("lost if you close this page");
  await ada.press("Control+s");
  await expect(ada.toast("lost if you close this page")).toBeVisible();

  line.mend();
  await ada.saved(afterTheLongestWait);
  let questions = 0;
  ada.page.on("dialog", (unexpected) => {
    questions++;
    void unexpected.accept();
  });
  await ada.page.reload();
  await ada.ready();
  await ada.sees("Ada: not yet saved");
  expect(questions).toBe(0);
});

test("a document that cannot be reached says so, shows no empty page, and opens by itself later", async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Still here" });
  const ada = await person("Ada");
  await ada.page.route("**/api/documents/*/ticket", (route) => route.abort());
  await ada.page.goto(`${ada.url}/d/${id}`);
  await expect(ada.status).toHaveAttribute("data-kind", "offline");
  await expect(ada.page.getByTestId("opening-offline")).toContainText("no copy of this document");
  await expect(ada.body).toBeHidden();
  await ada.page.unroute("**/api/documents/*/ticket");
  await ada.ready();
  await ada.sees("Still here");
});

import { readFile } from "node:fs/promises";
import { blocksOf, Guest, sharedServer } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import { paragraphUpdates } from "./support/large-document.ts";
import { type Line, layLine } from "./support/line.ts";
import { OwnServer } from "./support/own-server.ts";
import { Person } from "./support/person.ts";
import { RawClient } from "./support/raw-client.ts";
import { agreement, test as base, expect } from "./support/test.ts";
import { layUpdatableLine } from "./support/updatable-line.ts";

const afterTheLongestWait = { timeout: 45_000 };

const test = base.extend<{ line: Line }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameter's pattern
  line: async ({}, use) => {
    const line = await layLine(sharedServer());
    await use(line);
    await line.close();
  },
});

/** The page itself is kept, and so is the document. */
async function isKept(someone: Person): Promise<void> {
  await someone.page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    while (navigator.serviceWorker.controller === null)
      await new Promise((resolve) =>
        navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
      );
  });
  await someone.saved();
  await expect(someone.status).toHaveAttribute("data-copy", "kept");
}

/** The same browser, after its window was closed. */
async function reopened(someone: Person, id: string): Promise<Person> {
  await someone.page.close();
  const again = new Person(someone.name, someone.url, await someone.context.newPage());
  await again.page.goto(`${someone.url}/d/${id}`);
  return again;
}

test("[PV62] [PV67] without a server the page and its text are there at once; what is written outlives the window and is merged", {
  tag: ["@ux14", "@ux15", "@ux18"],
}, async ({ person }) => {
  const server = await new OwnServer().start();
  try {
    const scribe = await Guest.enter("Scribe", server.url);
    const id = await scribe.create({ title: "Kept", markdown: "Ada:\n\nBen:" });
    const { url } = server;
    const ada = await (await person("Ada", { url, serviceWorkers: "allow" })).open(id);
    await isKept(ada);
    const port = await server.kill();

    await ada.page.reload();
    await ada.sees("Ada:", "Ben:");
    await expect(ada.title).toHaveValue("Kept");
    await expect(ada.page.getByTestId("offline-banner")).toContainText("kept on this device");
    await ada.goTo("Ada:");
    await ada.type(" in the tunnel");
    await expect(ada.status).toHaveAttribute("data-kind", "kept");
    await expectAccessible(ada, "offline");
    await ada.press("Control+s");
    await expect(ada.toast("kept on this device")).toBeVisible();

    const later = await reopened(ada, id);
    await later.sees("Ada: in the tunnel", "Ben:");
    await expect(later.status).toHaveAttribute("data-kind", "kept");
    expect(await later.isSaved()).toBe(false);
    await later.goTo("Ada: in the tunnel");
    await later.type(", twice");

    await server.start(port);
    const ben = await (await person("Ben", { url })).open(id);
    await ben.goTo("Ben:");
    await ben.type(" at the desk");
    await later.saved(afterTheLongestWait);
    await agreement([later, ben], async () => blocksOf((await scribe.content(id)).content));
    await ben.sees("Ada: in the tunnel, twice", "Ben: at the desk");
    // the caret is where it was, whatever came meanwhile
    await later.type("!");
    await ben.sees("Ada: in the tunnel, twice!", "Ben: at the desk");
  } finally {
    await server.end();
  }
});

test("[PV62] a document that was never open here says that it is not here, on a page that is", {
  tag: ["@ux15", "@ux62"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const [known, unknown] = [
    await scribe.create({ markdown: "Known" }),
    await scribe.create({ markdown: "New" }),
  ];
  const ada = await (await person("Ada", { url: line.url, serviceWorkers: "allow" })).open(known);
  await isKept(ada);
  line.cut();
  await ada.page.goto(`${line.url}/d/${unknown}`);
  await expect(ada.page.getByTestId("opening-offline")).toContainText(
    "no copy of this document on this device",
  );
  await expect(ada.body).toBeHidden();
  line.mend();
  await expect(ada.body).toBeVisible(afterTheLongestWait);
  await ada.sees("New");
});

test("[PV66] a browser that keeps nothing works as ever, and says what would be lost", {
  tag: ["@ux15", "@ux17", "@ux20"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const ada = await person("Ada", { url: line.url });
  await ada.page.addInitScript(() => {
    Object.defineProperty(window, "indexedDB", { value: undefined });
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("denied", "SecurityError");
      },
    });
  });
  await ada.open(id);
  await ada.goTo();
  await ada.type(" private");
  await ada.saved();
  line.cut();
  await ada.type(" and alone");
  await expect(ada.page.getByTestId("offline-banner")).toContainText("this browser keeps no copy");
  await expect(ada.status).toContainText("lost if you close this page");
  line.mend();
  await ada.saved(afterTheLongestWait);
  expect(blocksOf((await scribe.content(id)).content)).toEqual(["Ada: private and alone"]);
});

test("[PV68] a full disk is told, and what was written is kept as soon as there is room", {
  tag: ["@ux15", "@ux20"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const ada = await person("Ada", { url: line.url });
  await ada.page.addInitScript(() => {
    const put = IDBObjectStore.prototype.put;
    IDBObjectStore.prototype.put = function (...args: Parameters<IDBObjectStore["put"]>) {
      if (document.documentElement.dataset.full === "yes")
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      return put.apply(this, args);
    };
  });
  await ada.open(id);
  await expect(ada.status).toHaveAttribute("data-copy", "kept");
  // what the page loads once the text can be written in
  await ada.page.waitForLoadState("networkidle");
  line.cut();
  const fill = (full: string) =>
    ada.page.evaluate((value) => {
      document.documentElement.dataset.full = value;
    }, full);
  await fill("yes");
  await ada.goTo();
  await ada.type(" too much");
  await expect(ada.page.getByTestId("offline-banner")).toContainText("no room left on this device");
  await expect(ada.status).toHaveAttribute("data-copy", "full");
  await fill("no");
  await expect(ada.status).toHaveAttribute("data-kind", "kept", afterTheLongestWait);
  const later = await reopened(ada, id).catch(() => null);
  expect(later, "the page itself needs a service worker").toBeNull();
  line.mend();
  const back = new Person("Ada", line.url, await ada.context.newPage());
  await back.page.goto(`${line.url}/d/${id}`);
  await back.saved(afterTheLongestWait);
  await back.sees("Ada: too much");
});

test("[PV71] two tabs without a server agree at once; whoever returns, all of it is saved", {
  tag: ["@ux21"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "First:\n\nSecond:" });
  const first = await (await person("Ada", { url: line.url })).open(id);
  const second = new Person("Ada", line.url, await first.context.newPage());
  await second.open(id);
  line.cut();
  await first.goTo("First:");
  await first.type(" one");
  await second.sees("First: one", "Second:");
  await second.goTo("Second:");
  await second.type(" two");
  await first.sees("First: one", "Second: two");
  expect(await first.isSaved()).toBe(false);
  expect(await second.isSaved()).toBe(false);
  // what the first wrote is the other's to send now
  await first.page.close();
  line.mend();
  await second.saved(afterTheLongestWait);
  expect(blocksOf((await scribe.content(id)).content)).toEqual(["First: one", "Second: two"]);
});

test("[PV62] [PV16] who returns to a large document is sent only what they missed", {
  tag: ["@ux18"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Large" });
  const writer = await RawClient.open(scribe.url, id, await scribe.ticket(id));
  let whole = 0;
  for (const update of paragraphUpdates(77, 2_000, 500)) {
    writer.push(update);
    whole += update.length;
  }
  const ada = await person("Ada");
  await ada.open(id);
  await expect.poll(async () => (await ada.blocks()).length).toBeGreaterThanOrEqual(2_000);
  await expect(ada.status).toHaveAttribute("data-copy", "kept");
  await ada.page.goto("about:blank");
  for (const update of paragraphUpdates(78, 1, 1)) writer.push(update);
  await expect.poll(async () => (await scribe.stats(id)).head).toBeGreaterThan(4);

  const session = await ada.context.newCDPSession(ada.page);
  await session.send("Network.enable");
  let received = 0;
  session.on("Network.webSocketFrameReceived", ({ response }) => {
    received += response.payloadData.length;
  });
  await ada.open(id);
  await expect.poll(async () => (await ada.blocks()).length).toBeGreaterThanOrEqual(2_001);
  expect(whole).toBeGreaterThan(20_000);
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(1_000);
  await writer.close();
});

test("[PV70] what a document did not take before it was gone is put aside, to be downloaded or discarded", {
  tag: ["@ux20", "@ux62"],
}, async ({ person, line }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Minutes", markdown: "Agreed:" });
  const ada = await (await person("Ada", { url: line.url })).open(id);
  await expect(ada.status).toHaveAttribute("data-copy", "kept");
  line.cut();
  await ada.goTo();
  await ada.type(" to meet again");
  await expect(ada.status).toHaveAttribute("data-kind", "kept");
  await ada.page.route("**/api/documents/*/ticket", (route) =>
    route.fulfill({ status: 404, contentType: "application/problem+json", body: '{"code":"not-found"}' }),
  );
  line.mend();
  const aside = ada.page.getByTestId("aside");
  await expect(aside).toBeVisible(afterTheLongestWait);
  await expect(ada.status).toContainText("put aside on this device");
  await expectAccessible(ada, "with changes put aside");

  await ada.page.reload();
  await expect(ada.page.getByTestId("document-gone")).toBeVisible();
  const downloading = ada.page.waitForEvent("download");
  await aside.getByRole("button", { name: "Download as Markdown" }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe("Minutes (not sent).md");
  expect(await readFile(await download.path(), "utf8")).toContain("Agreed: to meet again");
  await aside.getByRole("button", { name: "Discard" }).click();
  await ada.page.getByRole("alertdialog").getByRole("button", { name: "Discard" }).click();
  await expect(aside).toBeHidden();
  await ada.page.reload();
  await expect(ada.page.getByTestId("document-gone")).toBeVisible();
  await expect(aside).toBeHidden();
});

test("a new version of the page is offered, not forced, and reloading keeps what was written", {
  tag: ["@ux19"],
}, async ({ person }) => {
  const line = await layUpdatableLine(sharedServer());
  try {
    const scribe = await Guest.enter();
    const id = await scribe.create({ markdown: "Ada:" });
    const ada = await (await person("Ada", { url: line.url, serviceWorkers: "allow" })).open(id);
    await isKept(ada);
    await expect(ada.toast("A new version is available")).toBeHidden();
    line.update();
    await ada.page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(ada.toast("A new version is available")).toBeVisible();
    await ada.goTo();
    await ada.type(" still here");
    await ada.toast("A new version is available").getByRole("button", { name: "Reload" }).click();
    await ada.page.waitForEvent("load");
    await ada.sees("Ada: still here");
    await ada.saved();
    await expect(ada.toast("A new version is available")).toBeHidden();
  } finally {
    await line.close();
  }
});

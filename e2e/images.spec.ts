import { Guest, type TextNode } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { drawn, hand, isShown, menu, pick, pictures, uploads, withExif } from "./support/pictures.ts";
import { expect, test } from "./support/test.ts";

const ux40 = { tag: ["@ux40"] };
const png = (buffer: Buffer, name = "house.png") => ({ name, mimeType: "image/png", buffer });

async function withText(person: (name: string) => Promise<Person>, markdown = "first\n\nlast") {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Pictures", markdown });
  const ada = await (await person("Ada")).open(id);
  return { scribe, id, ada };
}

/** The pictures of a document as the server has it. */
async function kept(scribe: Guest, id: string): Promise<Readonly<Record<string, unknown>>[]> {
  const { content } = await scribe.content(id);
  const all = (node: TextNode): TextNode[] => [node, ...(node.content ?? []).flatMap(all)];
  return (
    all(content)
      .filter(({ type }) => type === "image" || type === "file")
      // what is not set is not stored
      .map(({ attrs }) => ({ width: null, ...attrs }))
  );
}

async function choose(someone: Person, nth = 0): Promise<void> {
  await pictures(someone).nth(nth).click();
  await expect(menu(someone)).toBeVisible();
}

async function insertPicture(someone: Person, buffer: Buffer): Promise<void> {
  const before = await pictures(someone).count();
  await someone.goTo("last");
  await hand(someone, "paste", [png(buffer)]);
  await expect(pictures(someone)).toHaveCount(before + 1);
  await isShown(pictures(someone).last());
  await someone.saved();
}

test(
  "pictures are dropped, pasted and picked, everybody sees them, and they are there after a reload",
  ux40,
  async ({ person }) => {
    const { scribe, id, ada } = await withText(person);
    const ben = await (await person("Ben")).open(id);
    await hand(ada, "drop", [
      png(await drawn(ada)),
      png(await drawn(ada, { width: 800, height: 200 }), "two.png"),
    ]);
    await expect(pictures(ada)).toHaveCount(2);
    await ada.goTo("first");
    await hand(ada, "paste", [png(await drawn(ada, { width: 200, height: 100 }))]);
    await expect(pictures(ada)).toHaveCount(3);
    await ada.goTo("first");
    await ada.press("Enter");
    await ada.type("/picture");
    await expect(ada.page.getByRole("option", { name: /^Picture/ })).toBeVisible();
    await pick(ada, () => ada.press("Enter"), [png(await drawn(ada, { color: "#2c6b34" }))]);
    await expect(pictures(ada)).toHaveCount(4);
    await expect(uploads(ada)).toHaveCount(0);
    await ada.saved();
    await expect(pictures(ben)).toHaveCount(4);
    for (let nth = 0; nth < 4; nth++) await isShown(pictures(ben).nth(nth));
    const attrs = await kept(scribe, id);
    expect(attrs).toHaveLength(4);
    for (const { src } of attrs) expect(src).toMatch(/^asset:[0-9A-Za-z]{22}$/);
    // the empty line in which it was asked for is where it stands
    expect((await scribe.content(id)).content.content?.map(({ type }) => type)).toEqual([
      "paragraph",
      "image",
      "image",
      "paragraph",
      "image",
      "image",
    ]);
    expect(attrs.map(({ width, ratio }) => [width, ratio])).toEqual([
      [null, 1.5],
      [200, 2],
      [null, 1.5],
      [null, 4],
    ]);
    await ben.page.reload();
    await ben.ready();
    await expect(pictures(ben)).toHaveCount(4);
    for (let nth = 0; nth < 4; nth++) await isShown(pictures(ben).nth(nth));
  },
);

test(
  "what a camera wrote into a photo does not leave the device, and it stands upright",
  ux40,
  async ({ person }) => {
    const { scribe, id, ada } = await withText(person);
    const photo = withExif(await drawn(ada, { width: 5000, height: 1000, type: "image/jpeg" }));
    expect(photo.toString("latin1")).toContain("GPS 52.5200N");
    await ada.page.evaluate(() => {
      const { send } = XMLHttpRequest.prototype;
      XMLHttpRequest.prototype.send = function (body) {
        void (body as Blob)
          .text()
          .then((text) => document.documentElement.setAttribute("data-sent", text.slice(0, 900)));
        send.call(this, body);
      };
    });
    await hand(ada, "drop", [{ name: "IMG_1.jpg", mimeType: "image/jpeg", buffer: photo }]);
    await expect(pictures(ada)).toHaveCount(1);
    const sent = await ada.page.locator("html").getAttribute("data-sent");
    expect(sent).toContain("JFIF");
    expect(sent).not.toContain("GPS");
    await isShown(pictures(ada).first());
    await ada.saved();
    const [attrs] = await kept(scribe, id);
    expect(attrs).toMatchObject({ ratio: 0.2, width: null });
    const stored = await scribe.request(
      `/api/documents/${id}/assets/${String(attrs?.src).slice("asset:".length)}`,
    );
    expect(Buffer.from(await stored.arrayBuffer()).toString("latin1")).not.toContain("GPS");
    const natural = await pictures(ada)
      .first()
      .evaluate((element: HTMLImageElement) => [element.naturalWidth, element.naturalHeight]);
    expect(natural).toEqual([819, 4096]);
  },
);

test(
  "on its way a picture is seen by its uploader alone, where others' edits leave it; it can be given up",
  ux40,
  async ({ person }) => {
    const { id, ada } = await withText(person, "first\n\nmiddle\n\nlast");
    const ben = await (await person("Ben")).open(id);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await ada.page.route("**/assets?name=*", async (route) => {
      await held;
      await route.continue();
    });
    await ada.goTo("middle");
    await hand(ada, "paste", [
      png(await drawn(ada)),
      png(await drawn(ada, { color: "#333333" }), "second.png"),
    ]);
    await expect(uploads(ada)).toHaveCount(2);
    await expect(uploads(ada).first().getByRole("progressbar")).toBeVisible();
    await expect(uploads(ada).first()).toContainText("house.png");
    await ben.goTo("first");
    await ben.press("Enter");
    await ben.type("from Ben");
    await ben.saved();
    await expect(ada.body).toContainText("from Ben");
    await expect(uploads(ben)).toHaveCount(0);
    await expect(pictures(ben)).toHaveCount(0);
    await uploads(ada).nth(1).getByRole("button", { name: "Cancel" }).click();
    await expect(uploads(ada)).toHaveCount(1);
    await expectAccessible(ada, "a picture on its way");
    release();
    await expect(pictures(ada)).toHaveCount(1);
    await ada.saved();
    await expect(pictures(ben)).toHaveCount(1);
    const order = await ben.body.evaluate((element) => [...element.children].map((child) => child.tagName));
    expect(order).toEqual(["P", "P", "P", "FIGURE", "P"]);
  },
);

test(
  "what cannot be added says why, what failed can be tried again, and offline it waits",
  ux40,
  async ({ person }) => {
    const { ada } = await withText(person);
    await hand(ada, "drop", [
      { name: "drawing.svg", mimeType: "image/svg+xml", buffer: Buffer.from("<svg onload=alert(1)></svg>") },
      { name: "page.html", mimeType: "text/html", buffer: Buffer.from("<html><script>1</script></html>") },
    ]);
    await expect(uploads(ada).filter({ hasText: "drawing.svg" })).toContainText(
      "cannot be read as a picture",
    );
    await expect(uploads(ada).filter({ hasText: "page.html" })).toContainText(
      "Files of this kind are not taken",
    );
    await expectAccessible(ada, "refused files");
    for (const name of ["drawing.svg", "page.html"])
      await uploads(ada).filter({ hasText: name }).getByRole("button", { name: "Remove" }).click();
    await expect(uploads(ada)).toHaveCount(0);

    await ada.page.route("**/assets?name=*", (route) => route.fulfill({ status: 500, body: "" }), {
      times: 1,
    });
    await hand(ada, "drop", [png(await drawn(ada))]);
    await expect(uploads(ada).getByRole("button", { name: "Try again" })).toBeVisible();
    await uploads(ada).getByRole("button", { name: "Try again" }).click();
    await expect(pictures(ada)).toHaveCount(1);

    await ada.context.setOffline(true);
    await hand(ada, "drop", [png(await drawn(ada, { color: "#222222" }))]);
    await expect(uploads(ada)).toContainText("No connection");
    await ada.context.setOffline(false);
    await expect(pictures(ada)).toHaveCount(2, { timeout: 25_000 });
    await expect(uploads(ada)).toHaveCount(0);
  },
);

test(
  "a picture is made smaller with the mouse and by keys, put at a side, described, captioned and replaced",
  ux40,
  async ({ person }) => {
    const { scribe, id, ada } = await withText(person);
    await insertPicture(ada, await drawn(ada));
    await choose(ada);
    await expectAccessible(ada, "a chosen picture");
    const handle = ada.body.locator(".picture-handle-right");
    const box = await handle.boundingBox();
    if (box === null) throw new Error("no handle");
    const full = await pictures(ada)
      .first()
      .evaluate((element) => element.clientWidth);
    await ada.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await ada.page.mouse.down();
    await ada.page.mouse.move(box.x - 90, box.y + 20, { steps: 6 });
    await ada.page.mouse.up();
    await ada.saved();
    const dragged = Number((await kept(scribe, id))[0]?.width);
    expect(dragged).toBeGreaterThan(full - 240);
    expect(dragged).toBeLessThan(full - 150);

    await ada.page.getByRole("slider", { name: "Width of the picture" }).focus();
    await ada.press("ArrowLeft", "ArrowLeft");
    await ada.saved();
    expect((await kept(scribe, id))[0]?.width).toBe(dragged - 32);
    await ada.press("End");
    await ada.saved();
    expect((await kept(scribe, id))[0]?.width).toBeNull();

    await choose(ada);
    await ada.press("Enter");
    await expect(menu(ada).getByRole("button", { name: "Left" })).toBeFocused();
    await ada.press("Enter");
    await choose(ada);
    await menu(ada).getByRole("button", { name: "Description" }).click();
    await ada.page.getByRole("textbox", { name: "What it shows" }).fill("Our house in May");
    await expectAccessible(ada, "the description of a picture");
    await ada.page.getByRole("button", { name: "Save" }).click();
    await expect(ada.body.getByRole("img", { name: "Our house in May" })).toBeVisible();
    await choose(ada);
    await menu(ada).getByRole("button", { name: "Caption" }).click();
    await ada.type("Taken by Ben");
    await ada.press("Enter");
    await ada.saved();
    const [before] = await kept(scribe, id);
    expect(before).toMatchObject({ align: "left", alt: "Our house in May", caption: "Taken by Ben" });

    await choose(ada);
    const next = png(await drawn(ada, { width: 600, height: 600, color: "#7a4d00" }));
    await pick(ada, () => menu(ada).getByRole("button", { name: "Replace" }).click(), [next]);
    await expect.poll(async () => (await kept(scribe, id))[0]?.src).not.toBe(before?.src);
    expect((await kept(scribe, id))[0]).toMatchObject({
      alt: "Our house in May",
      caption: "Taken by Ben",
      ratio: 1,
    });
    await isShown(pictures(ada).first());
    const download = menu(ada).getByRole("link", { name: "Download" });
    await choose(ada);
    await expect(download).toHaveAttribute("href", /\/assets\/[0-9A-Za-z]{22}$/);
    await menu(ada).getByRole("button", { name: "Delete" }).click();
    await expect(pictures(ada)).toHaveCount(0);
    await ada.saved();
    await ada.press("Control+z");
    await expect(pictures(ada)).toHaveCount(1);
  },
);

test(
  "a restore brings a deleted picture back, the comparison shows both, and a copy has its own",
  ux40,
  async ({ person }) => {
    const { scribe, id, ada } = await withText(person);
    await insertPicture(ada, await drawn(ada));
    const { seq: first } = await scribe.content(id);
    await choose(ada);
    const next = png(await drawn(ada, { color: "#a3271d" }));
    await pick(ada, () => menu(ada).getByRole("button", { name: "Replace" }).click(), [next]);
    await expect(uploads(ada)).toHaveCount(0);
    await ada.saved();
    const { seq: second } = await scribe.content(id);
    const preview = ada.page.getByTestId("preview-body");
    await ada.page.goto(`${ada.url}/d/${id}?from=${first}&to=${second}`);
    await expect(preview.locator(".picture")).toHaveCount(2);
    await expect(preview.locator(".picture.piece-deleted img")).toHaveCount(1);
    await expect(preview.locator(".picture.piece-inserted img")).toHaveCount(1);
    for (const nth of [0, 1]) await isShown(preview.locator(".picture img").nth(nth));
    await expect(preview.locator("textarea, .picture-handle")).toHaveCount(0);
    await ada.page.goto(`${ada.url}/d/${id}?at=${first}`);
    await isShown(preview.locator(".picture img"));

    await ada.open(id);
    await choose(ada);
    await ada.press("Delete");
    await expect(pictures(ada)).toHaveCount(0);
    await ada.saved();
    await scribe.json(`/api/documents/${id}/restore`, { method: "POST", body: { to: first } });
    await expect(pictures(ada)).toHaveCount(1);
    await isShown(pictures(ada).first());

    const { id: copy } = await scribe.json<{ id: string }>(`/api/documents/${id}/copy`, {
      method: "POST",
      body: {},
    });
    await ada.open(copy);
    await isShown(pictures(ada).first());
    await expect(pictures(ada).first()).toHaveAttribute("src", new RegExp(`/${copy}/assets/`));
  },
);

test("a file stands as a card from which it is downloaded", ux40, async ({ person }) => {
  const { id, ada } = await withText(person);
  const ben = await (await person("Ben")).open(id);
  await hand(ada, "drop", [
    {
      name: "Minutes of May.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from(`%PDF-1.7\n${"x".repeat(40_000)}`),
    },
  ]);
  const link = ben.body.getByRole("link", { name: /^Download Minutes of May\.pdf, 39 / });
  await expect(link).toBeVisible();
  await ada.saved();
  const downloading = ben.page.waitForEvent("download");
  await link.click();
  expect((await downloading).suggestedFilename()).toBe("Minutes of May.pdf");
  await expectAccessible(ben, "a file");
});

test("a picture on another computer is not loaded before somebody asks for it", ux40, async ({ person }) => {
  const scribe = await Guest.enter();
  const image = { type: "image", attrs: { src: "https://pictures.example/bridge.png", alt: "A bridge" } };
  const id = await scribe.create({ title: "Pictures", json: { type: "doc", content: [image] } });
  const ada = await (await person("Ada")).open(id);
  const asked: string[] = [];
  await ada.page.route("https://pictures.example/**", async (route) => {
    asked.push(route.request().url());
    await route.fulfill({ contentType: "image/png", body: await drawn(ada) });
  });
  const load = ada.body.getByRole("button", { name: "Load picture from pictures.example" });
  await expect(load).toBeVisible();
  expect(asked).toEqual([]);
  await expectAccessible(ada, "a picture on another computer");
  await load.click();
  await isShown(pictures(ada).first());
  expect(asked).toEqual(["https://pictures.example/bridge.png"]);
});

test("on a phone a picture fits, and its menu can be reached", ux40, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Pictures", markdown: "first\n\nlast" });
  const phone = {
    viewport: { width: 390, height: 780 },
    hasTouch: true,
    isMobile: true,
    colorScheme: "dark",
  } as const;
  const ada = await (await person("Ada", phone)).open(id);
  await hand(ada, "paste", [png(await drawn(ada))]);
  await expect(pictures(ada)).toHaveCount(1);
  await isShown(pictures(ada).first());
  await pictures(ada).first().tap();
  await expect(menu(ada)).toBeVisible();
  expect(await ada.fitsTheWindow()).toBe(true);
  await expectAccessible(ada, "a picture on a phone");
});

test("what is copied into another document takes its pictures along", ux40, async ({ person }) => {
  const { ada } = await withText(person);
  await insertPicture(ada, await drawn(ada));
  await ada.body.focus();
  await ada.press("Control+a");
  const copied = await ada.body.evaluate((element) => {
    const data = new DataTransfer();
    element.dispatchEvent(
      new ClipboardEvent("copy", { bubbles: true, cancelable: true, clipboardData: data }),
    );
    return data.getData("text/html");
  });
  expect(copied).toContain("data-asset");
  const scribe = await Guest.enter();
  const other = await scribe.create({ title: "Other", markdown: "here" });
  await ada.open(other);
  await ada.goTo("here");
  await ada.body.evaluate((element, html) => {
    const data = new DataTransfer();
    data.setData("text/html", html);
    element.dispatchEvent(
      new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }),
    );
  }, copied);
  await expect(pictures(ada)).toHaveCount(1);
  await isShown(pictures(ada).first());
  await expect(pictures(ada).first()).toHaveAttribute("src", new RegExp(`/${other}/assets/`));
  await ada.saved();
  expect(await kept(scribe, other)).toHaveLength(1);
});

test(
  "pictures that stand in pasted text itself are brought along, and never stay in the text",
  ux40,
  async ({ person }) => {
    const { scribe, id, ada } = await withText(person);
    const base64 = (await drawn(ada, { width: 120, height: 90 })).toString("base64");
    await ada.goTo("last");
    await ada.body.evaluate((element, html) => {
      const data = new DataTransfer();
      data.setData("text/html", html);
      data.setData("text/plain", "Before After");
      element.dispatchEvent(
        new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData: data }),
      );
    }, `<p>Before</p><p><img src="data:image/png;base64,${base64}"></p><p>After</p>`);
    await expect(pictures(ada)).toHaveCount(1);
    await isShown(pictures(ada).first());
    await expect(ada.body).toContainText("Before");
    await ada.saved();
    expect(JSON.stringify(await scribe.content(id))).not.toContain("data:");
  },
);

test("typing beside a chosen picture leaves it where it is, and keys reach it", ux40, async ({ person }) => {
  const { scribe, id, ada } = await withText(person);
  await insertPicture(ada, await drawn(ada));
  await choose(ada);
  await ada.type("below");
  await ada.sees("first", "last", "", "below");
  await expect(pictures(ada)).toHaveCount(1);
  await ada.goTo("below");
  await ada.press("Home", "ArrowUp");
  await expect(ada.body.locator(".picture.ProseMirror-selectednode")).toHaveCount(1);
  await expect(menu(ada)).toBeVisible();
  await ada.press("Enter");
  await expect(menu(ada).getByRole("button", { name: "Left" })).toBeFocused();
  await ada.press("Escape");
  await expect(ada.body).toBeFocused();
  await ada.press("Delete");
  await expect(pictures(ada)).toHaveCount(0);
  await ada.saved();
  expect(await kept(scribe, id)).toEqual([]);
});

test("addresses that no editor writes are not followed, for anybody", { tag: ["@ux40"] }, async ({
  person,
}) => {
  const { id, ada } = await withText(person);
  const sources = [
    "javascript:alert(1)",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "http://pictures.example/bridge.png",
    "//pictures.example/bridge.png",
    "asset:../../../api/session",
    "asset:aaaaaaaaaaaaaaaaaaaaaa?x=1",
  ];
  await ada.body.evaluate((element, all) => {
    type WithEditor = HTMLElement & {
      readonly editor: { readonly commands: { insertContentAt(at: number, content: object[]): boolean } };
    };
    const nodes = all.flatMap((src) => [
      {
        type: "image",
        attrs: { src, alt: "<img src=x onerror=alert(1)>", caption: "<script>alert(1)</script>" },
      },
      { type: "file", attrs: { src, name: "<b>x</b>.html", mime: "text/html", size: 1 } },
    ]);
    (element as WithEditor).editor.commands.insertContentAt(0, nodes);
  }, sources);
  await ada.saved();
  const ben = await person("Ben");
  const foreign: string[] = [];
  ben.page.on("request", (request) => {
    const { url } = ben;
    if (!request.url().startsWith(url) && !request.url().startsWith("data:font")) foreign.push(request.url());
  });
  ben.page.on("dialog", () => foreign.push("dialog"));
  await ben.open(id);
  await expect(ben.body.locator(".picture[data-state=told]")).toHaveCount(sources.length);
  await expect(ben.body.locator(".picture img, .file-card a")).toHaveCount(0);
  expect(foreign).toEqual([]);
});

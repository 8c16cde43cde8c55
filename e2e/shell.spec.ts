import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const palette = (someone: Person) => someone.page.getByTestId("palette");
const field = (someone: Person) =>
  someone.page.getByRole("combobox", { name: "Search commands and documents" });
const outline = (someone: Person) => someone.page.getByTestId("outline");

async function command(someone: Person, words: string, name: string | RegExp): Promise<void> {
  await someone.press("Control+k");
  await expect(field(someone)).toBeFocused();
  await someone.type(words);
  await expect(palette(someone).getByRole("option", { name }).first()).toHaveAttribute(
    "aria-selected",
    "true",
  );
  await someone.press("Enter");
  await expect(palette(someone)).toHaveCount(0);
}

test("commands by name, from the text and back to it; a selection makes Ctrl+K a link", {
  tag: ["@ux51"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Tools", markdown: "First\n\nSecond words" });
  const ada = await (await person("Ada")).open(id);
  await ada.goTo("First");
  await ada.press("Control+k");
  await expect(field(ada)).toBeFocused();
  await expectAccessible(ada, "palette");
  await ada.press("Escape");
  await expect(ada.body).toBeFocused();
  expect(await ada.blockWithCaret()).toBe("First");

  await command(ada, "history", "History");
  await expect(ada.page.getByTestId("history-panel")).toBeVisible();
  await ada.page.getByRole("button", { name: "Close history" }).click();

  await ada.goTo("First");
  await command(ada, "find", "Find");
  await expect(ada.page.getByRole("textbox", { name: "Find", exact: true })).toBeFocused();
  await ada.press("Escape");

  await ada.goTo("Second");
  await command(ada, "table", "Table");
  await expect(ada.body.locator("table")).toBeVisible();

  // What was used is first when nothing is typed; a table in a table is not offered.
  await ada.press("Control+k");
  await expect(palette(ada).getByRole("group", { name: "Recently used" }).getByRole("option")).toHaveText([
    /Find/,
    /History/,
  ]);
  await ada.press("Control+k");
  await expect(palette(ada)).toHaveCount(0);

  await ada.goTo("Second");
  await ada.press("Shift+Home", "Control+k");
  await expect(ada.page.getByTestId("link-popover")).toBeVisible();
  await expect(palette(ada)).toHaveCount(0);
});

test("documents are found by the palette, and new ones begun, from the list too", { tag: ["@ux51"] }, async ({
  person,
}) => {
  const ada = await person("Ada");
  const made = await ada.context.request.post(`${ada.url}/api/documents`, {
    data: { title: "Zebra crossing", markdown: "Stripes" },
  });
  const { id } = (await made.json()) as { id: string };
  await ada.page.goto(ada.url);
  await expect(ada.page.getByTestId("document-row").first()).toBeVisible();
  await command(ada, "zebra", "Zebra crossing");
  await ada.ready();
  expect(ada.documentId).toBe(id);
  await command(ada, "new doc", "New document");
  await expect.poll(() => ada.page.url()).not.toContain(id);
  await ada.ready();
  await expect(ada.title).toBeFocused();
  await command(ada, "all documents", "All documents");
  await expect(ada.page.getByRole("heading", { name: "Your documents" })).toBeVisible();
  await ada.press("Control+k");
  await ada.type("nothing is called like this");
  await expect(palette(ada).getByRole("status")).toContainText(
    "Nothing found for “nothing is called like this”",
  );
});

test("all keys on one sheet, by ? outside of the text and by F1 inside of it", { tag: ["@ux51"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Text" });
  const ada = await (await person("Ada")).open(id);
  const sheet = ada.page.getByTestId("shortcut-sheet");
  await ada.goTo("Text");
  await ada.type("?");
  await ada.sees("Text?");
  await expect(sheet).toHaveCount(0);
  await ada.press("F1");
  await expect(sheet).toContainText("Bold");
  await expect(sheet).toContainText("Ctrl+B");
  await expectAccessible(ada, "shortcut sheet");
  await ada.press("Escape");
  await expect(ada.body).toBeFocused();
  const historyButton = ada.page.getByRole("button", { name: "History", exact: true });
  await historyButton.focus();
  await ada.press("?");
  await expect(sheet).toBeVisible();
  await ada.press("Escape");
  await expect(historyButton).toBeFocused();
});

const chapters = Array.from(
  { length: 12 },
  (_, index) => `${index % 3 === 0 ? "#" : "##"} Chapter ${index + 1}\n\n${"Some words of it. ".repeat(60)}`,
).join("\n\n");

test("the outline follows the scroll and the keys, leads to headings, and copies links to them", {
  tag: ["@ux45"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Book", markdown: chapters });
  const ada = await person("Ada");
  await ada.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await ada.open(id);
  await ada.goTo("Chapter 1");
  await ada.press("Control+Shift+o");
  await expect(outline(ada)).toBeFocused();
  const current = outline(ada).locator("[aria-current]");
  await expect(current).toHaveText("Chapter 1");
  await expectAccessible(ada, "outline");

  await outline(ada).getByRole("button", { name: "Chapter 7", exact: true }).click();
  await expect(ada.body).toBeFocused();
  expect(await ada.blockWithCaret()).toBe("Chapter 7");
  await expect(current).toHaveText("Chapter 7");
  await expect(ada.body.getByRole("heading", { name: "Chapter 7" })).toBeInViewport();

  await ada.page.evaluate(() => window.scrollTo({ top: document.body.scrollHeight, behavior: "instant" }));
  await expect(current).toHaveText("Chapter 12");

  await outline(ada).getByRole("button", { name: "Chapter 1", exact: true }).focus();
  await ada.press("ArrowDown", "Enter");
  await expect(current).toHaveText("Chapter 2");
  expect(await ada.blockWithCaret()).toBe("Chapter 2");

  await outline(ada).getByRole("button", { name: "Copy link to “Chapter 9”" }).click();
  await expect(ada.toast("Link to the block copied")).toBeVisible();
  const address = await ada.page.evaluate(() => navigator.clipboard.readText());
  const ben = await person("Ben");
  await ben.page.goto(address);
  await ben.ready();
  await expect(ben.body.getByRole("heading", { name: "Chapter 9" })).toBeInViewport();

  // What is written into a heading shows at once.
  await ada.goTo("Chapter 2");
  await ada.type(": rain");
  await expect(outline(ada).getByRole("button", { name: "Chapter 2: rain", exact: true })).toBeVisible();
  await ada.press("Control+Shift+o");
  await expect(outline(ada)).toHaveCount(0);
  await expect(ada.body).toBeFocused();
});

test("the outline is made for a document of two thousand blocks, without any headings it says so", {
  tag: ["@ux45"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const markdown = Array.from({ length: 1_000 }, (_, n) => `## Part ${n}\n\nLine ${n}`).join("\n\n");
  const long = await scribe.create({ title: "Long", markdown });
  const ada = await (await person("Ada")).open(long);
  await ada.page.getByRole("button", { name: "Outline" }).click();
  await expect(outline(ada).getByRole("listitem")).toHaveCount(1_000);
  await outline(ada).getByRole("button", { name: "Part 700", exact: true }).click();
  await expect(ada.body.getByRole("heading", { name: "Part 700", exact: true })).toBeInViewport();
  await expect(outline(ada).getByTestId("counts")).toContainText("4,000 words");
  await outline(ada).getByRole("button", { name: "Close the outline" }).click();

  await ada.open(await scribe.create({ markdown: "No headings here" }));
  await ada.page.getByRole("button", { name: "Outline" }).click();
  await expect(outline(ada)).toContainText("Headings appear here as you write them.");
});

test("words and characters of the text and of the selection", { tag: ["@ux46"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "One two three\n\nNaïve café 👩‍👩‍👧 it’s" });
  const ada = await (await person("Ada")).open(id);
  const counts = ada.page.getByTestId("counts");
  await ada.page.getByRole("button", { name: "Outline" }).click();
  await expect(counts).toContainText("6 words");
  await expect(counts).toContainText("30 characters");
  await expect(counts).toContainText("Read in less than a minute");
  await ada.goTo("One two");
  await ada.press("Control+Shift+ArrowLeft");
  await expect(counts).toContainText("1 of 6 words");
  await expect(counts).toContainText("5 of 30 characters");
  await ada.press("End");
  await ada.type(" four");
  await expect(counts).toContainText("7 words");
});

test("settings: the theme, spell check and width stay with this browser", {
  tag: ["@ux56", "@ux57"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const [id, other] = [
    await scribe.create({ markdown: "Wide" }),
    await scribe.create({ markdown: "Narrow" }),
  ];
  const ada = await person("Ada", { colorScheme: "dark", viewport: { width: 1600, height: 900 } });
  await ada.open(id);
  const settings = ada.page.getByTestId("settings");
  const more = ada.page.getByRole("button", { name: "More actions" });
  const text = ada.page.locator("main .content");
  const width = async () => (await text.boundingBox())?.width ?? 0;
  const theme = () => ada.page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  expect(await theme()).toBe("dark");
  expect(await width()).toBeLessThan(800);

  await more.click();
  await ada.page.getByRole("menuitem", { name: "Settings" }).click();
  await expect(settings.getByRole("radio", { name: "As the system" })).toBeChecked();
  await expectAccessible(ada, "settings");
  await settings.getByText("Light", { exact: true }).click();
  expect(await theme()).toBe("light");
  await settings.getByRole("switch", { name: "Full width" }).click();
  await expect.poll(width).toBeGreaterThan(1_300);
  await settings.getByRole("switch", { name: "Check spelling" }).click();
  expect(await text.evaluate((element) => (element as HTMLElement).spellcheck)).toBe(false);
  await ada.press("Escape");
  await expect(more).toBeFocused();

  await ada.page.reload();
  await ada.ready();
  expect(await theme()).toBe("light");
  expect(await width()).toBeGreaterThan(1_300);
  expect(await ada.body.evaluate((element) => (element as HTMLElement).spellcheck)).toBe(false);
  await ada.open(other);
  expect(await width()).toBeLessThan(800);
  await ada.page.goto(ada.url);
  await ada.page.getByRole("button", { name: "Settings" }).click();
  await expect(settings.getByRole("switch", { name: "Full width" })).toHaveCount(0);
  await settings.getByText("As the system", { exact: true }).click();
  expect(await theme()).toBe("dark");
  await ada.page.reload();
  expect(await theme()).toBe("dark");
});

test("the title is written in the page and shows in the tab", { tag: ["@ux53"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Text" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await expect(ada.page).toHaveTitle("Untitled – Palimpsest");
  await ada.title.fill("A better title");
  await expect(ada.page).toHaveTitle("A better title – Palimpsest");
  await expect(ben.page).toHaveTitle("A better title – Palimpsest");
  await expect(ben.title).toHaveValue("A better title");
});

const phoneSizes = [
  { width: 390, height: 844 },
  { width: 320, height: 640 },
] as const;

for (const viewport of phoneSizes)
  test(`on a phone of ${viewport.width} px every page, menu and dialog fits, and fingers hit`, {
    tag: ["@ux58"],
  }, async ({ person }) => {
    const scribe = await Guest.enter();
    const id = await scribe.create({
      title: "A title that is long enough to need several lines on a telephone",
      markdown: `# ${"Donaudampfschifffahrtsgesellschaft".repeat(3)}\n\n${"word ".repeat(60)}\n\nLast`,
    });
    const ada = await person("Ada", { viewport, hasTouch: true, isMobile: true });
    const others = await Promise.all(["Ben", "Cleo", "Dora"].map((name) => person(name)));
    await ada.page.goto(ada.url);
    await expect(ada.page.getByRole("button", { name: "New document" })).toBeVisible();
    expect(await ada.fitsTheWindow(), "home").toBe(true);
    await ada.page.getByRole("button", { name: "Settings" }).tap();
    await expect(ada.page.getByTestId("settings")).toBeVisible();
    expect(await ada.fitsTheWindow(), "settings").toBe(true);
    await ada.press("Escape");

    await ada.open(id);
    for (const other of others) await other.open(id);
    await expect(ada.page.getByTestId("more-people")).toBeVisible();
    const header = ada.page.getByRole("banner");
    const controls = header.locator("button:visible, a:visible");
    for (const control of await controls.all()) {
      const box = await control.boundingBox();
      const name = await control.getAttribute("aria-label");
      expect(Math.round(box?.width ?? 0), `${name} is wide enough`).toBeGreaterThanOrEqual(40);
      expect(Math.round(box?.height ?? 0), `${name} is high enough`).toBeGreaterThanOrEqual(40);
      expect((box?.x ?? 0) + (box?.width ?? 0), `${name} is on the screen`).toBeLessThanOrEqual(
        viewport.width,
      );
      expect(box?.x ?? -1, `${name} is on the screen`).toBeGreaterThanOrEqual(0);
    }
    expect(await ada.fitsTheWindow(), "document").toBe(true);

    const inside = async (place: string) => {
      expect(await ada.fitsTheWindow(), place).toBe(true);
      const floating = ada.page.locator(".floating:visible, .dialog:visible, aside:visible");
      for (const box of await Promise.all((await floating.all()).map((each) => each.boundingBox()))) {
        expect(box?.x ?? -1, place).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0), place).toBeLessThanOrEqual(viewport.width);
      }
    };
    for (const name of [/You are/, "Share", "More actions", /more/]) {
      await header.getByRole("button", { name }).first().tap();
      await expect(ada.page.locator(".floating:visible")).toBeVisible();
      await inside(String(name));
      await ada.press("Escape");
      await expect(ada.page.locator(".floating:visible")).toHaveCount(0);
    }
    for (const [item, testId] of [
      ["All commands", "palette"],
      ["Keyboard shortcuts", "shortcut-sheet"],
      ["Settings", "settings"],
      ["Outline", "outline"],
    ] as const) {
      await header.getByRole("button", { name: "More actions" }).tap();
      await ada.page.getByRole("menuitem", { name: item }).tap();
      await expect(ada.page.getByTestId(testId)).toBeVisible();
      await inside(item);
      await ada.press("Escape");
      await expect(ada.page.getByTestId(testId)).toHaveCount(0);
    }
    await header.getByRole("button", { name: "History", exact: true }).tap();
    await expect(ada.page.getByTestId("history-entry").first()).toBeVisible();
    await inside("history");
    await ada.page.getByTestId("history-entry").last().tap();
    await expect(ada.page.getByTestId("preview-body")).toContainText("Last");
    await inside("the past");
    for (const [address, testId] of [
      ["/nowhere", "not-found"],
      ["/d/AAAAAAAAAAAAAAAAAAAAAA", "document-gone"],
    ] as const) {
      await ada.page.goto(`${ada.url}${address}`);
      await expect(ada.page.getByTestId(testId)).toBeVisible();
      await inside(address);
    }
  });

test("Tab reaches every control around the text, in the order in which they stand", {
  tag: ["@ux60"],
}, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Keys", markdown: "Text" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await ada.seesPeople("Ben");
  await ben.goTo("Text");
  await expect(ada.page.getByTestId("toolbar")).toBeVisible();
  await ada.page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const reached: string[] = [];
  for (let presses = 0; presses < 14; presses++) {
    await ada.press("Tab");
    const name = await ada.page.evaluate(() => {
      const focused = document.activeElement;
      const shown = focused === null || focused === document.body ? null : getComputedStyle(focused);
      if (focused === null || shown === null) return "nothing";
      return focused.getAttribute("aria-label") ?? focused.textContent ?? "without a name";
    });
    reached.push(name);
    if (name === "Text of the document") break;
  }
  expect(reached).toEqual([
    "All documents",
    "Outline",
    "Ben: go to their place and follow",
    expect.stringMatching(/You are Ada/),
    "History",
    "Share",
    "More actions",
    // the toolbar is one stop, its buttons are reached by arrow keys
    "Insert",
    "Title",
    "Text of the document",
  ]);
});

test("every menu and dialog gives the focus back to what opened it", { tag: ["@ux60"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Keys", markdown: "# Heading\n\nText" });
  const ada = await (await person("Ada")).open(id);
  const button = (name: string | RegExp) => ada.page.getByRole("button", { name }).first();
  for (const name of [/^You are Ada/, "Share", "More actions", "Outline"]) {
    await button(name).focus();
    await ada.press("Enter");
    await expect(button(name)).not.toBeFocused();
    await ada.press("Escape");
    await expect(button(name)).toBeFocused();
  }
  await button(/^History$/).focus();
  await ada.press("Enter");
  await expect(ada.page.getByTestId("history-panel")).toBeVisible();
  await ada.press("Escape");
  await expect(button(/^History$/)).toBeFocused();
  for (const item of [
    "Name this version…",
    "Check the history",
    "Settings",
    "Keyboard shortcuts",
    "All commands",
  ]) {
    await button("More actions").focus();
    await ada.press("Enter");
    await ada.page.getByRole("menuitem", { name: item }).press("Enter");
    await expect(ada.page.getByRole("dialog")).toBeVisible();
    await ada.press("Escape");
    await expect(button("More actions")).toBeFocused();
  }
});

test("who wants less motion gets none", { tag: ["@ux60"] }, async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Calm", markdown: chapters });
  const ada = await (await person("Ada")).open(id);
  await ada.page.emulateMedia({ reducedMotion: "reduce" });
  await ada.page.getByRole("button", { name: "Outline" }).click();
  await ada.press("Control+k");
  await expect(palette(ada)).toBeVisible();
  const moving = await ada.page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().duration) > 0)
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : "transition")),
  );
  expect(moving).toEqual([]);
  await ada.press("Escape");
  await outline(ada).getByRole("button", { name: "Chapter 9", exact: true }).click();
  await expect(ada.body.getByRole("heading", { name: "Chapter 9" })).toBeInViewport();
});

for (const colorScheme of ["light", "dark"] as const)
  test(`axe finds nothing serious in palette, sheet, settings, outline and menus, ${colorScheme}`, {
    tag: ["@ux60"],
  }, async ({ person }) => {
    const scribe = await Guest.enter();
    const id = await scribe.create({ title: "Keys", markdown: "# Heading\n\nText" });
    const ada = await (await person("Ada", { colorScheme })).open(id);
    const opened = ["Settings", "Keyboard shortcuts", "All commands", "Outline"] as const;
    for (const item of opened) {
      await ada.page.getByRole("button", { name: "More actions" }).click();
      await expectAccessible(ada, "more actions");
      await ada.page.getByRole("menuitem", { name: item }).click();
      await expect(ada.page.getByRole("menu")).toHaveCount(0);
      await expectAccessible(ada, item);
      if (item !== "Outline") await ada.press("Escape");
    }
  });

test("a German page, said to be one, fits a phone with its long words", { tag: ["@ux61", "@ux58"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Donaudampfschifffahrt", markdown: "# Kapitel\n\nText" });
  const ada = await person("Ada", { locale: "de-AT", viewport: { width: 390, height: 844 } });
  const { page } = ada;
  await page.goto(ada.url);
  await expect(page.locator("html")).toHaveAttribute("lang", "de");
  await expect(page.getByRole("heading", { name: "Eigene Dokumente" })).toBeVisible();
  expect(await ada.fitsTheWindow(), "home").toBe(true);
  await page.goto(`${ada.url}/d/${id}`);
  await expect(page.getByRole("textbox", { name: "Text des Dokuments" })).toBeVisible();
  expect(await ada.fitsTheWindow(), "document").toBe(true);
  for (const [item, testId] of [
    ["Alle Befehle", "palette"],
    ["Tastenkürzel", "shortcut-sheet"],
    ["Gliederung", "outline"],
    ["Einstellungen", "settings"],
  ] as const) {
    await page.getByRole("button", { name: "Weitere Aktionen" }).click();
    expect(await ada.fitsTheWindow(), "menu").toBe(true);
    await page.getByRole("menuitem", { name: item }).click();
    const opened = page.getByTestId(testId);
    await expect(opened).toBeVisible();
    expect(await ada.fitsTheWindow(), item).toBe(true);
    const cut = await opened.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(cut, `${item} is not cut off`).toBeLessThanOrEqual(0);
    if (testId !== "settings") await ada.press("Escape");
  }
  await expectAccessible(ada, "German settings");
  // The language is chosen, and stays chosen against the browser's.
  await page.getByText("English", { exact: true }).click();
  await ada.ready();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.reload();
  await ada.ready();
  await expect(ada.page.getByRole("button", { name: "More actions" })).toBeVisible();
});

test("a German beginning: a new document, its menus and its history", { tag: ["@ux61"] }, async ({
  person,
}) => {
  const ada = await person("Ada", { locale: "de-DE" });
  const { page } = ada;
  await page.goto(ada.url);
  await page.getByRole("button", { name: "Neues Dokument" }).click();
  await expect(page.getByRole("textbox", { name: "Titel", exact: true })).toBeFocused();
  await ada.type("Ein Versuch");
  await ada.press("Enter");
  await ada.type("Text ");
  await ada.press("/");
  await expect(page.getByRole("option", { name: /Tabelle/ })).toBeVisible();
  await ada.press("Escape");
  await ada.saved();
  await expect(ada.status).toContainText("Gespeichert");
  await page.getByRole("button", { name: "Verlauf", exact: true }).click();
  await expect(page.getByTestId("history-panel")).toContainText("Heute");
  await expect(page).toHaveTitle("Ein Versuch – Palimpsest");
});

test("an Arabic paragraph flows from right to left among English ones", { tag: ["@ux48"] }, async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Left to right\n\nمرحبا بالعالم" });
  const ada = await (await person("Ada")).open(id);
  const direction = (text: string) =>
    ada.body.locator("p", { hasText: text }).evaluate((element) => getComputedStyle(element).direction);
  expect(await direction("مرحبا")).toBe("rtl");
  expect(await direction("Left")).toBe("ltr");
  await ada.goTo("Left");
  await ada.press("Enter");
  await ada.type("שלום עולם");
  await ada.saved();
  expect(await direction("שלום")).toBe("rtl");
});

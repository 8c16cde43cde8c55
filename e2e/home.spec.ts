import { expectAccessible } from "./support/axe.ts";
import type { Person } from "./support/person.ts";
import { expect, test } from "./support/test.ts";

const row = (someone: Person, id: string) => someone.page.locator(`[data-document-id="${id}"]`);
const titlesOf = (someone: Person) =>
  someone.page.getByTestId("document-row").locator(".font-serif").allTextContents();

async function make(someone: Person, title: string, markdown = ""): Promise<string> {
  const answer = await someone.context.request.post(`${someone.url}/api/documents`, {
    data: { title, markdown },
  });
  expect(answer.status()).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

/** As if the other one had sent the address. */
async function visit(someone: Person, id: string): Promise<void> {
  const answer = await someone.context.request.post(`${someone.url}/api/documents/${id}/ticket`, {
    data: {},
  });
  expect(answer.ok()).toBe(true);
}

async function choose(someone: Person, id: string, action: string): Promise<void> {
  await row(someone, id).hover();
  await row(someone, id)
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await someone.page.getByRole("menuitem", { name: action }).click();
}

const home = (someone: Person, rest = "") => someone.page.goto(`${someone.url}/${rest}`);
const searchField = (someone: Person) =>
  someone.page.getByRole("searchbox", { name: "Search your documents" });

test("a first visit offers a document at once: one click or Enter, and the caret is in its title", {
  tag: ["@ux1", "@ux53"],
}, async ({ person }) => {
  const ada = await person("Ada");
  await home(ada);
  await expect(ada.page.getByTestId("empty-list")).toBeVisible();
  await expectAccessible(ada, "the first visit");
  await ada.press("Enter");
  await ada.ready();
  await expect(ada.title).toBeFocused();
  await ada.type("By a key");
  await expect(ada.page).toHaveTitle("By a key – Palimpsest");
  await home(ada);
  await expect(ada.page.getByTestId("document-row")).toContainText("By a key");
  await ada.page.getByRole("button", { name: "New document" }).click();
  await ada.ready();
  await expect(ada.title).toBeFocused();
});

test("the list is in the order that was asked for, on each device of a person", {
  tag: ["@ux52"],
}, async ({ person }) => {
  const ada = await person("Ada");
  const chapter9 = await make(ada, "Chapter 9");
  await make(ada, "chapter 10");
  await make(ada, "Élan");
  const ben = await person("Ben");
  const bens = await make(ben, "Ben’s plan");
  await visit(ada, bens);
  await visit(ada, chapter9);
  await home(ada);
  await expect.poll(() => titlesOf(ada)).toEqual(["Chapter 9", "Ben’s plan", "Élan", "chapter 10"]);
  await expect(row(ada, bens)).toContainText("by Ben");
  const order = async (name: string) => {
    await ada.page.getByRole("button", { name: /^Order/ }).click();
    await ada.page.getByRole("menuitemradio", { name }).click();
  };
  await order("Title");
  await expect.poll(() => titlesOf(ada)).toEqual(["Ben’s plan", "Chapter 9", "chapter 10", "Élan"]);
  await ada.page.reload();
  await expect.poll(() => titlesOf(ada)).toEqual(["Ben’s plan", "Chapter 9", "chapter 10", "Élan"]);
  await order("Newest");
  await expect.poll(() => titlesOf(ada)).toEqual(["Ben’s plan", "Élan", "chapter 10", "Chapter 9"]);
  // another browser of hers remembers nothing by itself
  await ada.page.evaluate(() => localStorage.removeItem("palimpsest.recents"));
  await home(ada);
  await expect.poll(() => titlesOf(ada)).toEqual(["Chapter 9", "Ben’s plan", "Élan", "chapter 10"]);
});

test("searching finds words in titles and texts, marks them, and keys lead from the field to the document", {
  tag: ["@ux52", "@ux60"],
}, async ({ person }) => {
  const ada = await person("Ada");
  const minutes = await make(
    ada,
    "Minutes",
    `${"Filler. ".repeat(60)}\n\nWe spoke about the Café budget 2 \\< 3 & more.`,
  );
  await make(ada, "Budget of next year", "Numbers.");
  await make(ada, "Holidays", "Nothing.");
  await home(ada);
  await expect(ada.page.getByTestId("document-row")).toHaveCount(3);
  await ada.press("/");
  await expect(searchField(ada)).toBeFocused();
  await ada.type("budg");
  await expect.poll(() => titlesOf(ada)).toEqual(["Budget of next year", "Minutes"]);
  await expect(row(ada, minutes).locator("mark")).toHaveText("budget");
  await expect(row(ada, minutes).getByTestId("snippet")).toContainText("2 < 3 & more");
  await expectAccessible(ada, "search results");
  await searchField(ada).fill("cafe budg");
  await expect.poll(() => titlesOf(ada)).toEqual(["Minutes"]);
  await expect(row(ada, minutes).locator("mark")).toHaveText(["Café", "budget"]);
  await ada.press("ArrowDown", "Enter");
  await ada.ready();
  expect(ada.documentId).toBe(minutes);
  await ada.page.goBack();
  await expect(searchField(ada)).toHaveValue("cafe budg");
  await expect.poll(() => titlesOf(ada)).toEqual(["Minutes"]);
  await searchField(ada).fill("zebra");
  await expect(ada.page.getByTestId("nothing-found")).toContainText("Nothing found for “zebra”");
  await expectAccessible(ada, "nothing found");
  await ada.press("Escape");
  await expect(ada.page.getByTestId("document-row")).toHaveCount(3);
});

test("what was typed a moment ago is found", { tag: ["@ux52"] }, async ({ person }) => {
  const ada = await person("Ada");
  await home(ada);
  await ada.page.getByRole("button", { name: "New document" }).click();
  await ada.ready();
  await ada.type("Notes");
  await ada.press("Enter");
  await ada.type("about a hippopotamus");
  await ada.saved();
  await ada.page.getByRole("link", { name: "All documents" }).click();
  await expect(async () => {
    await searchField(ada).fill("");
    await searchField(ada).fill("hippo");
    await expect(ada.page.getByTestId("snippet")).toContainText("hippopotamus", { timeout: 1_500 });
  }).toPass({ timeout: 30_000 });
});

test("stars are kept, and what has one is found under them", { tag: ["@ux52"] }, async ({ person }) => {
  const ada = await person("Ada");
  const [one] = [await make(ada, "One"), await make(ada, "Two")];
  await home(ada);
  await row(ada, one).hover();
  await row(ada, one).getByRole("button", { name: "Star One" }).click();
  await expect(row(ada, one).getByTestId("star")).toHaveAttribute("aria-pressed", "true");
  await ada.page.getByRole("link", { name: "Starred" }).click();
  await expect.poll(() => titlesOf(ada)).toEqual(["One"]);
  await ada.page.reload();
  await expect.poll(() => titlesOf(ada)).toEqual(["One"]);
  await row(ada, one).getByRole("button", { name: "Take the star off One" }).click();
  await expect(ada.page.getByTestId("empty-starred")).toBeVisible();
  await expectAccessible(ada, "no stars");
});

test("the trash: by a key, undone at once, brought back later, deleted for good", {
  tag: ["@ux31", "@ux52", "@ux60"],
}, async ({ person }) => {
  const ada = await person("Ada");
  const [first, second] = [await make(ada, "First", "First text"), await make(ada, "Second", "Second text")];
  await home(ada);
  await row(ada, second).locator("[data-row]").focus();
  await ada.press("Delete");
  await expect(row(ada, second)).toHaveCount(0);
  await expect(row(ada, first).locator("[data-row]")).toBeFocused();
  await ada.toast("“Second” is in the trash").getByRole("button", { name: "Undo" }).click();
  await expect(row(ada, second)).toBeVisible();

  await choose(ada, first, "Move to the trash");
  await expect(row(ada, first)).toHaveCount(0);
  await ada.page.goto(`${ada.url}/d/${first}`);
  await expect(ada.page.getByTestId("document-in-trash")).toContainText("bring it back");
  await expectAccessible(ada, "a document in the trash");
  await home(ada);
  await expect.poll(() => titlesOf(ada)).toEqual(["Second"]);
  await ada.page.getByRole("link", { name: "Trash" }).click();
  await expect(row(ada, first)).toContainText("deleted for good in 30 days");
  await expectAccessible(ada, "the trash");
  await row(ada, first)
    .getByRole("button", { name: /^Bring back/ })
    .click();
  await expect(ada.page.getByTestId("empty-trash")).toBeVisible();
  await ada.page.getByRole("link", { name: "Recent" }).click();
  await row(ada, first).getByRole("link").click();
  await ada.ready();
  await ada.sees("First text");

  await home(ada);
  await choose(ada, second, "Move to the trash");
  await ada.page.getByRole("link", { name: "Trash" }).click();
  await row(ada, second).locator("[data-row]").focus();
  await ada.press("Delete");
  const question = ada.page.getByRole("alertdialog");
  await expect(question).toContainText("Delete “Second” for good?");
  await expectAccessible(ada, "the question before deleting for good");
  await question.getByRole("button", { name: "Cancel" }).click();
  await expect(row(ada, second)).toBeVisible();
  await row(ada, second)
    .getByRole("button", { name: /^Delete for good/ })
    .click();
  await question.getByRole("button", { name: "Delete for good" }).click();
  await expect(ada.page.getByTestId("empty-trash")).toBeVisible();
  await expectAccessible(ada, "the empty trash");
  await ada.page.goto(`${ada.url}/d/${second}`);
  await expect(ada.page.getByTestId("document-gone")).toBeVisible();
});

test("who has a document open when it goes to the trash is told, and goes on where they were when it is back", {
  tag: ["@ux6", "@ux31"],
}, async ({ person }) => {
  const ada = await person("Ada");
  const id = await make(ada, "Shared", "Written before");
  const ben = await (await person("Ben")).open(id);
  await ben.goTo();
  await ben.type(", and after");
  await ben.saved();
  await home(ada);
  await choose(ada, id, "Move to the trash");
  await expect(ben.page.getByTestId("refusal")).toContainText("moved to the trash");
  await expect(ben.page.getByRole("button", { name: "Copy the text" })).toBeVisible();
  await ben.sees("Written before, and after");
  const cleo = await person("Cleo");
  await cleo.page.goto(`${cleo.url}/d/${id}`);
  await expect(cleo.page.getByTestId("document-in-trash")).toContainText("Ask the person who owns it");
  await expect(cleo.page.getByRole("button", { name: "Bring it back" })).toHaveCount(0);

  await ada.page.goto(`${ada.url}/d/${id}`);
  await ada.page.getByRole("button", { name: "Bring it back" }).click();
  await ada.ready();
  await ada.sees("Written before, and after");
  await ben.page.getByRole("button", { name: "Try again" }).click();
  await expect(ben.page.getByTestId("refusal")).toHaveCount(0);
  await ben.goTo();
  await ben.type(" all that");
  await ada.sees("Written before, and after all that");
});

test("documents are renamed in the list, by the menu and by F2, for everybody", {
  tag: ["@ux52", "@ux53"],
}, async ({ person }) => {
  const ada = await person("Ada");
  const id = await make(ada, "First name", "Text");
  const ben = await (await person("Ben")).open(id);
  await home(ada);
  await choose(ada, id, "Rename");
  await ada.page.getByRole("textbox", { name: "Title" }).fill("Second name");
  await ada.press("Enter");
  await expect(row(ada, id)).toContainText("Second name");
  await expect(ben.title).toHaveValue("Second name");
  await expect(ada.page.getByRole("dialog")).toHaveCount(0);
  await row(ada, id).locator("[data-row]").focus();
  await ada.press("F2");
  await expect(ada.page.getByRole("dialog")).toBeVisible();
  await expectAccessible(ada, "renaming");
  await ada.page.getByRole("textbox", { name: "Title" }).fill("Third name");
  await ada.press("Enter");
  await expect(row(ada, id)).toContainText("Third name");
  await expect(ben.title).toHaveValue("Third name");
  await ada.page.reload();
  await expect(row(ada, id)).toContainText("Third name");
});

test("a document is duplicated, and somebody else’s is taken off the list", {
  tag: ["@ux52", "@ux54"],
}, async ({ person }) => {
  const ada = await person("Ada");
  const ben = await person("Ben");
  const id = await make(ben, "Original", "The same text");
  await visit(ada, id);
  await home(ada);
  await choose(ada, id, "Duplicate");
  await expect(ada.toast("“Copy of Original” is made")).toBeVisible();
  await expect(ada.page.getByTestId("document-row")).toHaveCount(2);
  await choose(ada, id, "Take off my list");
  await expect.poll(() => titlesOf(ada)).toEqual(["Copy of Original"]);
  await ada.page.reload();
  await expect.poll(() => titlesOf(ada)).toEqual(["Copy of Original"]);
  await ada.page.getByTestId("document-row").getByRole("link").click();
  await ada.ready();
  await ada.sees("The same text");
});

test("a template is the beginning of a document", { tag: ["@ux54"] }, async ({ person }) => {
  const ada = await person("Ada");
  await home(ada);
  await ada.page.getByRole("button", { name: "Templates" }).click();
  const dialog = ada.page.getByRole("dialog");
  await expect(dialog.getByTestId("template")).toHaveCount(6);
  await expectAccessible(ada, "templates");
  await ada.press("Escape");
  await expect(ada.page.getByRole("button", { name: "Templates" })).toBeFocused();
  await ada.press("Enter");
  await dialog.getByRole("button", { name: "Project plan" }).click();
  await ada.ready();
  await expect(ada.title).toHaveValue("Project plan");
  await expect(ada.body.getByRole("heading", { name: "Milestones" })).toBeVisible();
  await expect(ada.body.locator("table")).toHaveCount(2);
});

test("several files are imported at once: how far it is, and what failed and why", {
  tag: ["@ux55", "@ux62"],
}, async ({ person }) => {
  const ada = await person("Ada");
  await home(ada);
  const files = [
    { name: "notes.md", mimeType: "text/markdown", buffer: Buffer.from("# Imported notes\n\nSome text") },
    {
      name: "page.html",
      mimeType: "text/html",
      buffer: Buffer.from("<h1>A web page</h1><p>Hello <b>you</b></p>"),
    },
    { name: "picture.png", mimeType: "image/png", buffer: Buffer.from("x") },
    { name: "plain.txt", mimeType: "text/plain", buffer: Buffer.from("Only words") },
  ];
  await ada.page.getByTestId("import-file").setInputFiles(files);
  const panel = ada.page.getByTestId("imports");
  await expect(panel).toContainText("3 imported, 1 not");
  const failed = panel.locator("[data-state=failed]");
  await expect(failed).toContainText("picture.png");
  await expect(failed).toContainText("cannot be imported");
  await expectAccessible(ada, "imports");
  await expect
    .poll(async () => (await titlesOf(ada)).sort())
    .toEqual(["A web page", "Imported notes", "plain"]);
  await panel.getByRole("link", { name: "Open “A web page”" }).click();
  await ada.ready();
  await ada.sees("Hello you");
});

test("a file dropped on the page becomes a document", { tag: ["@ux55"] }, async ({ person }) => {
  const ada = await person("Ada");
  await home(ada);
  await expect(ada.page.getByTestId("empty-list")).toBeVisible();
  const drop = (type: string) =>
    ada.page.evaluate((name) => {
      const data = new DataTransfer();
      data.items.add(new File(["# Dropped\n\nIt fell"], "dropped.md", { type: "text/markdown" }));
      document.body.dispatchEvent(
        new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }),
      );
    }, type);
  await drop("dragover");
  await expect(ada.page.getByText("Drop files here")).toBeVisible();
  await drop("drop");
  await ada.ready();
  await expect(ada.title).toHaveValue("Dropped");
  await ada.sees("It fell");
});

test("a list of many comes in pages while one scrolls", { tag: ["@ux52"] }, async ({ person }) => {
  const ada = await person("Ada");
  for (let i = 0; i < 6; i++)
    await Promise.all(Array.from({ length: 20 }, (_, k) => make(ada, `Number ${i * 20 + k}`)));
  await home(ada);
  await expect(ada.page.getByTestId("document-row").first()).toBeVisible();
  await expect(async () => {
    await ada.page.mouse.wheel(0, 4_000);
    await expect(ada.page.getByTestId("document-row")).toHaveCount(120, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
  expect(new Set(await titlesOf(ada)).size).toBe(120);
});

test("while the list is on its way its shape is there, and a server that is away is said, with what is remembered", {
  tag: ["@ux62"],
}, async ({ person }) => {
  // a shape that breathes is never at rest, which is when axe looks
  const ada = await person("Ada", { reducedMotion: "reduce" });
  const id = await make(ada, "Remembered well", "x");
  await ada.open(id);
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  await ada.page.route("**/api/documents?*", async (route) => {
    await held;
    await route.continue();
  });
  await home(ada);
  await expect(ada.page.getByTestId("list-skeleton")).toBeVisible();
  await expectAccessible(ada, "the list on its way");
  release();
  await expect(row(ada, id)).toBeVisible();

  await ada.page.unroute("**/api/documents?*");
  await ada.page.route("**/api/documents?*", (route) => route.abort());
  await ada.page.reload();
  await expect(ada.page.getByRole("alert")).toContainText("The server did not answer", { timeout: 20_000 });
  await expect(row(ada, id)).toContainText("Remembered well");
  await expectAccessible(ada, "the list of a server that is away");
  await searchField(ada).fill("well");
  await expect(ada.page.getByRole("alert")).toContainText("Only the titles", { timeout: 20_000 });
  await expect(row(ada, id).locator("mark")).toHaveText("well");
  await ada.page.unroute("**/api/documents?*");
  await ada.page.getByRole("button", { name: "Try again" }).click();
  await expect(ada.page.getByRole("alert")).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const)
  test(`on a phone in the ${colorScheme} nothing sticks out, whatever the titles`, {
    tag: ["@ux52", "@ux57", "@ux58"],
  }, async ({ person }) => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, colorScheme };
    const ada = await person("Ada", phone);
    const id = await make(ada, "A title of sixty characters, which is as long as they may be", "budget");
    await make(ada, `Unbroken${"word".repeat(30)}`, "budget");
    await home(ada);
    await expect(row(ada, id)).toBeVisible();
    expect(await ada.fitsTheWindow()).toBe(true);
    await expectAccessible(ada, `a phone in the ${colorScheme}`);
    await row(ada, id).getByRole("button", { name: /^Star/ }).tap();
    await row(ada, id)
      .getByRole("button", { name: /^Actions for/ })
      .tap();
    await expect(ada.page.getByRole("menu")).toBeVisible();
    await expectAccessible(ada, `a menu on a phone in the ${colorScheme}`);
    await ada.press("Escape");
    await searchField(ada).fill("budget");
    await expect(ada.page.getByTestId("snippet")).toHaveCount(2);
    expect(await ada.fitsTheWindow()).toBe(true);
  });

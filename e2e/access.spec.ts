import { readFile } from "node:fs/promises";
import { Guest } from "./support/api.ts";
import { expectAccessible } from "./support/axe.ts";
import { expect, test } from "./support/test.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds nothing serious on home, editor, history and preview, ${colorScheme}`, {
    tag: ["@ux60"],
  }, async ({ person }) => {
    const scribe = await Guest.enter();
    const markdown = await readFile("packages/schema/samples/shared-document.md", "utf8");
    const id = await scribe.create({ title: "Everything there is", markdown });
    const ada = await person("Ada", { colorScheme });
    await ada.page.goto(ada.url);
    await expect(ada.page.getByTestId("empty-list")).toBeVisible();
    await expectAccessible(ada, "home, empty");
    await ada.open(id);
    const ben = await (await person("Ben")).open(id);
    await ben.goTo("Take those away");
    await ben.type(" Ben was here.");
    await expect(ada.caretOf("Ben")).toBeVisible();
    await ada.seesPeople("Ben");
    await expectAccessible(ada, "editor");
    await ada.page.getByRole("button", { name: "History", exact: true }).click();
    await expect(ada.page.getByTestId("history-entry").first()).toBeVisible();
    await expectAccessible(ada, "editor with history");
    await ada.page.getByTestId("history-entry").last().click();
    await expect(ada.page.getByTestId("preview-body")).toContainText("This essay says them out loud");
    await expectAccessible(ada, "preview");
    await ada.page.goto(ada.url);
    await expect(ada.page.getByTestId("document-row").first()).toBeVisible();
    await expectAccessible(ada, "home, with a list");
  });
}

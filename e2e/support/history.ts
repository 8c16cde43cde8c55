import type { Locator } from "@playwright/test";
import { Guest } from "./api.ts";
import { expect } from "./expect.ts";
import type { Person } from "./person.ts";

export const entries = (someone: Person): Locator => someone.page.getByTestId("history-entry");

export const entriesOf = (someone: Person, kind: "session" | "restore" | "import" | "version"): Locator =>
  entries(someone).and(someone.page.locator(`[data-kind=${kind}]`));

export async function openHistory(someone: Person): Promise<void> {
  await someone.page.getByRole("button", { name: "History", exact: true }).click();
  await expect(someone.page.getByTestId("history-panel")).toBeVisible();
  await expect(entries(someone).first()).toBeVisible();
}

/** Chooses from the menu of an entry. */
export async function chooseFor(someone: Person, entry: Locator, item: string): Promise<void> {
  await entry
    .locator("xpath=..")
    .getByRole("button", { name: /^Actions for/ })
    .click();
  await someone.page.getByRole("menuitem", { name: item, exact: true }).click();
}

export async function chooseMore(someone: Person, item: string): Promise<void> {
  await someone.page.getByRole("button", { name: "More actions" }).click();
  await someone.page.getByRole("menuitem", { name: item, exact: true }).click();
}

/**
 * Takes the document along as a file, through the menu. By keys: a mouse that jumps from the entry to its menu is taken for
 * one that leaves.
 */
export async function chooseExport(someone: Person, item: string): Promise<void> {
  await someone.page.getByRole("button", { name: "More actions" }).click();
  await openExports(someone);
  await someone.page.getByRole("menuitem", { name: item, exact: true }).press("Enter");
}

/** Opens the menu of exports, in whichever menu is open. */
export async function openExports(someone: Person): Promise<void> {
  await someone.page.getByRole("menuitem", { name: "Export" }).press("ArrowRight");
  await expect(someone.page.getByRole("menuitem", { name: "Word (.docx)" })).toBeFocused();
}

/** Gives the present moment a name, through the menu. */
export async function nameNow(someone: Person, name: string, description = ""): Promise<void> {
  await chooseMore(someone, "Name this version…");
  await someone.page.getByRole("textbox", { name: "Name", exact: true }).fill(name);
  await someone.page.getByRole("textbox", { name: "Description" }).fill(description);
  await someone.page.getByRole("button", { name: "Name it" }).click();
  await expect(someone.toast(`This version is now called “${name}”`)).toBeVisible();
}

/** Confirms the question that a restore asks. */
export async function confirmRestore(someone: Person): Promise<void> {
  await someone.page.getByTestId("restore-confirm").click();
  await expect(someone.page.getByTestId("restore-dialog")).toBeHidden();
}

/** Ada writes, names what there is "First draft", and Ben writes on. */
export async function draftAndMore(person: (name: string) => Promise<Person>) {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:" });
  const ada = await (await person("Ada")).open(id);
  const ben = await (await person("Ben")).open(id);
  await ada.goTo("Ada:");
  await ada.type(" a first draft");
  await ada.saved();
  await nameNow(ada, "First draft", "As it went to the printer.");
  await ben.goTo("Ben:");
  await ben.type(" some more");
  await ben.saved();
  await ada.sees("Ada: a first draft", "Ben: some more");
  return { scribe, id, ada, ben };
}

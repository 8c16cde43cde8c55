import type { BrowserContext, Locator, Page } from "@playwright/test";
import { blocksOf, type TextNode } from "./api.ts";
import { expect } from "./expect.ts";

/** What the editor hangs on its element for whoever wants to read it. */
type EditorElement = HTMLElement & {
  readonly editor: {
    getJSON(): TextNode;
    readonly state: {
      readonly selection: { readonly $head: { readonly parent: { readonly textContent: string } } };
    };
  };
};

/** Somebody in a browser of their own (cookies, storage and all), at one page. */
export class Person {
  readonly name: string;
  readonly url: string;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly body: Locator;
  readonly title: Locator;
  readonly status: Locator;
  /** What went wrong in the page without anybody handling it. */
  readonly mishaps: Error[] = [];

  constructor(name: string, url: string, page: Page) {
    this.name = name;
    this.url = url;
    this.context = page.context();
    this.page = page;
    this.body = page.getByRole("textbox", { name: "Text of the document" });
    this.title = page.getByRole("textbox", { name: "Title", exact: true });
    this.status = page.getByTestId("save-status");
    page.on("pageerror", (error) => this.mishaps.push(error));
  }

  get documentId(): string {
    const id = /\/d\/([^/?#]+)/.exec(this.page.url())?.[1];
    if (id === undefined) throw new Error(`${this.name} is at ${this.page.url()}, which is no document`);
    return id;
  }

  /** Goes to a document and waits until its text is there. */
  async open(id: string): Promise<this> {
    await this.page.goto(`${this.url}/d/${id}`);
    await this.ready();
    return this;
  }

  async ready(): Promise<void> {
    await expect(this.body).toBeVisible();
    await expect(this.status).toHaveAttribute("data-synced", "true");
  }

  /** Puts the caret at the end of the block that contains `text`, or of the last block. */
  async goTo(text?: string): Promise<void> {
    const blocks = this.body.locator("p, h1, h2, h3, h4, pre");
    const block = text === undefined ? blocks.last() : blocks.filter({ hasText: text }).first();
    await block.scrollIntoViewIfNeeded();
    const box = await block.boundingBox();
    if (box === null) throw new Error(`${this.name} cannot see “${text}”`);
    // In its last line, from which End leads to the end of the block and not of a line.
    await block.click({ position: { x: box.width - 2, y: box.height - 6 } });
    await this.page.keyboard.press("End");
    await expect
      .poll(() => this.blockWithCaret(), { message: `where ${this.name} is` })
      .toContain(text ?? "");
  }

  /** The text of the block in which this person's next key will be written. */
  blockWithCaret(): Promise<string> {
    return this.body.evaluate(
      (element) => (element as EditorElement).editor.state.selection.$head.parent.textContent,
    );
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** Types where the caret is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text);
  }

  json(): Promise<TextNode> {
    return this.body.evaluate((element) => (element as EditorElement).editor.getJSON());
  }

  /** The text of each block as this person's editor has it. */
  async blocks(): Promise<string[]> {
    return blocksOf(await this.json());
  }

  async sees(...blocks: readonly string[]): Promise<void> {
    await expect.poll(() => this.blocks(), { message: `what ${this.name} sees` }).toEqual(blocks);
  }

  async isSaved(): Promise<boolean> {
    return (await this.status.getAttribute("data-saved")) === "true";
  }

  /** Waits until the server has acknowledged everything that this person wrote. */
  async saved({ timeout = 25_000 } = {}): Promise<void> {
    await expect(this.status).toHaveAttribute("data-kind", "saved", { timeout });
    await expect(this.status).toHaveAttribute("data-saved", "true");
  }

  /** The names on the avatars of the others. */
  async others(): Promise<string[]> {
    const avatars = this.page.getByTestId("person").and(this.page.locator(":not([data-own])"));
    const names = await avatars.evaluateAll((all) =>
      all.map((each) => each.getAttribute("data-user-name") ?? ""),
    );
    return names.sort();
  }

  async seesPeople(...names: readonly string[]): Promise<void> {
    await expect.poll(() => this.others(), { message: `whom ${this.name} sees` }).toEqual([...names].sort());
  }

  caretOf(name: string): Locator {
    return this.body.locator(`[data-testid=caret][data-name="${name}"]`);
  }

  toast(text: string | RegExp): Locator {
    return this.page.locator("[data-sonner-toast]").filter({ hasText: text });
  }

  /** True when nothing sticks out sideways. */
  fitsTheWindow(): Promise<boolean> {
    return this.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
  }
}

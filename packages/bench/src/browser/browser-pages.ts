import { browserLaunchOptions, ensureBrowser } from "@palimpsest/tooling/browser";
import { type Browser, type BrowserContext, chromium, type Page } from "@playwright/test";
import type { OwnAccess } from "../target.ts";

/** A browser for as long as `body` runs. */
export async function withBrowser<Result>(body: (browser: Browser) => Promise<Result>): Promise<Result> {
  await ensureBrowser();
  const browser = await chromium.launch(browserLaunchOptions());
  try {
    return await body(browser);
  } finally {
    await browser.close();
  }
}

/** A new person: a profile of their own with nothing in it. */
export async function newPerson(browser: Browser, origin: string, name: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const answer = await context.request.post(`${origin}/api/session`, { data: { name } });
  if (!answer.ok()) throw new Error(`no session for ${name}: ${answer.status()}`);
  return context;
}

/** Creates a document as the person of that profile. @returns its id */
export async function createDocument(
  context: BrowserContext,
  origin: string,
  markdown: string,
): Promise<string> {
  const answer = await context.request.post(`${origin}/api/documents`, {
    data: { title: "Bench", markdown },
  });
  if (!answer.ok()) throw new Error(`no document: ${answer.status()} ${await answer.text()}`);
  return ((await answer.json()) as { readonly id: string }).id;
}

/** How a program outside the browser reaches a document as the person of that profile. */
export function accessOf(context: BrowserContext, origin: string, id: string): OwnAccess {
  const ticket = async () => {
    const answer = await context.request.post(`${origin}/api/documents/${id}/ticket`, { data: {} });
    return ((await answer.json()) as { readonly token: string }).token;
  };
  return { url: `${origin.replace(/^http/, "ws")}/sync`, documentId: id, ticket };
}

/** Opens a document and waits until its last change is known to be saved. */
export async function openDocument(page: Page, origin: string, id: string): Promise<void> {
  await page.goto(`${origin}/d/${id}`);
  await page.locator("[data-testid=editor-body] [contenteditable=true] > *").first().waitFor();
  await saved(page);
}

export async function saved(page: Page): Promise<void> {
  await page.locator('[data-testid=save-status][data-kind="saved"]').waitFor({ timeout: 60_000 });
}

/** Puts the caret at the end of the block in the middle of the document. */
export async function toTheMiddle(page: Page): Promise<void> {
  const middle = await page.evaluate(() => {
    const blocks = document.querySelectorAll("[data-testid=editor-body] [contenteditable=true] > p");
    const block = blocks[Math.floor(blocks.length / 2)];
    block?.scrollIntoView({ block: "center" });
    const box = block?.getBoundingClientRect();
    return box === undefined ? null : { x: box.right - 4, y: box.bottom - 4 };
  });
  if (middle === null) throw new Error("the document has no paragraph to type in");
  await page.mouse.click(middle.x, middle.y);
  await page.keyboard.press("End");
}

import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "@playwright/test";
import { root } from "../bootstrap.mjs";
import { browserLaunchOptions, ensureBrowser } from "../browser.ts";
import { buildStale } from "../build.ts";
import { orPlainError } from "../plain-error.ts";
import { startServer } from "../server.ts";

const folder = join(root, "e2e/pictures");
const sample = join(root, "packages/schema/samples/shared-document.md");

/** Takes the README's pictures of the real product, with two people in it. */
export async function main(): Promise<void> {
  await orPlainError(async () => {
    await buildStale();
    await ensureBrowser();
    const stateDir = mkdtempSync(join(tmpdir(), "palimpsest-pictures-"));
    const server = await startServer({ stateDir });
    const browser = await chromium.launch(browserLaunchOptions());
    try {
      mkdirSync(folder, { recursive: true });
      await takePictures(browser, server.url);
      console.log(`The pictures are in ${folder}.`);
    } finally {
      await browser.close();
      await server.stop();
      rmSync(stateDir, { recursive: true, force: true });
    }
  });
}

async function takePictures(browser: Browser, url: string): Promise<void> {
  const ada = await arrive(browser, url, "Ada Lovelace", "#2557c7", { width: 1280, height: 800 });
  const markdown = readFileSync(sample, "utf8").replace(/^# .*\n+/, "");
  const data = { title: "How a shared document keeps its promises", markdown };
  const { id } = await (await ada.request.post(`${url}/api/documents`, { data })).json();
  const ben = await arrive(browser, url, "Ben Okri", "#b0217f", { width: 1280, height: 800 });
  for (const page of [ada, ben]) await open(page, `${url}/d/${id}`);

  await write(ada, "nobody ever said out loud", " A caret drifts along.");
  await write(ben, "tend to be written in", " Somebody else is here as well.");
  await ada.screenshot({ path: join(folder, "editor.png") });

  const version = { name: "Before the review" };
  await ada.request.post(`${url}/api/documents/${id}/versions`, { data: version });
  await write(ben, "tend to be written in", " And goes on.");
  await ada.getByRole("button", { name: "History" }).click();
  await ada.locator('[data-testid=history-entry][data-kind="import"]').click();
  await ada.getByTestId("preview-body").locator("p").first().waitFor();
  await ada.screenshot({ path: join(folder, "history.png") });

  const { head } = await (await ada.request.get(`${url}/api/documents/${id}/stats`)).json();
  await ada.goto(`${url}/d/${id}?from=1&to=${head}`);
  await ada.getByTestId("preview-body").locator("ins").first().waitFor();
  await ada.screenshot({ path: join(folder, "changes.png") });

  await ada.goto(url);
  await ada.getByRole("link", { name: data.title }).first().waitFor();
  await ada.screenshot({ path: join(folder, "home.png") });

  const phone = await arrive(browser, url, "Grace", "#137333", { width: 390, height: 844 }, "dark");
  await open(phone, `${url}/d/${id}`);
  await phone.screenshot({ path: join(folder, "phone.png") });
}

async function arrive(
  browser: Browser,
  url: string,
  name: string,
  color: string,
  viewport: { width: number; height: number },
  colorScheme: "light" | "dark" = "light",
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, deviceScaleFactor: 2 });
  await context.request.post(`${url}/api/session`, { data: { name, color } });
  return context.newPage();
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByTestId("editor-body").locator("p").first().waitFor();
  await page.getByTestId("toolbar").waitFor();
  await saved(page);
}

async function saved(page: Page): Promise<void> {
  await page.locator('[data-testid=save-status][data-kind="saved"]').waitFor();
}

/** Types at the end of the paragraph that contains `near`. */
async function write(page: Page, near: string, text: string): Promise<void> {
  const paragraph = page.getByTestId("editor-body").locator("p").filter({ hasText: near }).first();
  const { width, height } = (await paragraph.boundingBox()) ?? { width: 2, height: 2 };
  await paragraph.click({ position: { x: width - 2, y: height - 4 } });
  await page.keyboard.press("End");
  await page.keyboard.type(text, { delay: 20 });
  await saved(page);
}

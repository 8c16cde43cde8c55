import { gzipSync } from "node:zlib";
import type { Browser } from "@playwright/test";
import { newPerson, openDocument } from "./browser-pages.ts";

export interface FirstLoad {
  /** Bytes of script, as gzip would send them, that came before the editor could be typed in. */
  readonly scriptBytes: number;
  /** The same for styles. */
  readonly styleBytes: number;
  /** Ms from the start of the navigation until then. */
  readonly ms: number;
}

/** Opens a document in a browser that has never been here. */
export async function firstLoad(browser: Browser, origin: string, id: string): Promise<FirstLoad> {
  const context = await newPerson(browser, origin, "Newcomer");
  try {
    const page = await context.newPage();
    await page.addInitScript(noteEditable);
    const sizes: { readonly kind: "script" | "stylesheet"; readonly at: number; readonly bytes: number }[] =
      [];
    const reading: Promise<void>[] = [];
    page.on("requestfinished", (request) => {
      const kind = request.resourceType();
      if (kind !== "script" && kind !== "stylesheet") return;
      const at = Date.now();
      reading.push(
        request.response().then(async (response) => {
          const body = await response?.body().catch(() => null);
          if (body != null) sizes.push({ kind, at, bytes: gzipSync(body).length });
        }),
      );
    });
    await openDocument(page, origin, id);
    const editableAt = await page.evaluate(() => performance.timeOrigin + (window.editableAt ?? 0));
    const ms = await page.evaluate(() => window.editableAt ?? Number.NaN);
    await Promise.all(reading);
    const before = (kind: string) =>
      sizes
        .filter((size) => size.kind === kind && size.at <= editableAt)
        .reduce((sum, { bytes }) => sum + bytes, 0);
    return { scriptBytes: before("script"), styleBytes: before("stylesheet"), ms };
  } finally {
    await context.close();
  }
}

declare global {
  interface Window {
    /** Ms after the start of the navigation at which there was text that can be edited. */
    editableAt?: number;
  }
}

/** Runs in the page before its own scripts. */
export function noteEditable(): void {
  const look = () => {
    if (document.querySelector("[data-testid=editor-body] [contenteditable=true] > *") === null) return;
    observer.disconnect();
    window.editableAt = performance.now();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true, attributes: true });
}

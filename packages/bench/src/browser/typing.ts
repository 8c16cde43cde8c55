import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import type { Typist } from "../typist.ts";
import { saved, toTheMiddle } from "./browser-pages.ts";
import { MainThread } from "./main-thread.ts";
import { editableTexts } from "./remote-text.ts";

const BETWEEN_KEYS_MS = 40;
const words = "the quick brown fox jumps over the lazy dog and writes about it ";

/** Ms of the main thread for each of `keys` keys typed in the middle of the document; the first ten are not counted. */
export async function keyCosts(page: Page, keys: number): Promise<number[]> {
  await toTheMiddle(page);
  const thread = await MainThread.of(page);
  const costs: number[] = [];
  for (let index = 0; index < keys + 10; index++) {
    const key = words[index % words.length] ?? "x";
    const cost = await thread.cost(() => page.keyboard.press(key === " " ? "Space" : key));
    if (index >= 10) costs.push(cost);
    await sleep(BETWEEN_KEYS_MS);
  }
  await saved(page);
  return costs;
}

export interface RemoteEdits {
  /** Ms of the main thread for each. */
  readonly costs: readonly number[];
  /** Ms from the other's change until it stands in the page. */
  readonly delays: readonly number[];
}

/** Edits of somebody else, each a few characters in a paragraph that is in view. */
export async function remoteEdits(page: Page, writer: Typist, edits: number): Promise<RemoteEdits> {
  await toTheMiddle(page);
  const thread = await MainThread.of(page);
  const texts = editableTexts(writer.doc);
  const text = texts[Math.floor(texts.length / 2)];
  if (text === undefined) throw new Error("the document has no text to write in");
  const costs: number[] = [];
  const delays: number[] = [];
  for (let index = 0; index < edits + 5; index++) {
    const word = `w${index}. `;
    let delay = Number.NaN;
    const cost = await thread.cost(async () => {
      // In two steps: the change could overtake an observer that is still on its way.
      const observed = await page.evaluateHandle(whenShown, word);
      const sentAt = performance.timeOrigin + performance.now();
      text.insert(0, word);
      delay = (await observed.evaluate(({ shown }) => shown)) - sentAt;
    });
    if (index >= 5) {
      costs.push(cost);
      delays.push(delay);
    }
    await sleep(250);
  }
  return { costs, delays };
}

/** Runs in the page: the time at which the word stands in the text. */
function whenShown(word: string): { readonly shown: Promise<number> } {
  const body = document.querySelector("[data-testid=editor-body] [contenteditable=true]");
  if (body === null) throw new Error("no editor");
  const shown = new Promise<number>((resolve) => {
    const observer = new MutationObserver((changes) => {
      if (!changes.some(({ target }) => target.textContent?.includes(word))) return;
      observer.disconnect();
      resolve(performance.timeOrigin + performance.now());
    });
    observer.observe(body, { childList: true, subtree: true, characterData: true });
  });
  return { shown };
}

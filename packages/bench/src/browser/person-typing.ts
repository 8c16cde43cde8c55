import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { typingRhythm } from "../rhythm.ts";

/** Types at a person's rhythm until the time is over. @returns how many characters and how many new blocks */
export async function typeLikeAPerson(
  page: Page,
  random: () => number,
  seconds: number,
): Promise<{ readonly characters: number; readonly blocks: number }> {
  const startedAt = performance.now();
  let characters = 0;
  let blocks = 0;
  for (const { character, atMs } of typingRhythm(random, seconds)) {
    await sleep(Math.max(0, startedAt + atMs - performance.now()));
    await page.keyboard.press(character === " " ? "Space" : character);
    characters++;
    if (characters % 200 === 0) {
      await page.keyboard.press("Enter");
      blocks++;
    }
  }
  return { characters, blocks };
}

import type { Random } from "./random.ts";

/** Milliseconds, each a range [from, to]. */
export const rhythm = {
  /** Between two keys of one word, the space behind it included. */
  key: [60, 120],
  /** Before the next word. */
  word: [150, 400],
  /** Before the next thought. */
  thought: [1_000, 5_000],
} as const;

/** Letters of a word, and words of a thought, each a range [from, to]. */
const WORD = [2, 9] as const;
const THOUGHT = [4, 14] as const;

/**
 * How a person types: for each of `characters` keys the time at which it is pressed, in ms since the first. Words are
 * bursts, with short pauses between them and long ones between thoughts.
 */
export function typingTimes(characters: number, random: Random): number[] {
  const between = ([from, to]: readonly [number, number]) => from + random.int(to - from + 1);
  const times: number[] = [];
  let now = 0;
  let words = between(THOUGHT);
  while (times.length < characters) {
    for (let left = between(WORD) + 1; left > 0 && times.length < characters; left--) {
      times.push(now);
      now += between(rhythm.key);
    }
    words--;
    now += between(words > 0 ? rhythm.word : rhythm.thought);
    if (words === 0) words = between(THOUGHT);
  }
  return times;
}

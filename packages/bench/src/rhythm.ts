/** A key and when it is pressed, in ms from the beginning. */
export interface Keystroke {
  readonly atMs: number;
  readonly character: string;
}

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Between two keys of a word, in ms: somebody who types well, about 60 words a minute with the pauses. */
const KEY_MS: Range = { from: 60, to: 120 };
/** Before the next word, in ms. */
const WORD_MS: Range = { from: 120, to: 400 };
/** Before the next thought, in ms. */
const THOUGHT_MS: Range = { from: 1_200, to: 4_000 };
const WORD_LENGTH: Range = { from: 2, to: 9 };
const WORDS_OF_A_THOUGHT: Range = { from: 5, to: 14 };

const LETTERS = "etaoinshrdlucmwfgypb";

/** What a person types in `seconds`: bursts inside words, pauses between words, longer ones between thoughts. */
export function typingRhythm(random: () => number, seconds: number): readonly Keystroke[] {
  const pick = ({ from, to }: Range) => from + random() * (to - from);
  const pickWhole = (range: Range) => Math.floor(pick({ from: range.from, to: range.to + 1 }));
  const keystrokes: Keystroke[] = [];
  let atMs = pick(THOUGHT_MS) / 2;
  while (atMs < seconds * 1000) {
    for (let word = pickWhole(WORDS_OF_A_THOUGHT); word > 0; word--) {
      for (let letter = pickWhole(WORD_LENGTH); letter > 0; letter--) {
        const character = LETTERS[Math.floor(random() * LETTERS.length)] ?? "e";
        keystrokes.push({ atMs, character });
        atMs += pick(KEY_MS);
      }
      keystrokes.push({ atMs, character: word === 1 ? "." : " " });
      atMs += pick(WORD_MS);
    }
    atMs += pick(THOUGHT_MS);
  }
  return keystrokes.filter((keystroke) => keystroke.atMs < seconds * 1000);
}

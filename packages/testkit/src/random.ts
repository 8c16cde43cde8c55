/** A stream of numbers that depends on its seed alone: print the seed and the failure can be seen again. */
export interface Random {
  readonly seed: number;
  /** An integer in [0, bound). */
  int(bound: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** 1 to `maxCharacters` characters; some lie outside the basic plane, and no pair is ever halved. */
  text(maxCharacters: number): string;
  shuffled<T>(list: readonly T[]): T[];
}

const CHARACTERS = [..."aabcdeefghiinoorst  .,éßあ字🙂👍🏽𝒳"];

/** Mulberry32: 32 bits of state are enough for tests, and it is the same on every machine. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const int = (bound: number) => Math.floor(next() * bound);
  const pick = <T>(list: readonly T[]): T => {
    if (list.length === 0) throw new Error("nothing to pick from");
    return list[int(list.length)] as T;
  };
  return {
    seed,
    int,
    pick,
    chance: (probability) => next() < probability,
    text: (maxCharacters) => {
      let text = "";
      for (let left = 1 + int(maxCharacters); left > 0; left--) text += pick(CHARACTERS);
      return text;
    },
    shuffled: (list) => {
      const copy = [...list];
      for (let i = copy.length - 1; i > 0; i--) {
        const k = int(i + 1);
        [copy[i], copy[k]] = [copy[k] as never, copy[i] as never];
      }
      return copy;
    },
  };
}

/** How many cases a random test runs: the environment variable of that name, else `usual`. */
export function caseCount(variable: string, usual: number): number {
  const asked = Number(process.env[variable]);
  return Number.isSafeInteger(asked) && asked > 0 ? asked : usual;
}

/** Runs `check` once for each seed, and names the seed when it fails. */
export function forEachSeed(first: number, count: number, check: (random: Random) => void): void {
  for (let seed = first; seed < first + count; seed++) {
    try {
      check(seeded(seed));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`seed ${seed}: ${reason}`, { cause });
    }
  }
}

import { PlainError } from "@palimpsest/tooling/plain-error";

/** What a run was asked to do. */
export type Command =
  | { readonly kind: "help" }
  | {
      readonly kind: "run";
      /** In their own order, whatever order they were named in. */
      readonly measures: readonly string[];
      readonly targets: readonly string[];
      readonly reps: number;
      readonly quick: boolean;
      /** Null: the size's own number. */
      readonly kills: number | null;
      /** Null: nowhere. */
      readonly out: string | null;
    };

export interface Known {
  readonly measures: readonly string[];
  readonly targets: readonly string[];
}

const flags = new Set(["--quick", "--help", "-h"]);
const options = ["--measures", "--targets", "--reps", "--kills", "--out"];

/** @throws PlainError with a sentence about the first argument that makes no sense */
export function parseArguments(words: readonly string[], known: Known): Command {
  const given = new Map<string, string>();
  for (let index = 0; index < words.length; index++) {
    const [name = "", inline] = splitOnce(words[index] ?? "");
    if (flags.has(name)) {
      given.set(name, "");
      continue;
    }
    if (!options.includes(name)) {
      throw new PlainError(
        `${name} is not an option. Those there are: ${[...options, "--quick", "--help"].join(", ")}.`,
      );
    }
    const value = inline ?? words[++index];
    if (value === undefined || value.startsWith("--")) throw new PlainError(`${name} needs a value.`);
    given.set(name, value);
  }
  if (given.has("--help") || given.has("-h")) return { kind: "help" };
  return {
    kind: "run",
    measures: chosen("measure", given.get("--measures"), known.measures),
    targets: chosen("target", given.get("--targets"), known.targets),
    reps: count("--reps", given.get("--reps") ?? "1"),
    quick: given.has("--quick"),
    kills: given.has("--kills") ? count("--kills", given.get("--kills") ?? "") : null,
    out: given.get("--out") ?? null,
  };
}

function splitOnce(word: string): readonly [string, string?] {
  const at = word.indexOf("=");
  return at < 0 ? [word] : [word.slice(0, at), word.slice(at + 1)];
}

function chosen(what: string, list: string | undefined, known: readonly string[]): readonly string[] {
  if (list === undefined) return known;
  const names = list.split(",").filter((name) => name !== "");
  for (const name of names) {
    if (!known.includes(name)) {
      throw new PlainError(`There is no ${what} "${name}". Those there are: ${known.join(", ")}.`);
    }
  }
  if (names.length === 0) throw new PlainError(`Name at least one ${what} of these: ${known.join(", ")}.`);
  return known.filter((name) => names.includes(name));
}

function count(option: string, text: string): number {
  const number = Number(text);
  if (/^\d{1,4}$/.test(text) && number > 0) return number;
  throw new PlainError(`${option} needs a whole number from 1 to 9999, not "${text}".`);
}

import { describe, expect, it } from "vitest";
import { parseArguments } from "../src/arguments.ts";

const known = { measures: ["a", "b", "c"], targets: ["ours", "do-insert"] };
const parse = (...words: readonly string[]) => parseArguments(words, known);

describe("the command line", () => {
  it("without arguments means everything once", () => {
    expect(parse()).toEqual({ kind: "run", ...known, reps: 1, quick: false, kills: null, out: null });
  });

  it("takes values after a space and after an equals sign", () => {
    const command = parse(
      "--measures",
      "b,a",
      "--targets=ours",
      "--reps=3",
      "--kills",
      "200",
      "--quick",
      "--out",
      "r.json",
    );
    expect(command).toEqual({
      kind: "run",
      measures: ["a", "b"],
      targets: ["ours"],
      reps: 3,
      quick: true,
      kills: 200,
      out: "r.json",
    });
  });

  it.each(["--help", "-h"])("explains itself at %s, whatever else is said", (flag) => {
    expect(parse("--quick", flag)).toEqual({ kind: "help" });
  });

  it.each([
    [["--fast"], /--fast is not an option. Those there are: --measures/],
    [["ours"], /ours is not an option/],
    [["--measures"], /--measures needs a value/],
    [["--measures", "--quick"], /--measures needs a value/],
    [["--measures", "a,x"], /There is no measure "x". Those there are: a, b, c\./],
    [["--targets", "theirs"], /There is no target "theirs". Those there are: ours, do-insert\./],
    [["--targets", ","], /Name at least one target/],
    [["--reps", "0"], /--reps needs a whole number from 1 to 9999, not "0"/],
    [["--reps", "1.5"], /--reps needs a whole number/],
    [["--kills", "many"], /--kills needs a whole number/],
  ])("refuses %j with a sentence", (words, sentence) => {
    expect(() => parse(...words)).toThrow(sentence);
  });
});

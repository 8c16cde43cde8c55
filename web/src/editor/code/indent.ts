const step = "  ";

export type Lines = { readonly text: string; readonly from: number; readonly to: number };

type Edit = { readonly at: number; readonly remove: number; readonly insert: string };

function starts({ text, from, to }: Lines): number[] {
  const first = text.lastIndexOf("\n", from - 1) + 1;
  const all = [first];
  for (let at = text.indexOf("\n", first); at !== -1 && at + 1 < to; at = text.indexOf("\n", at + 1))
    all.push(at + 1);
  return all;
}

/** What Tab does in code: at a caret it puts in a step, over a selection every line goes in by one. */
export function indented(lines: Lines): readonly Edit[] {
  if (lines.from === lines.to) return [{ at: lines.from, remove: 0, insert: step }];
  return starts(lines).map((at) => ({ at, remove: 0, insert: step }));
}

/** What Shift+Tab does: every line goes out by a step, as far as it is in. */
export function outdented(lines: Lines): readonly Edit[] {
  return starts(lines)
    .map((at) => {
      const white = /^(?:\t| {1,2})/.exec(lines.text.slice(at))?.[0].length ?? 0;
      return { at, remove: white, insert: "" };
    })
    .filter(({ remove }) => remove > 0);
}

/** How far in the line of a caret begins: what Enter repeats. */
export function indentOf(text: string, caret: number): string {
  const start = text.lastIndexOf("\n", caret - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, caret))?.[0] ?? "";
}

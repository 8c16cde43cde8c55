/** What a value of ours has to reach, by itself or beside another target of the same run. */
export type Goal =
  | { readonly kind: "at-most"; readonly limit: number }
  | { readonly kind: "at-least"; readonly limit: number }
  /** Not more than `limit` times the floor's value. */
  | { readonly kind: "at-most-times"; readonly limit: number; readonly floor: string }
  /** At least `limit` times the floor's value. */
  | { readonly kind: "at-least-times"; readonly limit: number; readonly floor: string }
  /** A duration of at most the other's divided by `limit`. */
  | { readonly kind: "times-faster"; readonly limit: number; readonly floor: string };

export interface Verdict {
  /** The goal in words. */
  readonly goal: string;
  /** Our value as the goal sees it; null for a goal without a ratio, and where one of the two values is missing. */
  readonly ratio: string | null;
  /** Null: a value is missing. */
  readonly isMet: boolean | null;
}

/** How `value` of ours stands to a goal; `found` finds the same value of another target, NaN when there is none. */
export function judge(goal: Goal, value: number, found: (target: string) => number): Verdict {
  switch (goal.kind) {
    case "at-most":
      return { goal: `≤ ${goal.limit}`, ratio: null, isMet: known(value, value <= goal.limit) };
    case "at-least":
      return { goal: `≥ ${goal.limit}`, ratio: null, isMet: known(value, value >= goal.limit) };
    case "at-most-times": {
      const ratio = value / found(goal.floor);
      const isMet = known(ratio, ratio <= goal.limit);
      return { goal: `≤ ${goal.limit} × ${goal.floor}`, ratio: shown(ratio, goal.floor), isMet };
    }
    case "at-least-times": {
      const ratio = value / found(goal.floor);
      const isMet = known(ratio, ratio >= goal.limit);
      return { goal: `≥ ${goal.limit} × ${goal.floor}`, ratio: shown(ratio, goal.floor), isMet };
    }
    case "times-faster": {
      const ratio = found(goal.floor) / value;
      const isMet = known(ratio, ratio >= goal.limit);
      const inWords = Number.isNaN(ratio) ? null : `${ratio.toFixed(2)} × faster than ${goal.floor}`;
      return { goal: `≥ ${goal.limit} × faster than ${goal.floor}`, ratio: inWords, isMet };
    }
  }
}

function known(value: number, isMet: boolean): boolean | null {
  return Number.isNaN(value) ? null : isMet;
}

function shown(ratio: number, floor: string): string | null {
  return Number.isNaN(ratio) ? null : `${ratio.toFixed(2)} × ${floor}`;
}

import { judge, type Verdict } from "./goals.ts";
import type { Row } from "./rows.ts";
import { median } from "./statistics.ts";

/** What one turn left behind. */
export interface TurnRecord {
  readonly measure: string;
  readonly target: string;
  readonly rep: number;
  readonly values: Readonly<Record<string, number>>;
  readonly faults: readonly string[];
}

/** Whole numbers as they are, others with about three significant digits, thousands with commas; "–" when it could not be told. */
export function format(value: number): string {
  if (Number.isNaN(value)) return "–";
  if (Number.isInteger(value)) return value.toLocaleString("en-US");
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString("en-US");
  if (size >= 100) return value.toFixed(0);
  if (size >= 10) return value.toFixed(1);
  if (size >= 1) return value.toFixed(2);
  return Number(value.toPrecision(2)).toString();
}

/** The median over the repetitions; NaN when the target has no such value. */
export function medianOf(
  records: readonly TurnRecord[],
  row: Pick<Row, "measure" | "key">,
  target: string,
): number {
  const values = records
    .filter((record) => record.measure === row.measure && record.target === target)
    .flatMap(({ values }) => {
      const value = values[row.key];
      return value === undefined || Number.isNaN(value) ? [] : [value];
    });
  return median(values);
}

function verdictCells(verdicts: readonly Verdict[]): readonly string[] {
  const words = (isMet: boolean | null) => (isMet === null ? "–" : isMet ? "yes" : "**no**");
  const ratios = verdicts.flatMap(({ ratio }) => (ratio === null ? [] : [ratio]));
  return [
    ratios.join("; "),
    verdicts.map(({ goal }) => goal).join("; "),
    verdicts.map(({ isMet }) => words(isMet)).join("; "),
  ];
}

/** One Markdown table: a line for each row that anybody has a value for, a column for each target. */
export function renderTable(
  rows: readonly Row[],
  records: readonly TurnRecord[],
  targets: readonly string[],
): string {
  const lines = rows.flatMap((row) => {
    const found = (target: string) => medianOf(records, row, target);
    if (targets.every((target) => Number.isNaN(found(target)))) return [];
    const label = `${row.measure}. ${row.label}${row.unit === "" ? "" : `, ${row.unit}`}`;
    const verdicts = targets.includes("ours")
      ? row.goals.map((goal) => judge(goal, found("ours"), found))
      : [];
    return [[label, ...targets.map((target) => format(found(target))), ...verdictCells(verdicts)]];
  });
  const head = ["measure (medians)", ...targets, "ours is", "goal", "met"];
  const align = ["---", ...targets.map(() => "---:"), "---", "---", "---"];
  return [head, align, ...lines].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** One sentence for each thing that went wrong. */
export function renderFaults(records: readonly TurnRecord[]): readonly string[] {
  return records.flatMap(({ measure, target, rep, faults }) =>
    faults.map((fault) => `${measure}, ${target}, run ${rep}: ${fault}`),
  );
}

import { locale } from "../i18n/language.ts";
import { appText } from "./text.ts";

const steps = [
  { unit: "year", seconds: 31_536_000 },
  { unit: "month", seconds: 2_592_000 },
  { unit: "week", seconds: 604_800 },
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const;

const format = new Intl.RelativeTimeFormat(locale(), { numeric: "auto" });

export function relativeTime(then: number, now: number): string {
  const seconds = (then - now) / 1_000;
  const step = steps.find((each) => Math.abs(seconds) >= each.seconds);
  return step === undefined ? appText.justNow : format.format(Math.trunc(seconds / step.seconds), step.unit);
}

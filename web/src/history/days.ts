import { relativeTime } from "../app/relativeTime.ts";
import { locale } from "../i18n/language.ts";
import type { Placed } from "./entries.ts";
import { historyText } from "./text.ts";

export type Day = { readonly label: string; readonly entries: readonly Placed[] };

const clock = new Intl.DateTimeFormat(locale(), { hour: "2-digit", minute: "2-digit" });
const dayAndMonth = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long" });
const withYear = new Intl.DateTimeFormat(locale(), { day: "numeric", month: "long", year: "numeric" });
const weekday = new Intl.DateTimeFormat(locale(), { weekday: "long", day: "numeric", month: "long" });

function startOfDay(ms: number): number {
  return new Date(ms).setHours(0, 0, 0, 0);
}

/** Whole calendar days between two moments; rounding takes up the hour of a clock change. */
function daysBetween(then: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(then)) / 86_400_000);
}

/** How long ago, in whole calendar days once it was another day: what stands under "Friday" is not of yesterday. */
export function agoText(ms: number, now: number): string {
  const days = daysBetween(ms, now);
  return relativeTime(days === 0 ? ms : now - days * 86_400_000, now);
}

export function clockTime(ms: number): string {
  return clock.format(ms);
}

export function clockRange(from: number, to: number): string {
  const [start, end] = [clockTime(from), clockTime(to)];
  return start === end && daysBetween(from, to) === 0 ? end : `${start}–${end}`;
}

/** "14:32, 3 June", with the year when it is not this one. */
export function momentText(ms: number, now: number): string {
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  return `${clockTime(ms)}, ${(sameYear ? dayAndMonth : withYear).format(ms)}`;
}

/** "14:02–14:30, 3 June"; over midnight both ends have their day. */
export function spanText(from: number, to: number, now: number): string {
  if (daysBetween(from, to) !== 0) return `${momentText(from, now)} – ${momentText(to, now)}`;
  return `${clockRange(from, to)}, ${momentText(to, now).split(", ").slice(1).join(", ")}`;
}

export function dayLabel(ms: number, now: number): string {
  const days = daysBetween(ms, now);
  if (days === 0) return historyText.today;
  if (days === 1) return historyText.yesterday;
  if (days > 1 && days < 7) return weekday.format(ms);
  return new Date(ms).getFullYear() === new Date(now).getFullYear()
    ? dayAndMonth.format(ms)
    : withYear.format(ms);
}

/** Entries newest first, gathered by the reader's calendar day; the order inside a day is the server's. */
export function groupByDay(entries: readonly Placed[], now: number): readonly Day[] {
  const days: { start: number; label: string; entries: Placed[] }[] = [];
  for (const entry of entries) {
    const start = startOfDay(entry.at);
    const last = days.at(-1);
    if (last?.start === start) last.entries.push(entry);
    else days.push({ start, label: dayLabel(entry.at, now), entries: [entry] });
  }
  return days;
}

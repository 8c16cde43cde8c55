import { clockRange, clockTime, momentText } from "../days.ts";
import { type Moment, nowKey } from "../entries.ts";
import type { Look } from "../look.ts";
import type { Person } from "./answers.ts";
import type { Passage } from "./authoredText.ts";
import type { ShownChange } from "./comparedText.ts";
import { pastText } from "./text.ts";

/** "14:32, 3 June"; the state before the first edit has no time. */
export function momentSaid(at: string | number | null, now: number): string {
  const ms = typeof at === "string" ? Date.parse(at) : at;
  return ms === null || Number.isNaN(ms) || ms <= 0 ? pastText.beginning : momentText(ms, now);
}

export function nameOf(moment: Moment, now: number): string {
  if (moment.key === nowKey) return pastText.now.toLowerCase();
  return moment.name === null ? momentSaid(moment.at, now) : `“${moment.name}”`;
}

/** The ends of a comparison; two in the same minute are told apart by their positions. */
export function sidesSaid(
  from: Moment,
  to: Moment,
  now: number,
): { readonly from: string; readonly to: string } {
  const [start, end] = [nameOf(from, now), nameOf(to, now)];
  const [time = start, day] = start.split(", ");
  if (start !== end) return { from: day !== undefined && end.endsWith(`, ${day}`) ? time : start, to: end };
  return { from: pastText.editNumber(from.seq), to: pastText.editNumber(to.seq) };
}

/** What the strip over the text says is shown. */
export function lookSaid(look: Look, moment: string, by: string, now: number): string {
  switch (look.mode) {
    case "compare": {
      if (look.from === null) return pastText.lookingAtChanges(pastText.beginning, nameOf(look.moment, now));
      const { from, to } = sidesSaid(look.from, look.moment, now);
      return pastText.lookingAtChanges(from, to);
    }
    case "authors":
      return pastText.lookingAtAuthors(nameOf(look.moment, now));
    case "text":
      return look.moment.name === null
        ? pastText.lookingAt(moment, by)
        : pastText.lookingAtNamed(look.moment.name, moment);
  }
}

export function personSaid(by: number | null, people: readonly Person[]): string {
  return by === null ? pastText.somebody : (people[by]?.name ?? pastText.somebody);
}

export function namesSaid(names: readonly string[]): string {
  if (names.length <= 2) return names.join(" and ");
  return `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}

export function changeSaid(change: ShownChange, people: readonly Person[], now: number): string {
  const when = change.at === null ? "" : momentSaid(change.at, now);
  return pastText.didBy(pastText.did[change.kind], personSaid(change.by, people), when);
}

/** "Ada, 14:32–14:35, 3 June" */
export function passageSaid({ by, at, until }: Passage, people: readonly Person[], now: number): string {
  const name = personSaid(by, people);
  if (at === null) return name;
  const start = Date.parse(at);
  const end = until === null ? start : Date.parse(until);
  const sameDay = new Date(start).toDateString() === new Date(end).toDateString();
  if (!sameDay) return pastText.wrote(name, `${momentSaid(start, now)} – ${momentSaid(end, now)}`);
  const day = momentSaid(end, now).split(", ").slice(1).join(", ");
  return pastText.wrote(name, `${clockRange(start, end)}, ${day}`);
}

export function restoredSaid({ restored }: Passage, people: readonly Person[], now: number): string | null {
  if (!restored) return null;
  const at = Date.parse(restored.at);
  const today = new Date(at).toDateString() === new Date(now).toDateString();
  return pastText.restoredBy(personSaid(restored.by, people), today ? clockTime(at) : momentSaid(at, now));
}

import type { RefObject } from "react";
import { announce } from "../../app/announce.ts";
import type { Person } from "./answers.ts";
import type { Passage } from "./authoredText.ts";
import type { ShownChange } from "./comparedText.ts";
import type { CardPlace } from "./PassageCard.tsx";
import type { PastText } from "./PastText.ts";
import { changeSaid, passageSaid, restoredSaid } from "./sayings.ts";
import { pastText } from "./text.ts";
import type { Drawn } from "./useDrawn.ts";
import type { Page } from "./usePages.ts";
import { usePassages } from "./usePassages.ts";

const isChange = (each: ShownChange | Passage): each is ShownChange => "kind" in each;

export type Marks = {
  readonly count: number;
  /** Where the reader is among them, from 1; null before the first step. */
  readonly position: number | null;
  /** The change that the reader is at, when something of it was deleted. */
  readonly deletion: number | null;
  readonly card: {
    readonly n: number;
    readonly place: CardPlace;
    readonly color: string | undefined;
    readonly said: string;
    readonly lines: readonly string[];
    readonly moved: boolean;
    readonly deletes: boolean;
  } | null;
  readonly step: (direction: -1 | 1) => void;
  readonly keep: () => void;
  readonly leave: () => void;
};

/** The changes or passages of what is shown, and what is said of the one that the reader is at. */
export function useMarks(
  text: PastText | null,
  main: RefObject<HTMLElement | null>,
  drawn: Drawn | null,
  page: Page | null,
): Marks {
  const now = Date.now();
  const people: readonly Person[] = page === null || page.mode === "text" ? [] : page.answer.people;
  const all: readonly (ShownChange | Passage)[] =
    drawn?.mode === "compare" ? drawn.changes : drawn?.mode === "authors" ? drawn.passages : [];
  const { current, card, keep, leave, goTo } = usePassages(
    text,
    main,
    drawn === null || drawn.mode === "text" ? null : drawn.pieces,
  );
  const index = current === null ? -1 : all.findIndex(({ n }) => n === current);
  const at = all[index];
  const pointed = card === null ? undefined : all.find(({ n }) => n === card.n);
  const sayingOf = (each: ShownChange | Passage) =>
    isChange(each) ? changeSaid(each, people, now) : passageSaid(each, people, now);
  const linesOf = (each: ShownChange | Passage) =>
    isChange(each) ? each.differences : [restoredSaid(each, people, now)].filter((line) => line !== null);

  const step = (direction: -1 | 1) => {
    const start = direction > 0 ? 0 : all.length - 1;
    const next = index < 0 ? start : (index + direction + all.length) % all.length;
    const to = all[next];
    if (to === undefined) return;
    goTo(to.n, to.from);
    const say = isChange(to) ? pastText.changeSaid : pastText.passageSaid;
    announce(say(next + 1, all.length, [sayingOf(to), ...linesOf(to)].join("; "), to.excerpt));
  };

  return {
    count: all.length,
    position: index < 0 ? null : index + 1,
    deletion: at !== undefined && isChange(at) && at.deletes ? at.n : null,
    card:
      card === null || pointed === undefined
        ? null
        : {
            n: card.n,
            place: { top: card.top, left: card.left },
            color: pointed.by === null ? undefined : people[pointed.by]?.color,
            said: sayingOf(pointed),
            lines: linesOf(pointed),
            moved: isChange(pointed) && pointed.kind.startsWith("moved"),
            deletes: isChange(pointed) && pointed.deletes,
          },
    step,
    keep,
    leave,
  };
}

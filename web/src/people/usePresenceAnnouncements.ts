import { useEffect, useRef } from "react";
import { announce } from "../app/announce.ts";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

const settleMs = 1_500;

/** Says who came and went once things are quiet: a dropped connection that is back at once is not worth a word. */
export function usePresenceAnnouncements(people: readonly Person[], ownId: string | null): void {
  const announced = useRef<ReadonlyMap<string, string> | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      const present = new Map(people.filter(({ id }) => id !== ownId).map(({ id, name }) => [id, name]));
      const before = announced.current;
      announced.current = present;
      if (before === null) return;
      const news = [
        ...[...present].filter(([id]) => !before.has(id)).map(([, name]) => peopleText.joined(name)),
        ...[...before].filter(([id]) => !present.has(id)).map(([, name]) => peopleText.left(name)),
      ];
      if (news.length > 0) announce(news.join(". "));
    }, settleMs);
    return () => clearTimeout(timer);
  }, [people, ownId]);
}

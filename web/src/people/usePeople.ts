import type { Provider } from "@palimpsest/provider";
import { useCallback, useRef, useSyncExternalStore } from "react";
import { safeColor } from "./color.ts";

/** Why somebody only reads: without the right to write, or looking at the past. */
export type Viewing = "role" | "past";

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly clientIds: readonly number[];
  /** Null for who has a tab in which they can write. */
  readonly viewing: Viewing | null;
};

type PresenceState = {
  readonly user?: { readonly id?: unknown; readonly name?: unknown; readonly color?: unknown };
  readonly viewing?: unknown;
} | null;

const viewingOf = (value: unknown): Viewing | null => (value === "role" || value === "past" ? value : null);

/** Everybody present, one entry per person however many tabs they have open, in the order of their ids. */
export function peopleFrom(states: ReadonlyMap<number, unknown>): readonly Person[] {
  const people = new Map<string, Person>();
  for (const [clientId, state] of [...states].sort(([a], [b]) => a - b)) {
    const { user, viewing } = (state ?? {}) as NonNullable<PresenceState>;
    if (typeof user?.id !== "string" || typeof user.name !== "string") continue;
    const known = people.get(user.id);
    people.set(user.id, {
      id: user.id,
      name: user.name,
      color: safeColor(user.color),
      clientIds: [...(known?.clientIds ?? []), clientId],
      viewing: known?.viewing === null ? null : viewingOf(viewing),
    });
  }
  return [...people.values()];
}

export function usePeople({ awareness }: Provider): readonly Person[] {
  const last = useRef<{ key: string; people: readonly Person[] }>({ key: "[]", people: [] });
  const subscribe = useCallback(
    (listener: () => void) => {
      awareness.on("change", listener);
      return () => awareness.off("change", listener);
    },
    [awareness],
  );
  return useSyncExternalStore(subscribe, () => {
    const people = peopleFrom(awareness.getStates());
    const key = JSON.stringify(people);
    if (key !== last.current.key) last.current = { key, people };
    return last.current.people;
  });
}

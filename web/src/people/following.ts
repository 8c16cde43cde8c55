import { create } from "zustand";
import { announce } from "../app/announce.ts";
import { peopleText } from "./text.ts";
import type { Person } from "./usePeople.ts";

type Followed = Pick<Person, "id" | "name" | "color">;

/** With whom the page scrolls along. */
export const useFollowing = create<{ followed: Followed | null }>(() => ({ followed: null }));

export function follow({ id, name, color }: Followed): void {
  if (useFollowing.getState().followed?.id === id) return;
  useFollowing.setState({ followed: { id, name, color } });
  announce(peopleText.followingHint(name));
}

export function stopFollowing(): void {
  const { followed } = useFollowing.getState();
  if (followed === null) return;
  useFollowing.setState({ followed: null });
  announce(peopleText.notFollowing(followed.name));
}

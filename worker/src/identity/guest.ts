import type { Identity, UserId } from "@palimpsest/protocol";
import { randomId } from "./random-id.ts";

const ADJECTIVES = (
  "Amber Brave Bright Calm Clever Curious Gentle Golden Happy Honest Jolly Keen Kind Lively Lucky Merry Nimble " +
  "Patient Quiet Silver Steady Sunny Swift Witty"
).split(" ");
const ANIMALS = (
  "Badger Beaver Crane Dolphin Finch Fox Hare Heron Hedgehog Ibis Kestrel Lark Lynx Marten Otter Owl Panda Puffin " +
  "Robin Seal Sparrow Stork Swan Wren"
).split(" ");

/** Dark enough for white text on them (WCAG AA), far enough from each other to tell carets apart. */
export const COLORS = [
  "#b4232c",
  "#a8480d",
  "#8a5a00",
  "#4d7300",
  "#137333",
  "#00706b",
  "#0b6a94",
  "#2557c7",
  "#5b45c9",
  "#8a35b8",
  "#b0217f",
  "#7a4b3a",
] as const;

/** Somebody who just arrived: a friendly name and a colour until they choose their own. */
export function newGuest(chosen: {
  readonly name?: string | undefined;
  readonly color?: string | undefined;
}): Identity {
  const [a = 0, b = 0, c = 0] = crypto.getRandomValues(new Uint32Array(3));
  const name = `${ADJECTIVES[a % ADJECTIVES.length]} ${ANIMALS[b % ANIMALS.length]}`;
  return {
    id: `u_${randomId()}` as UserId,
    name: chosen.name ?? name,
    color: chosen.color ?? (COLORS[c % COLORS.length] as string),
  };
}

/** Everybody who comes without a session, by the document's address alone. One author for the log. */
export const ANONYMOUS: Identity = { id: "anonymous" as UserId, name: "Anonymous", color: "#5f6368" };

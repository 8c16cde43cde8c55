import { type AwarenessEntry, type Identity, limits } from "@palimpsest/protocol";
import type { Presence } from "./attachment.ts";

export type PresenceChange =
  /** Keep it and tell the others. */
  | { readonly kind: "set"; readonly presence: Presence }
  /** Stale, not theirs, too large or not a presence at all: nobody else needs to know. */
  | { readonly kind: "ignore" };

/**
 * What one entry of an awareness message does to its socket's presence. Clients echo what they heard of others,
 * so entries about other clients are normal and mean nothing.
 *
 * @param current the socket's presence so far
 * @param mayBind whether the user may be present as this Yjs client
 */
export function judgePresence(
  current: Presence | null,
  entry: AwarenessEntry,
  user: Identity,
  mayBind: boolean,
): PresenceChange {
  const leaving = entry.state === "null";
  const bound = current !== null && current.state !== null;
  if (bound && current.clientId !== entry.clientId) return { kind: "ignore" };
  if (!bound && (leaving || !mayBind)) return { kind: "ignore" };
  if (current?.clientId === entry.clientId) {
    // as in y-protocols: at an equal clock only "has left" is news
    if (entry.clock < current.clock || (entry.clock === current.clock && !leaving)) return { kind: "ignore" };
  }
  if (!Number.isSafeInteger(entry.clock + 1) || entry.clientId > 0xffff_ffff) return { kind: "ignore" };
  const state = leaving ? null : withIdentity(entry.state, user);
  if (state === undefined) return { kind: "ignore" };
  return { kind: "set", presence: { clientId: entry.clientId, clock: entry.clock, state } };
}

/** The entry by which the others learn of a presence. */
export function toEntry({ clientId, clock, state }: Presence): AwarenessEntry {
  return { clientId, clock, state: state ?? "null" };
}

/**
 * The entry by which the others learn that it is gone. Its clock is the presence's own, at which y-protocols takes
 * a departure and nothing else: a larger one would make the others deaf to the client's next words when it returns.
 */
export function toDeparture({ clientId, clock }: Presence): AwarenessEntry {
  return { clientId, clock, state: "null" };
}

/** The state with the server's word on who this is; undefined when it is no state or too large. */
function withIdentity(text: string, user: Identity): string | undefined {
  if (text.length > limits.maxPresenceBytes) return undefined;
  let state: unknown;
  try {
    state = JSON.parse(text);
  } catch {
    return undefined; // not JSON: the client would not have been understood by the others either
  }
  if (typeof state !== "object" || state === null || Array.isArray(state)) return undefined;
  if (!isShallow(state, limits.maxPresenceDepth)) return undefined;
  const result = JSON.stringify({ ...state, user: { id: user.id, name: user.name, color: user.color } });
  return new TextEncoder().encode(result).length > limits.maxPresenceBytes ? undefined : result;
}

function isShallow(value: object, depth: number): boolean {
  if (depth === 0) return false;
  for (const [key, child] of Object.entries(value)) {
    if (key === "__proto__" || key === "constructor" || key === "prototype") return false;
    if (typeof child === "object" && child !== null && !isShallow(child, depth - 1)) return false;
  }
  return true;
}

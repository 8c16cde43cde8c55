import { ApiError, request } from "../app/api.ts";
import { readStored, writeStored } from "../app/stored.ts";

export type User = { readonly id: string; readonly name: string; readonly color: string };
export type Identity = { readonly name: string; readonly color: string };

// Only a hint that spares a first visit the question whether it has been here before; the cookie decides.
const visitedKey = "palimpsest.visited";

async function start(): Promise<User> {
  const { user } = await request<{ user: User }>("/api/session", { method: "POST", body: {} });
  writeStored(visitedKey, true);
  return user;
}

async function readOrStart(): Promise<User> {
  if (readStored(visitedKey) !== true) return start();
  try {
    return (await request<{ user: User }>("/api/session")).user;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return start();
    throw error;
  }
}

let pending: Promise<User> | null = null;

/** The guest of this browser, made on first use. Two callers at once must not become two guests. */
export function ensureSession(): Promise<User> {
  pending ??= readOrStart().finally(() => {
    pending = null;
  });
  return pending;
}

export async function changeIdentity(identity: Identity): Promise<User> {
  return (await request<{ user: User }>("/api/session", { method: "POST", body: identity })).user;
}

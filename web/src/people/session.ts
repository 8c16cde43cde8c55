import { ApiError, request } from "../app/api.ts";
import { readStored, writeStored } from "../app/stored.ts";

export type User = { readonly id: string; readonly name: string; readonly color: string };
export type Identity = { readonly name: string; readonly color: string };

// Who this browser's guest was when the server last said so. The cookie decides; this spares a first visit the question
// whether it has been here before, and says whose the copies are while there is no server to ask.
const userKey = "palimpsest.user";

function isUser(value: unknown): value is User {
  if (typeof value !== "object" || value === null) return false;
  const { id, name, color } = value as Partial<Record<keyof User, unknown>>;
  return typeof id === "string" && typeof name === "string" && typeof color === "string";
}

let known: User | null = null;

function remember(user: User): User {
  known = user;
  writeStored(userKey, user);
  return user;
}

/** The guest of this browser as far as it knows by itself; null before its first visit. */
export function cachedUser(): User | null {
  if (known !== null) return known;
  const stored = readStored(userKey);
  known = isUser(stored) ? stored : null;
  return known;
}

async function start(): Promise<User> {
  const { user } = await request<{ user: User }>("/api/session", { method: "POST", body: {} });
  return remember(user);
}

async function readOrStart(): Promise<User> {
  if (cachedUser() === null) return start();
  try {
    return remember((await request<{ user: User }>("/api/session")).user);
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
  return remember((await request<{ user: User }>("/api/session", { method: "POST", body: identity })).user);
}

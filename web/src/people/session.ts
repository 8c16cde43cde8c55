import { ApiError, request } from "../app/api.ts";

export type User = { readonly id: string; readonly name: string; readonly color: string };
export type Identity = { readonly name: string; readonly color: string };

async function readOrStart(): Promise<User> {
  try {
    return (await request<{ user: User }>("/api/session")).user;
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401)) throw error;
  }
  return (await request<{ user: User }>("/api/session", { method: "POST", body: {} })).user;
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

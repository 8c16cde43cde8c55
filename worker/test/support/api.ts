import { env, exports } from "cloudflare:workers";
import type { Identity } from "@palimpsest/protocol";
import type { Env } from "../../src/env.ts";

export const ORIGIN = "https://palimpsest.test";

export function bindings(): Env {
  return env as unknown as Env;
}

/** A request to the Worker, as if from outside. */
export function call(method: string, path: string, options: CallOptions = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  if (options.token !== undefined) headers.set("authorization", `Bearer ${options.token}`);
  const init: RequestInit = { method, headers };
  if (options.body !== undefined)
    init.body = typeof options.body === "string" ? options.body : JSON.stringify(options.body);
  if (options.raw !== undefined) init.body = options.raw;
  return worker().fetch(new Request(`${ORIGIN}${path}`, init));
}

export interface CallOptions {
  readonly token?: string;
  /** A string is sent as it is. */
  readonly body?: unknown;
  readonly raw?: Uint8Array<ArrayBuffer> | ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
}

export function worker(): Fetcher {
  return (exports as unknown as { readonly default: Fetcher }).default;
}

export async function json<T = Record<string, unknown>>(response: Response | Promise<Response>): Promise<T> {
  return (await response).json<T>();
}

export interface Guest {
  readonly user: Identity;
  readonly token: string;
}

export function guest(name: string): Promise<Guest> {
  return json(call("POST", "/api/session", { body: { name } }));
}

export async function newDocument(owner: Guest, body: object = {}): Promise<string> {
  const { id } = await json<{ id: string }>(call("POST", "/api/documents", { token: owner.token, body }));
  return id;
}

export function stubOf(id: string) {
  return bindings().DOCUMENTS.getByName(id);
}

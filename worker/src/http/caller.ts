import type { Identity } from "@palimpsest/protocol";
import type { Context } from "hono";
import { getCookie } from "hono/cookie";
import { Directory } from "../directory/directory.ts";
import type { Env } from "../env.ts";
import { signingKey } from "../identity/signing-key.ts";
import { verifySession } from "../identity/tokens.ts";
import { Problem } from "./problem.ts";

export type App = { readonly Bindings: Env };
export type AppContext = Context<App>;

export const SESSION_COOKIE = "palimpsest-session";

/** Who is calling, or null. A bearer token counts from anywhere; the cookie only from pages that may use it. */
export async function callerOf(context: AppContext): Promise<Identity | null> {
  const bearer = /^Bearer (\S+)$/i.exec(context.req.header("authorization") ?? "")?.[1];
  if (bearer === undefined && !isOwnPage(context)) return null;
  const token = bearer ?? getCookie(context, SESSION_COOKIE);
  if (token === undefined) return null;
  const verified = await verifySession(token, await signingKey(new Directory(context.env.DIRECTORY)));
  return verified.ok ? verified.value : null;
}

/** @throws Problem when nobody is known */
export async function requireCaller(context: AppContext): Promise<Identity> {
  refuseForeignPage(context);
  const user = await callerOf(context);
  if (user === null) throw new Problem("unauthenticated");
  return user;
}

/** Browsers name the page's origin with everything that can change something; programs name none. */
export function refuseForeignPage(context: AppContext): void {
  if (context.req.header("authorization") === undefined && !isOwnPage(context))
    throw new Problem("foreign-origin");
}

export function isOwnPage(context: AppContext): boolean {
  const origin = context.req.header("origin");
  return origin === undefined || isAllowedOrigin(origin, context.req.url, context.env);
}

export function isAllowedOrigin(origin: string, url: string, env: Env): boolean {
  return origin === new URL(url).origin || (env.ALLOWED_ORIGINS ?? "").split(/\s+/).includes(origin);
}

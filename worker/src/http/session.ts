import type { Identity } from "@palimpsest/protocol";
import { Hono } from "hono";
import { setCookie } from "hono/cookie";
import * as v from "valibot";
import { Directory } from "../directory/directory.ts";
import { newGuest } from "../identity/guest.ts";
import { signingKey } from "../identity/signing-key.ts";
import { signSession } from "../identity/tokens.ts";
import { Color, PersonName, readBody } from "./body.ts";
import {
  type App,
  type AppContext,
  callerOf,
  refuseForeignPage,
  requireCaller,
  SESSION_COOKIE,
} from "./caller.ts";

const Chosen = v.object({ name: v.optional(PersonName), color: v.optional(Color) });

export const session = new Hono<App>()
  .get("/", async (context) => context.json({ user: await requireCaller(context) }))
  .post("/", async (context) => {
    refuseForeignPage(context);
    const chosen = await readBody(context, Chosen);
    const known = await callerOf(context);
    const user: Identity =
      known === null
        ? newGuest(chosen)
        : { id: known.id, name: chosen.name ?? known.name, color: chosen.color ?? known.color };
    return context.json({ user, token: await startSession(context, user) });
  });

async function startSession(context: AppContext, user: Identity): Promise<string> {
  const token = await signSession(user, await signingKey(new Directory(context.env.DIRECTORY)), Date.now());
  setCookie(context, SESSION_COOKIE, token, {
    httpOnly: true,
    sameSite: "Lax",
    secure: new URL(context.req.url).protocol === "https:",
    path: "/",
    maxAge: 400 * 24 * 3600,
  });
  return token;
}

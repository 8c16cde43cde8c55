import type { Identity, Role } from "@palimpsest/protocol";
import { Hono } from "hono";
import { Directory } from "../directory/directory.ts";
import { connectionRequest } from "../document/connection-headers.ts";
import { refusingSocket } from "../document/refusing-socket.ts";
import { ANONYMOUS } from "../identity/guest.ts";
import { signingKey } from "../identity/signing-key.ts";
import { verifyTicket } from "../identity/tokens.ts";
import { accessOf, documentStub } from "./access.ts";
import { type App, type AppContext, callerOf, isOwnPage } from "./caller.ts";
import { Problem } from "./problem.ts";

/** The WebSocket of a document: decides who is there and what they may do, then hands the socket to the object. */
export const sync = new Hono<App>().get("/:id", async (context) => {
  if (context.req.header("upgrade")?.toLowerCase() !== "websocket") throw new Problem("not-a-websocket");
  if (!isOwnPage(context)) throw new Problem("foreign-origin");
  const id = context.req.param("id");
  const token = context.req.query("token");
  const admitted =
    token === undefined ? await admitByAddress(context, id) : await admitByTicket(context, id, token);
  if (typeof admitted === "number") return refusingSocket(admitted, context.req.raw);
  const request = connectionRequest(context.req.raw, admitted.user, admitted.role);
  return documentStub(context.env, id).fetch(request);
});

interface Admitted {
  readonly user: Identity;
  readonly role: Role;
}

/** Whoever knows the address may do what the link allows; a session says who it is. */
async function admitByAddress(context: AppContext, id: string): Promise<Admitted | 4404 | 4410> {
  const user = (await callerOf(context)) ?? ANONYMOUS;
  const access = await accessOf(context.env, id, user);
  if (access === null) return 4404;
  if (access.entry.deletedAt !== null) return 4410;
  if (user !== ANONYMOUS) {
    const directory = new Directory(context.env.DIRECTORY);
    context.executionCtx.waitUntil(directory.recordVisit(user.id, id, Date.now()));
  }
  return { user, role: access.role };
}

async function admitByTicket(
  context: AppContext,
  id: string,
  token: string,
): Promise<Admitted | 4301 | 4401 | 4404> {
  const verified = await verifyTicket(token, await signingKey(new Directory(context.env.DIRECTORY)));
  if (!verified.ok) return verified.reason === "expired" ? 4301 : 4401;
  const { documentId, user, role } = verified.value;
  return documentId === id ? { user, role } : 4404;
}

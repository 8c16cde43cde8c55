import { Hono } from "hono";
import type { Env } from "./env.ts";
import { assets } from "./http/assets.ts";
import type { App } from "./http/caller.ts";
import { copies } from "./http/copies.ts";
import { documents } from "./http/documents.ts";
import { keeping } from "./http/keeping.ts";
import { lists } from "./http/lists.ts";
import { looking } from "./http/looking.ts";
import { moments } from "./http/moments.ts";
import { openapi } from "./http/openapi.ts";
import { onError, problemResponse } from "./http/problem.ts";
import { restoring } from "./http/restoring.ts";
import { session } from "./http/session.ts";
import { sync } from "./http/sync.ts";
import { trash } from "./http/trash.ts";
import { versions } from "./http/versions.ts";

export { DocumentObject } from "./document/object.ts";

/** Every route of the Worker. What is not here is an asset, or a page of the web app. */
export const app = new Hono<App>();
app.get("/api/openapi.json", (context) => context.json(openapi));
app.route("/api/session", session);
app.route("/api/documents", documents);
app.route("/api/documents", lists);
app.route("/api/documents", trash);
app.route("/api/documents", moments);
app.route("/api/documents", looking);
app.route("/api/documents", restoring);
app.route("/api/documents", versions);
app.route("/api/documents", copies);
app.route("/api/documents", keeping);
app.route("/api/documents", assets);
app.route("/sync", sync);
app.notFound(() => problemResponse("no-such-route"));
app.onError(onError);

export default app;

/**
 * The Worker and its assets behind one entry: for a server whose visitors come straight to the Worker. Cloudflare's
 * network serves assets itself and asks the Worker for the routes above alone (wrangler.toml).
 */
export const direct = {
  fetch(request: Request, env: Env, context: ExecutionContext): Response | Promise<Response> {
    const { pathname } = new URL(request.url);
    const isRoute = /^\/(api|sync)\//.test(pathname);
    return isRoute ? app.fetch(request, env, context) : env.ASSETS.fetch(request);
  },
};

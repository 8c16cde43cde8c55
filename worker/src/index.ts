import { Hono } from "hono";
import type { App } from "./http/caller.ts";
import { documents } from "./http/documents.ts";
import { moments } from "./http/moments.ts";
import { onError, problemResponse } from "./http/problem.ts";
import { session } from "./http/session.ts";
import { sync } from "./http/sync.ts";

export { DocumentObject } from "./document/object.ts";

const app = new Hono<App>();
app.route("/api/session", session);
app.route("/api/documents", documents);
app.route("/api/documents", moments);
app.route("/sync", sync);
app.notFound(() => problemResponse("no-such-route"));
app.onError(onError);

export default app;

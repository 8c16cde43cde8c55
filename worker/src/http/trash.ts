import { Hono } from "hono";
import { accessOf, openOwn } from "./access.ts";
import type { App } from "./caller.ts";
import { describe } from "./described.ts";
import { Problem } from "./problem.ts";

/** Documents go in two steps: for 30 days they can be brought back. */
export const trash = new Hono<App>()
  .delete("/:id", async (context) => {
    const forever = context.req.query("forever") ?? "0";
    if (forever !== "0" && forever !== "1") throw new Problem("bad-request", "forever must be 0 or 1.");
    const { document } = await openOwn(context);
    if (forever === "1") await document.deleteForever();
    else await document.moveToTrash();
    return context.body(null, 204);
  })
  .post("/:id/untrash", async (context) => {
    const { document, entry, user } = await openOwn(context);
    if (!(await document.takeFromTrash())) throw new Problem("not-found");
    const access = await accessOf(context.env, entry.id, user);
    if (access === null) throw new Problem("not-found");
    return context.json(describe(context, { ...access.entry, deletedAt: null }, access.role, user));
  });

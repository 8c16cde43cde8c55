import { Hono } from "hono";
import { openDocument } from "./access.ts";
import type { App } from "./caller.ts";
import { Problem } from "./problem.ts";
import { readFilter, readWhole } from "./query.ts";

const PAGE_LIMIT = 200;

/** What is kept of a document: the list and the picture of its history, and whether all of it is whole. */
export const keeping = new Hono<App>()
  .get("/:id/history", async (context) => {
    const { document } = await openDocument(context, "view");
    const before = readWhole(context, "before");
    const limit = readWhole(context, "limit") ?? 50;
    if (limit < 1 || limit > PAGE_LIMIT)
      throw new Problem("bad-request", `limit must be between 1 and ${PAGE_LIMIT}.`);
    return context.json(await document.history(before, limit, readFilter(context)));
  })
  .get("/:id/timeline", async (context) => {
    const { document } = await openDocument(context, "view");
    return context.json(await document.timeline());
  })
  .get("/:id/verify", async (context) => {
    const { document } = await openDocument(context, "view");
    return context.json(await document.verify());
  });

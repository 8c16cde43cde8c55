import { Hono } from "hono";
import { openDocument } from "./access.ts";
import type { App, AppContext } from "./caller.ts";
import { granted } from "./granted.ts";
import { Problem } from "./problem.ts";

/** What became of a document between two moments, and who wrote what stands there. */
export const looking = new Hono<App>()
  .get("/:id/diff", async (context) => {
    const { document } = await openDocument(context, "view");
    const from = context.req.query("from");
    if (from === undefined) throw new Problem("bad-request", "from must be a moment.");
    return answer(granted(await document.difference(from, context.req.query("to") ?? null)));
  })
  .get("/:id/authorship", async (context) => {
    const { document } = await openDocument(context, "view");
    return answer(granted(await document.authorship(momentOf(context))));
  });

export function momentOf(context: AppContext): string | null {
  return context.req.query("at") ?? null;
}

/** JSON that the document object has written. */
export function answer({ seq, json }: { readonly seq: number; readonly json: string }): Response {
  return new Response(json, {
    headers: {
      "content-type": "application/json",
      "x-content-type-options": "nosniff",
      "cache-control": "no-store",
      "x-palimpsest-seq": String(seq),
    },
  });
}

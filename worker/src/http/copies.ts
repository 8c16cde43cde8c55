import { Hono } from "hono";
import * as v from "valibot";
import { openDocument } from "./access.ts";
import { Moment, readBody, Title } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { granted } from "./granted.ts";
import { makeDocument } from "./new-document.ts";

const Copying = v.object({ at: v.optional(Moment), title: v.optional(Title) });

/** Documents that are made from others. */
export const copies = new Hono<App>().post("/:id/copy", async (context) => {
  const user = await requireCaller(context);
  const { document } = await openDocument(context, "edit");
  const { at, title } = await readBody(context, Copying);
  const copy = granted(await document.copy(at === undefined ? null : String(at), title ?? null));
  const made = await makeDocument(context, user, async (target, id) => {
    granted(await target.createFrom(id, user, copy.update));
    return copy.title;
  });
  return context.json(made, 201);
});

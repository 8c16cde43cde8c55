import { Hono } from "hono";
import * as v from "valibot";
import { openDocument } from "./access.ts";
import { Description, readBody, SeqNumber, VersionName } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { granted } from "./granted.ts";
import { readFilter } from "./query.ts";

const NewVersion = v.object({
  name: VersionName,
  description: v.optional(Description, ""),
  seq: v.optional(SeqNumber),
});
const Correction = v.pipe(
  v.object({ name: v.optional(VersionName), description: v.optional(Description) }),
  v.check(({ name, description }) => name !== undefined || description !== undefined, "name or description"),
);

/** The moments of a document that have a name. */
export const versions = new Hono<App>()
  .get("/:id/versions", async (context) => {
    const { document } = await openDocument(context, "view");
    return context.json(await document.versions(readFilter(context) === "named"));
  })
  .post("/:id/versions", async (context) => {
    const user = await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { seq, ...named } = await readBody(context, NewVersion);
    const at = seq === undefined ? null : String(seq);
    const { ok, ...version } = granted(await document.nameVersion({ ...named, at }, user));
    return context.json(version, 201);
  })
  .patch("/:id/versions/:version", async (context) => {
    await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { name, description } = await readBody(context, Correction);
    const change = {
      ...(name === undefined ? {} : { name }),
      ...(description === undefined ? {} : { description }),
    };
    const { ok, ...version } = granted(await document.updateVersion(context.req.param("version"), change));
    return context.json(version);
  })
  .delete("/:id/versions/:version", async (context) => {
    await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    granted(await document.removeVersion(context.req.param("version")));
    return context.body(null, 204);
  });

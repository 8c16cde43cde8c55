import type { ClientId } from "@palimpsest/protocol";
import type { Id, Place } from "@palimpsest/ydoc";
import { Hono } from "hono";
import * as v from "valibot";
import type { RestoreRequest } from "../document/restoring.ts";
import { openDocument } from "./access.ts";
import { Moment, readBody, SeqNumber } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { granted } from "./granted.ts";
import { Problem } from "./problem.ts";

/** As `content?ids=1` and the comparison name nodes. */
const NodeId = v.pipe(v.string(), v.regex(/^\d{1,10}:\d{1,10}$/, "must be client:clock"));
const Offset = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const TextPlace = v.strictObject({ block: NodeId, offset: Offset });

const Whole = v.strictObject({ to: Moment });
const Blocks = v.strictObject({
  to: Moment,
  blocks: v.pipe(v.array(NodeId), v.minLength(1), v.maxLength(1_000)),
});
const Selection = v.strictObject({
  to: Moment,
  selection: v.strictObject({ from: TextPlace, to: TextPlace }),
});
const Passage = v.strictObject({
  from: Moment,
  to: Moment,
  change: v.pipe(SeqNumber, v.minValue(1)),
});
const Undo = v.strictObject({ undo: SeqNumber });
const Person = v.strictObject({
  by: v.pipe(v.string(), v.minLength(1), v.maxLength(100)),
  after: SeqNumber,
  through: SeqNumber,
});
const forms = [
  "{to}",
  "{to, blocks}",
  "{to, selection}",
  "{from, to, change}",
  "{undo}",
  "{by, after, through}",
] as const;
const Restore = v.union(
  [Whole, Blocks, Selection, Passage, Undo, Person],
  `The body must be one of ${forms.join(", ")}.`,
);

/** Bringing something back, and what others wrote meanwhile into what went by it. */
export const restoring = new Hono<App>()
  .post("/:id/restore", async (context) => {
    const user = await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { ok, ...restored } = granted(
      await document.restore(requestOf(await readBody(context, Restore)), user),
    );
    return context.json(restored);
  })
  .get("/:id/rescues", async (context) => {
    const { document } = await openDocument(context, "view");
    const { rescues } = granted(await document.rescues());
    return context.json({ rescues });
  })
  .post("/:id/rescues/:rescue", async (context) => {
    const user = await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { seq, changed } = granted(await document.putBack(rescueOf(context.req.param("rescue")), user));
    return context.json({ seq, changed });
  })
  .delete("/:id/rescues/:rescue", async (context) => {
    await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    granted(await document.dismissRescue(rescueOf(context.req.param("rescue"))));
    return context.body(null, 204);
  });

function requestOf(body: v.InferOutput<typeof Restore>): RestoreRequest {
  if ("undo" in body) return { kind: "undo", seq: body.undo };
  if ("by" in body) return { kind: "person", userId: body.by, after: body.after, through: body.through };
  const to = String(body.to);
  if ("blocks" in body) return { kind: "blocks", to, blocks: body.blocks.map(idOf) };
  if ("selection" in body) {
    return { kind: "selection", to, from: placeOf(body.selection.from), until: placeOf(body.selection.to) };
  }
  if ("change" in body) return { kind: "passage", from: String(body.from), to, change: body.change };
  return { kind: "whole", to };
}

function placeOf({ block, offset }: v.InferOutput<typeof TextPlace>): Place {
  return { block: idOf(block), offset };
}

function idOf(text: string): Id {
  const [client, clock] = text.split(":").map(Number);
  return { client: client as ClientId, clock: clock as number };
}

function rescueOf(id: string): string {
  if (!/^\d{1,15}-\d{1,10}-\d{1,10}$/.test(id)) throw new Problem("unknown-rescue");
  return id;
}

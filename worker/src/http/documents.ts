import type { ClientId } from "@palimpsest/protocol";
import { jsonToYUpdate, markdownToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { Hono } from "hono";
import * as v from "valibot";
import { Directory } from "../directory/directory.ts";
import { signingKey } from "../identity/signing-key.ts";
import { signTicket } from "../identity/tokens.ts";
import { accessOf, type DocumentStub, openAnywhere, openDocument } from "./access.ts";
import { Markdown, readBody, Title } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { describe } from "./described.ts";
import { givenContent, MAX_CONTENT_BYTES } from "./given-content.ts";
import { makeDocument } from "./new-document.ts";
import { Problem } from "./problem.ts";

const NewDocument = v.object({
  title: v.optional(Title, ""),
  markdown: v.optional(Markdown),
  json: v.optional(v.unknown()),
});
const Renaming = v.object({ title: Title });

export const documents = new Hono<App>()
  .post("/", async (context) => {
    const user = await requireCaller(context);
    const { title, markdown, json } = await readBody(context, NewDocument, MAX_CONTENT_BYTES);
    const content = givenContent(markdown, json);
    const seed = content === null && title === "" ? null : seedUpdate(title, content ?? markdownToJSON(""));
    const fill = async (document: DocumentStub, id: string) => {
      await document.create(id, user, seed);
      return title;
    };
    const made = await makeDocument(context, user, fill, seed === null);
    return context.json(made, 201);
  })
  .get("/:id", async (context) => {
    const { entry, role, user, isOwner } = await openAnywhere(context, "view");
    // its owner has to be able to see what could be brought back
    if (entry.deletedAt !== null && !isOwner) throw new Problem("in-trash");
    return context.json(describe(context, entry, role, user));
  })
  .patch("/:id", async (context) => {
    const { entry, role, user, document } = await openDocument(context, "edit");
    const { title } = await readBody(context, Renaming);
    await document.rename(title, user);
    await document.tell();
    return context.json(describe(context, { ...entry, title, updatedAt: Date.now() }, role, user));
  })
  .post("/:id/ticket", async (context) => {
    const user = await requireCaller(context);
    const access = await accessOf(context.env, context.req.param("id"), user);
    if (access === null) throw new Problem("not-found");
    if (access.entry.deletedAt !== null) throw new Problem("in-trash");
    const directory = new Directory(context.env.DIRECTORY);
    const now = Date.now();
    const ticket = { user, documentId: access.entry.id, role: access.role };
    const signed = await signTicket(ticket, await signingKey(directory), now);
    context.executionCtx.waitUntil(directory.recordVisit(user.id, access.entry.id, now));
    return context.json({ ...signed, role: access.role });
  });

function seedUpdate(title: string, json: ProseMirrorJSON): Uint8Array {
  const [clientId = 1] = crypto.getRandomValues(new Uint32Array(1));
  return jsonToYUpdate({ json, title, clientId: clientId as ClientId });
}

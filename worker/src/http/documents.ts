import type { ClientId } from "@palimpsest/protocol";
import { checkJSON, jsonToYUpdate, markdownToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { Hono } from "hono";
import * as v from "valibot";
import { Directory } from "../directory/directory.ts";
import { signingKey } from "../identity/signing-key.ts";
import { signTicket } from "../identity/tokens.ts";
import { accessOf, type DocumentStub, openAnywhere, openDocument } from "./access.ts";
import { Markdown, readBody, Title } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { describe } from "./described.ts";
import { isTooLarge } from "./document-size.ts";
import { makeDocument } from "./new-document.ts";
import { Problem } from "./problem.ts";

const NewDocument = v.object({
  title: v.optional(Title, ""),
  markdown: v.optional(Markdown),
  json: v.optional(v.unknown()),
});
/** As JSON a long text takes several times the room that it takes as Markdown. */
const MAX_NEW_DOCUMENT_BYTES = 8 * 1024 * 1024;
const Renaming = v.object({ title: Title });

export const documents = new Hono<App>()
  .post("/", async (context) => {
    const user = await requireCaller(context);
    const { title, markdown, json } = await readBody(context, NewDocument, MAX_NEW_DOCUMENT_BYTES);
    const content = contentOf(markdown, json);
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

/** @throws Problem for what is no document, or too large for one */
function contentOf(markdown: string | undefined, json: unknown): ProseMirrorJSON | null {
  if (json === undefined) return markdown === undefined ? null : fitting(markdownToJSON(markdown));
  if (markdown !== undefined) throw new Problem("bad-request", "Give markdown or json, not both.");
  const checked = checkJSON(json);
  if (!checked.ok) throw new Problem("bad-request", `json: ${checked.reason}`);
  return fitting(json as ProseMirrorJSON);
}

function fitting(json: ProseMirrorJSON): ProseMirrorJSON {
  if (isTooLarge(json)) throw new Problem("document-too-large");
  return json;
}

function seedUpdate(title: string, json: ProseMirrorJSON): Uint8Array {
  const [clientId = 1] = crypto.getRandomValues(new Uint32Array(1));
  return jsonToYUpdate({ json, title, clientId: clientId as ClientId });
}

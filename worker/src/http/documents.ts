import type { ClientId, Identity, Role } from "@palimpsest/protocol";
import { checkJSON, jsonToYUpdate, markdownToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { Hono } from "hono";
import * as v from "valibot";
import { Directory, type DirectoryEntry } from "../directory/directory.ts";
import { signingKey } from "../identity/signing-key.ts";
import { signTicket } from "../identity/tokens.ts";
import { accessOf, openDocument } from "./access.ts";
import { Markdown, readBody, Title } from "./body.ts";
import { type App, type AppContext, requireCaller } from "./caller.ts";
import { isTooLarge } from "./document-size.ts";
import { addressOf, makeDocument } from "./new-document.ts";
import { Problem } from "./problem.ts";

const NewDocument = v.object({
  title: v.optional(Title, ""),
  markdown: v.optional(Markdown),
  json: v.optional(v.unknown()),
});
/** As JSON a long text takes several times the room that it takes as Markdown. */
const MAX_NEW_DOCUMENT_BYTES = 8 * 1024 * 1024;
const Renaming = v.object({ title: Title });
const LIST_LIMIT = 500;

export const documents = new Hono<App>()
  .get("/", async (context) => {
    const user = await requireCaller(context);
    const entries = await new Directory(context.env.DIRECTORY).list(user.id, LIST_LIMIT);
    const documents = entries.map((entry) => ({
      ...describe(context, entry, roleIn(entry, user)),
      openedAt: entry.openedAt === null ? null : new Date(entry.openedAt).toISOString(),
    }));
    return context.json({ documents });
  })
  .post("/", async (context) => {
    const user = await requireCaller(context);
    const { title, markdown, json } = await readBody(context, NewDocument, MAX_NEW_DOCUMENT_BYTES);
    const content = contentOf(markdown, json);
    const seed = content === null && title === "" ? null : seedUpdate(title, content ?? markdownToJSON(""));
    const made = await makeDocument(context, user, async (document, id) => {
      await document.create(id, user, seed);
      return title;
    });
    return context.json(made, 201);
  })
  .get("/:id", async (context) => {
    const { entry, role } = await openDocument(context, "view");
    return context.json(describe(context, entry, role));
  })
  .patch("/:id", async (context) => {
    const { entry, role, user, document } = await openDocument(context, "edit");
    const { title } = await readBody(context, Renaming);
    await document.rename(title, user);
    const updatedAt = Date.now();
    await new Directory(context.env.DIRECTORY).update(entry.id, title, updatedAt);
    return context.json(describe(context, { ...entry, title, updatedAt }, role));
  })
  .delete("/:id", async (context) => {
    const { entry, isOwner, document } = await openDocument(context, "edit");
    if (!isOwner) throw new Problem("forbidden", "Only the owner can delete a document.");
    await new Directory(context.env.DIRECTORY).moveToTrash(entry.id, Date.now());
    await document.closeAll();
    return context.body(null, 204);
  })
  .post("/:id/ticket", async (context) => {
    const user = await requireCaller(context);
    const access = await accessOf(context.env, context.req.param("id"), user);
    if (access === null) throw new Problem("not-found");
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

function roleIn(entry: DirectoryEntry, user: Identity): Role {
  return entry.owner === user.id || entry.linkRole === "edit" ? "edit" : "view";
}

function describe(context: AppContext, entry: DirectoryEntry, role: Role) {
  return {
    id: entry.id,
    title: entry.title,
    url: addressOf(context, entry.id),
    createdAt: new Date(entry.createdAt).toISOString(),
    updatedAt: new Date(entry.updatedAt).toISOString(),
    role,
  };
}

import type { Identity, Role } from "@palimpsest/protocol";
import { Directory, type DirectoryEntry } from "../directory/directory.ts";
import type { Env } from "../env.ts";
import { ANONYMOUS } from "../identity/guest.ts";
import { isDocumentId } from "../identity/random-id.ts";
import { type AppContext, callerOf, refuseForeignPage } from "./caller.ts";
import { Problem } from "./problem.ts";

export interface Access {
  readonly entry: DirectoryEntry;
  readonly role: Role;
  readonly isOwner: boolean;
}

/** What a person may do with a document, in the trash or not; null when for them it does not exist. */
export async function accessOf(env: Env, id: string, user: Identity): Promise<Access | null> {
  if (!isDocumentId(id)) return null;
  const entry = await new Directory(env.DIRECTORY).find(id);
  if (entry === null) return null;
  const isOwner = entry.owner === user.id;
  const role = isOwner ? "edit" : entry.linkRole;
  return role === "none" ? null : { entry, role, isOwner };
}

export type DocumentStub = ReturnType<typeof documentStub>;

/** The document object of an id that was authorized: never called with anything a client merely claims. */
export function documentStub(env: Env, id: string) {
  return env.DOCUMENTS.getByName(id);
}

export interface OpenedDocument extends Access {
  readonly user: Identity;
  readonly document: DocumentStub;
}

/**
 * The document of the route's `:id`, for a caller who may do `need` with it.
 *
 * @throws Problem `not-found` alike for what does not exist and what the caller may not see
 */
export async function openDocument(context: AppContext, need: Role): Promise<OpenedDocument> {
  const opened = await openAnywhere(context, need);
  if (opened.entry.deletedAt !== null) throw new Problem("in-trash");
  return opened;
}

/**
 * The same for what only the owner may do, with a document in the trash as well.
 *
 * @throws Problem
 */
export async function openOwn(context: AppContext): Promise<OpenedDocument> {
  const opened = await openAnywhere(context, "edit");
  if (!opened.isOwner)
    throw new Problem("forbidden", "Only the owner can delete a document or bring it back.");
  return opened;
}

/** The document of the route's `:id`, in the trash or not. */
export async function openAnywhere(context: AppContext, need: Role): Promise<OpenedDocument> {
  if (need === "edit") refuseForeignPage(context);
  const user = (await callerOf(context)) ?? ANONYMOUS;
  const id = context.req.param("id") ?? "";
  const access = await accessOf(context.env, id, user);
  if (access === null) throw new Problem("not-found");
  if (need === "edit" && access.role !== "edit") throw new Problem("forbidden");
  return { ...access, user, document: documentStub(context.env, id) };
}

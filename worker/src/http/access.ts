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

/** What a person may do with a document; null when for them it does not exist. */
export async function accessOf(env: Env, id: string, user: Identity): Promise<Access | null> {
  if (!isDocumentId(id)) return null;
  const entry = await new Directory(env.DIRECTORY).find(id);
  if (entry === null) return null;
  const isOwner = entry.owner === user.id;
  const role = isOwner ? "edit" : entry.linkRole;
  return role === "none" ? null : { entry, role, isOwner };
}

/** The document object of an id that was authorized: never called with anything a client merely claims. */
export function documentStub(env: Env, id: string) {
  return env.DOCUMENTS.getByName(id);
}

export interface OpenedDocument extends Access {
  readonly user: Identity;
  readonly document: ReturnType<typeof documentStub>;
}

/**
 * The document of the route's `:id`, for a caller who may do `need` with it.
 *
 * @throws Problem `not-found` alike for what does not exist and what the caller may not see
 */
export async function openDocument(context: AppContext, need: Role): Promise<OpenedDocument> {
  if (need === "edit") refuseForeignPage(context);
  const user = (await callerOf(context)) ?? ANONYMOUS;
  const id = context.req.param("id") ?? "";
  const access = await accessOf(context.env, id, user);
  if (access === null) throw new Problem("not-found");
  if (need === "edit" && access.role !== "edit") throw new Problem("forbidden");
  return { ...access, user, document: documentStub(context.env, id) };
}

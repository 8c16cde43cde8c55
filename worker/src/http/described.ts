import type { Identity, Role } from "@palimpsest/protocol";
import type { DirectoryEntry } from "../directory/directory.ts";
import type { ListedEntry } from "../directory/listing.ts";
import { TRASH_MS } from "../document/trash.ts";
import type { AppContext } from "./caller.ts";
import { addressOf } from "./new-document.ts";

/** What is told of a document to somebody who may see it. */
export function describe(context: AppContext, entry: DirectoryEntry, role: Role, user: Identity) {
  const { owner, ownerName, changedBy, deletedAt } = entry;
  return {
    id: entry.id,
    title: entry.title,
    url: addressOf(context, entry.id),
    createdAt: time(entry.createdAt),
    updatedAt: time(entry.updatedAt),
    role,
    owner: { id: owner, name: ownerName },
    isOwner: owner === user.id,
    changedBy,
    deletedAt: deletedAt === null ? null : time(deletedAt),
    purgedAt: deletedAt === null ? null : time(deletedAt + TRASH_MS),
  };
}

/** The same in somebody's list, with what concerns them alone. */
export function describeListed(context: AppContext, entry: ListedEntry, user: Identity) {
  const role = entry.owner === user.id || entry.linkRole === "edit" ? "edit" : "view";
  return {
    ...describe(context, entry, role, user),
    openedAt: entry.openedAt === null ? null : time(entry.openedAt),
    starred: entry.isStarred,
    found: entry.found,
  };
}

function time(ms: number): string {
  return new Date(ms).toISOString();
}

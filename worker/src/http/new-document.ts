import type { Identity } from "@palimpsest/protocol";
import { Directory } from "../directory/directory.ts";
import { randomId } from "../identity/random-id.ts";
import { documentStub } from "./access.ts";
import type { AppContext } from "./caller.ts";

export interface MadeDocument {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/**
 * A new document of the caller's.
 *
 * @param fill makes it and puts into it what it begins with; @returns its title
 */
export async function makeDocument(
  context: AppContext,
  owner: Identity,
  fill: (document: ReturnType<typeof documentStub>, id: string) => Promise<string>,
): Promise<MadeDocument> {
  const id = randomId();
  const title = await fill(documentStub(context.env, id), id);
  const now = Date.now();
  const entry = { id, title, owner: owner.id, linkRole: "edit", createdAt: now, updatedAt: now } as const;
  // the directory last: what it does not list cannot be opened, so a failure leaves nothing half made
  await new Directory(context.env.DIRECTORY).add(entry);
  return { id, title, url: addressOf(context, id) };
}

/** Where people open a document. */
export function addressOf(context: AppContext, id: string): string {
  return new URL(`/d/${id}`, context.req.url).href;
}

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
 * @param isEmpty nothing is put into it, not even a title
 */
export async function makeDocument(
  context: AppContext,
  owner: Identity,
  fill: (document: ReturnType<typeof documentStub>, id: string) => Promise<string>,
  isEmpty = false,
): Promise<MadeDocument> {
  const id = randomId();
  const document = documentStub(context.env, id);
  const title = await fill(document, id);
  // the directory last: what it does not list cannot be opened, so a failure leaves nothing half made
  const entry = { id, title, owner, linkRole: "edit", createdAt: Date.now(), isEmpty } as const;
  await new Directory(context.env.DIRECTORY).add(entry);
  // or its text would be found only after the first alarm
  if (!isEmpty) await document.tell();
  return { id, title, url: addressOf(context, id) };
}

/** Where people open a document. */
export function addressOf(context: AppContext, id: string): string {
  return new URL(`/d/${id}`, context.req.url).href;
}

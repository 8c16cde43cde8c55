import { META_NAME, TITLE_KEY, yDocTitle } from "@palimpsest/schema";
import type { StoredAsset } from "@palimpsest/store";
import {
  admit,
  changeDocument,
  compact,
  compactWithoutDocument,
  deleteSetOf,
  EMPTY_UPDATE,
  joinUpdates,
  type KnownState,
  materialize,
  projectRoot,
  withinBudget,
  withoutDeleted,
} from "@palimpsest/ydoc";
import type { DocumentAssets } from "../assets/document-assets.ts";
import type { DocumentParts } from "./document-parts.ts";
import { type MomentProblem, resolveMoment, updatesAt } from "./moment.ts";
import { newClientId } from "./new-client-id.ts";
import { streamOf } from "./stream-of.ts";

export interface Copied {
  readonly ok: true;
  readonly title: string;
  /** The first change of the new document. */
  readonly update: ReadableStream;
  /** The files that it refers to. */
  readonly files: readonly StoredAsset[];
}

/** What a title may be long, as when somebody renames a document. */
const MAX_TITLE = 200;

/**
 * The state at a moment as the first change of another document, under a title of its own.
 *
 * It keeps the ids that the text has here. In the new document they all belong to who copies, since they come in one
 * change of theirs; nobody else can have use for them there, because an editor writes under a new client id in each
 * document that it opens. So a document of any size is copied without being understood, nodes of a newer schema
 * included. What was deleted does not come along.
 *
 * @param title null for one that says of what it is a copy
 */
export function copyOf(
  { store, host }: DocumentParts,
  files: DocumentAssets,
  at: string | null,
  title: string | null,
): Copied | MomentProblem {
  const now = Date.now();
  host.flush(now);
  const moment = resolveMoment(at, store, now);
  if (!moment.ok) return moment;
  const state = stateOf(updatesAt(moment.seq, store));
  const titles = projectRoot([state], META_NAME);
  const chosen = title ?? titleOfCopy(titleIn(titles));
  const renaming = changeDocument([titles], newClientId(store), (doc) => {
    const meta = doc.getMap(META_NAME);
    if (meta.get(TITLE_KEY) !== chosen) meta.set(TITLE_KEY, chosen);
  });
  const update = renaming === null ? state : joinUpdates([state, renaming]);
  return { ok: true, title: chosen, update: streamOf(update), files: files.usedIn(update) };
}

const nothing: KnownState = { stateVector: new Map(), deleteSet: () => deleteSetOf(EMPTY_UPDATE) };

/** Whether a whole state can be the first change of a document: what many people wrote may be too much for one. */
export function canBegin(update: Uint8Array): boolean {
  return admit(update, nothing).kind === "new";
}

function stateOf(updates: readonly Uint8Array[]): Uint8Array {
  const fitting = withinBudget(updates);
  if (fitting === null) return withoutDeleted(compactWithoutDocument(updates).update);
  const doc = materialize(fitting);
  try {
    return compact(doc).update;
  } finally {
    doc.destroy();
  }
}

function titleIn(titles: Uint8Array): string {
  const doc = materialize([titles]);
  try {
    return yDocTitle(doc);
  } finally {
    doc.destroy();
  }
}

/** What stands in a document as its title may have been put there by any program. */
function titleOfCopy(of: string): string {
  const line = of.replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ").trim();
  return `Copy of ${line === "" ? "Untitled" : line}`.slice(0, MAX_TITLE).toWellFormed();
}

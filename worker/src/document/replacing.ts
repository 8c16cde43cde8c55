import type { Identity } from "@palimpsest/protocol";
import { type ProseMirrorJSON, replaceText } from "@palimpsest/schema";
import { changeDocument, withinBudget } from "@palimpsest/ydoc";
import type { DocumentParts } from "./document-parts.ts";
import { TOO_LARGE, type TooLarge, updatesAt } from "./moment.ts";
import { newClientId } from "./new-client-id.ts";
import { keepPresent } from "./versions.ts";

export interface Replaced {
  readonly ok: true;
  /** The newest position afterwards. */
  readonly seq: number;
  /** False when the document read like that already: then nothing was written. */
  readonly changed: boolean;
  /** The version that holds what stood there before; null when nothing stood there, or nothing changed. */
  readonly kept: string | null;
}

/** Puts another text into the document, as one edit that open editors receive like any other. */
export function replaceContent(
  parts: DocumentParts,
  json: ProseMirrorJSON,
  user: Identity,
): Replaced | TooLarge {
  const { store, host } = parts;
  const now = Date.now();
  host.flush(now);
  const { head } = store.stats();
  const updates = withinBudget(updatesAt(head, store));
  if (updates === null) return TOO_LARGE;
  const update = changeDocument(updates, newClientId(store), (doc) => replaceText(doc, json));
  if (update === null) return { ok: true, seq: head, changed: false, kept: null };
  const kept = keepPresent(parts, "Before importing", user);
  const seq = host.dispatch({ kind: "edit", as: "import", user, update, now });
  host.dispatch({ kind: "notify", notice: { kind: "history" } });
  return { ok: true, seq, changed: true, kept };
}

import { updateYFragment } from "@tiptap/y-tiptap";
import type * as Y from "yjs";
import type { ProseMirrorJSON } from "./documentJSON.ts";
import { documentSchema } from "./documentSchema.ts";
import { FRAGMENT_NAME, META_NAME, TITLE_KEY } from "./schemaVersion.ts";

/**
 * Makes a document exactly what `json` and `title` say, in one transaction, by a small change: blocks that are the same
 * keep their identity. For a text of which nothing but its content is known.
 *
 * @param json valid under the schema
 * @throws RangeError if it is not
 */
export function replaceDocument(doc: Y.Doc, json: ProseMirrorJSON, title: string): void {
  const wanted = documentSchema().nodeFromJSON(json);
  wanted.check();
  doc.transact(() => {
    const meta = doc.getMap(META_NAME);
    if ((meta.get(TITLE_KEY) ?? "") !== title) meta.set(TITLE_KEY, title);
    updateYFragment(doc, doc.getXmlFragment(FRAGMENT_NAME), wanted, {
      mapping: new Map(),
      isOMark: new Map(),
    });
  });
}

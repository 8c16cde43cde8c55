import { FRAGMENT_NAME } from "@palimpsest/schema";
import { type Content, Extension, type Extensions } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { initProseMirrorDoc } from "@tiptap/y-tiptap";
import type { Room } from "../document/useRoom.ts";

type SyncOptions = NonNullable<(typeof Collaboration)["options"]["ySyncOptions"]>;

/**
 * The binding to the shared document, with the editor starting from its text.
 *
 * Left to itself the binding starts from an empty page and puts the text in when its view is made, which is again whenever a menu
 * adds a plugin. Each time every block is a new object that equals the old: the view keeps the old ones, and from then on
 * compares the whole text word by word at every key.
 */
export function boundToText({ doc, provider }: Room): Extensions {
  const fragment = doc.getXmlFragment(FRAGMENT_NAME);
  // An empty page has no text to start from, and stays empty until somebody writes.
  if (fragment.length === 0)
    return [Collaboration.configure({ document: doc, field: FRAGMENT_NAME, provider })];
  const mapping: NonNullable<SyncOptions["mapping"]> = new Map();
  return [
    Collaboration.configure({ document: doc, field: FRAGMENT_NAME, provider, ySyncOptions: { mapping } }),
    Extension.create({
      name: "firstRender",
      onBeforeCreate() {
        const { doc: text, mapping: found } = initProseMirrorDoc(fragment, this.editor.schema);
        mapping.clear();
        for (const [type, node] of found) mapping.set(type, node);
        // It takes a node as it is; its type only speaks of JSON.
        this.editor.options.content = text as unknown as Content;
      },
    }),
  ];
}

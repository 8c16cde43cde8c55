import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { copiedText } from "./copiedText.ts";
import { MarkedSerializer } from "./markedSerializer.ts";

/** What is copied or cut is Markdown as plain text, and as HTML the schema's own, with the name of the document. */
export const Copying = Extension.create<{ documentId: string }>({
  name: "copying",

  addOptions() {
    return { documentId: "" };
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("copying"),
        props: {
          clipboardTextSerializer: copiedText,
          clipboardSerializer: new MarkedSerializer(this.editor.schema, this.options.documentId),
        },
      }),
    ];
  },
});

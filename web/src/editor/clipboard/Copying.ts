import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { whenSettled } from "../../app/settled.ts";
import { copiedText } from "./copiedText.ts";
import { MarkedSerializer } from "./markedSerializer.ts";

let toMarkdown: ((json: unknown) => string) | null = null;
whenSettled(async () => {
  toMarkdown = (await import("./toMarkdown.ts")).jsonToMarkdown;
});

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
          clipboardTextSerializer: (slice) => copiedText(slice, toMarkdown),
          clipboardSerializer: new MarkedSerializer(this.editor.schema, this.options.documentId),
        },
      }),
    ];
  },
});

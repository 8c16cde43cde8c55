import { isSafeHref } from "@palimpsest/schema";
import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { editLink } from "./linkEditing.ts";

/** Ctrl/Cmd+K makes words a link, or edits the one with the caret; elsewhere it is the page's. Ctrl/Cmd+click follows it, a plain click only puts the caret there. */
export const LinkKeys = Extension.create({
  name: "linkKeys",

  addKeyboardShortcuts() {
    return {
      "Mod-k": () => {
        const { editor } = this;
        const meant = !editor.state.selection.empty || editor.isActive("link");
        if (!editor.isEditable || !meant || editor.isActive("codeBlock")) return false;
        editLink();
        return true;
      },
    };
  },

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("linkKeys"),
        props: {
          handleClick: (_view, _pos, event) => {
            if (!(event.metaKey || event.ctrlKey) || !(event.target instanceof Element)) return false;
            const href = event.target.closest("a")?.getAttribute("href");
            if (!isSafeHref(href)) return false;
            window.open(href, "_blank", "noopener,noreferrer");
            return true;
          },
        },
      }),
    ];
  },
});

import type { AssetAddress } from "@palimpsest/schema";
import { Extension } from "@tiptap/core";
import { NodeSelection, Plugin, PluginKey } from "@tiptap/pm/state";
import { FileView } from "./FileView.ts";
import { ImageView } from "./ImageView.ts";

/** How pictures and files are drawn: in the text as it is, and in what it was. */
export const Pictures = Extension.create<{ assetAddress: AssetAddress }>({
  name: "pictures",

  addOptions() {
    return { assetAddress: () => null };
  },

  addProseMirrorPlugins() {
    const { assetAddress } = this.options;
    return [
      new Plugin({
        key: new PluginKey("pictures"),
        props: {
          nodeViews: {
            image: (node, view, getPos) => new ImageView(node, view, getPos, assetAddress),
            file: (node) => new FileView(node, assetAddress),
          },
          // With the picture chosen, Enter leads into its menu, as it leads into what a button opens.
          handleKeyDown: (view, event) => {
            const { selection } = view.state;
            const isPicture = selection instanceof NodeSelection && selection.node.type.name === "image";
            if (event.key !== "Enter" || !isPicture || !view.editable) return false;
            const first = document.querySelector<HTMLElement>("[data-testid=image-menu] button");
            first?.focus();
            return first !== null;
          },
        },
      }),
    ];
  },
});

import type { AssetAddress } from "@palimpsest/schema";
import { Extension } from "@tiptap/core";
import { NodeSelection, Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
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
    const drawn = new Set<ImageView>();
    return [
      new Plugin({
        key: new PluginKey("pictures"),
        view: ({ editable }) => new Rights(editable, drawn),
        props: {
          nodeViews: {
            image: (node, view, getPos) => new ImageView(node, view, getPos, assetAddress, drawn),
            file: (node) => new FileView(node, assetAddress),
          },
          // A letter would take the place of what is chosen: nobody who types means that of a picture.
          handleTextInput: (view, _from, _to, text) => {
            const { selection, schema } = view.state;
            if (!(selection instanceof NodeSelection) || !/^(image|file)$/.test(selection.node.type.name))
              return false;
            const line = schema.node("paragraph", null, [schema.text(text)]);
            const tr = view.state.tr.insert(selection.to, line);
            view.dispatch(
              tr.setSelection(TextSelection.create(tr.doc, selection.to + 1 + text.length)).scrollIntoView(),
            );
            return true;
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

/** What is drawn of a picture depends on who looks at it: nothing else tells it that this has changed. */
class Rights {
  #editable: boolean;
  readonly #drawn: ReadonlySet<ImageView>;

  constructor(editable: boolean, drawn: ReadonlySet<ImageView>) {
    this.#editable = editable;
    this.#drawn = drawn;
  }

  update({ editable }: EditorView): void {
    if (editable === this.#editable) return;
    this.#editable = editable;
    for (const picture of this.#drawn) picture.mayWriteChanged();
  }
}

import { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import { DecorationSet, type EditorView } from "@tiptap/pm/view";
import { previewExtensions } from "../../editor/liveExtensions.ts";
import { stepBetween } from "./nodes.ts";

type Layer = "pieces" | "current" | "chosen";

const keys: Readonly<Record<Layer, PluginKey<DecorationSet>>> = {
  pieces: new PluginKey("pastPieces"),
  current: new PluginKey("pastCurrent"),
  chosen: new PluginKey("pastChosen"),
};

function layer(name: Layer): Plugin {
  const key = keys[name];
  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply: (transaction, set) => {
        const next: unknown = transaction.getMeta(key);
        if (next instanceof DecorationSet) return next;
        return transaction.docChanged ? DecorationSet.empty : set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
  });
}

// The table extension repairs tables whose rows differ in length, as those of a comparison do: what is shown would no longer
// be what was asked for.
const extensions = (documentId: string) =>
  previewExtensions(documentId).map((each) =>
    each.name === "table" ? each.extend({ addProseMirrorPlugins: () => [] }) : each,
  );

/** The read-only text of the past. Going from one document to the next redraws only what differs, and leaves the scrolling alone. */
export class PastText {
  readonly #editor: Editor;

  constructor(element: HTMLElement, documentId: string, label: string, description: string) {
    this.#editor = new Editor({
      element,
      extensions: extensions(documentId),
      editable: false,
      injectCSS: false,
      editorProps: {
        attributes: {
          class: "content past-content",
          role: "document",
          "aria-label": label,
          "aria-description": description,
          tabindex: "0",
        },
      },
    });
    for (const name of ["pieces", "current", "chosen"] as const) this.#editor.registerPlugin(layer(name));
  }

  get view(): EditorView {
    return this.#editor.view;
  }

  get doc(): Node {
    return this.#editor.state.doc;
  }

  show(doc: Node, pieces: DecorationSet = DecorationSet.empty): void {
    const { tr } = this.#editor.state;
    const step = stepBetween(tr.doc, doc);
    if (step !== null) tr.step(step);
    tr.setMeta(keys.pieces, pieces).setMeta(keys.current, DecorationSet.empty);
    // The link extension would else turn the addresses of the past into links.
    this.view.dispatch(tr.setMeta("preventAutolink", true));
  }

  mark(name: "current" | "chosen", set: DecorationSet): void {
    this.view.dispatch(this.#editor.state.tr.setMeta(keys[name], set));
  }

  /** The element that what begins at `pos` is drawn in. */
  elementAt(pos: number): HTMLElement | null {
    const drawn = this.view.nodeDOM(pos) ?? this.view.domAtPos(Math.min(pos + 1, this.doc.content.size)).node;
    return drawn instanceof HTMLElement ? drawn : drawn.parentElement;
  }

  destroy(): void {
    this.#editor.destroy();
  }
}

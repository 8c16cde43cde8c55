import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { ySyncPluginKey } from "@tiptap/y-tiptap";
import type * as Y from "yjs";

type Binding = { readonly mux: (run: () => void) => void };
type Options = { document: Y.Doc | null };
/** `view` is null while there is nothing to click on. */
type Storage = { view: EditorView | null; isReading: boolean };

/** Has the editor look at the browser's selection now, and not when the browser gets round to saying that it moved. */
function readSelection(view: EditorView): void {
  if (view.hasFocus() && !view.composing) view.dom.ownerDocument.dispatchEvent(new Event("selectionchange"));
}

/** True while the binding itself is writing the editor's change to the document, or the other way round. */
function isBindingBusy(view: EditorView): boolean {
  const binding: Binding | undefined = ySyncPluginKey.getState(view.state)?.binding;
  let isBusy = true;
  binding?.mux(() => {
    isBusy = false;
  });
  return isBusy;
}

/**
 * Browsers report a new caret in a later task than the click or key that moved it. What somebody else types, or where
 * their caret goes, in between would be shown with the old caret, and put it back: the next keys would then be written
 * where the click was not. A key that follows at once (select a word, Ctrl+K) would act on the old selection as well.
 */
export const PendingSelection = Extension.create<Options, Storage>({
  name: "pendingSelection",
  // Above Collaboration's 1000: the caret has to be known before its binding remembers where it was.
  priority: 1001,

  addOptions() {
    return { document: null };
  },

  addStorage() {
    return { view: null, isReading: false };
  },

  dispatchTransaction({ transaction, next }) {
    const { view, isReading } = this.storage;
    const saysNothingOfCaret = !transaction.docChanged && !transaction.selectionSet;
    if (view !== null && saysNothingOfCaret && !isReading && !isBindingBusy(view)) {
      this.storage.isReading = true;
      readSelection(view);
      this.storage.isReading = false;
      if (!view.state.selection.eq(transaction.selection)) transaction.setSelection(view.state.selection);
    }
    next(transaction);
  },

  addProseMirrorPlugins() {
    const { storage } = this;
    const doc = this.options.document;
    if (doc === null) return [];
    return [
      new Plugin({
        key: new PluginKey("pendingSelection"),
        props: {
          handleDOMEvents: {
            keydown: (view) => {
              if (!isBindingBusy(view)) readSelection(view);
            },
          },
        },
        view: (view) => {
          storage.view = view;
          const beforeChange = () => {
            if (!isBindingBusy(view)) readSelection(view);
          };
          doc.on("beforeAllTransactions", beforeChange);
          return {
            destroy: () => {
              storage.view = null;
              doc.off("beforeAllTransactions", beforeChange);
            },
          };
        },
      }),
    ];
  },
});

import { type AnyExtension, Extension, Node } from "@tiptap/core";
import type { Node as ProseMirrorNode } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import type { EditorView, NodeView, ViewMutationRecord } from "@tiptap/pm/view";
import { ySyncPluginKey } from "@tiptap/y-tiptap";
import { type BlockId, blockIdAt } from "../blocks/blockIds.ts";
import { isToggleOpen } from "./openToggles.ts";
import { toggleText } from "./text.ts";

/** Which toggles this reader has open. What others write above one builds it anew, and it must not close for that. */
const opened = new Set<BlockId>();

const isEmpty = (node: ProseMirrorNode): boolean => node.lastChild?.textContent === "";

class ToggleView implements NodeView {
  readonly dom = document.createElement("div");
  readonly contentDOM = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  #node: ProseMirrorNode;

  constructor(node: ProseMirrorNode, view: EditorView, getPos: () => number | undefined) {
    this.#node = node;
    this.#view = view;
    this.#getPos = getPos;
    this.dom.dataset.type = "details";
    this.dom.className = "toggle";
    this.#button.type = "button";
    this.#button.contentEditable = "false";
    this.dom.append(this.#button, this.contentDOM);
    this.#button.addEventListener("click", () => this.#toggle());
    // A new one is open, to be filled.
    this.#show(this.#known() ?? (view.editable && isEmpty(node)));
  }

  /** Null while the shared document and what is shown are not the same. */
  #id(): BlockId | null {
    const pos = this.#getPos();
    return pos === undefined ? null : blockIdAt(this.#view.state, pos);
  }

  #known(): boolean | null {
    const sync = ySyncPluginKey.getState(this.#view.state) as { isChangeOrigin?: boolean } | undefined;
    if (sync?.isChangeOrigin !== true) return null;
    const id = this.#id();
    return id === null ? null : opened.has(id);
  }

  #show(open: boolean): void {
    this.dom.classList.toggle("is-open", open);
    this.#button.setAttribute("aria-expanded", String(open));
    this.#button.setAttribute("aria-label", open ? toggleText.close : toggleText.open);
  }

  #toggle(): void {
    const open = !this.dom.classList.contains("is-open");
    const id = this.#id();
    if (id !== null && open) opened.add(id);
    else if (id !== null) opened.delete(id);
    this.#show(open);
    if (!this.#view.editable) return;
    // A caret in what is closed would be nowhere: it goes to the summary.
    const pos = this.#getPos();
    const { state } = this.#view;
    if (
      !open &&
      pos !== undefined &&
      state.selection.from > pos &&
      state.selection.to < pos + this.#node.nodeSize
    ) {
      const end = pos + 1 + (this.#node.firstChild?.nodeSize ?? 2) - 1;
      this.#view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, end)));
    }
    this.#view.focus();
  }

  update(node: ProseMirrorNode): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    const known = this.#known();
    if (known !== null) this.#show(known);
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && this.#button.contains(event.target);
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

/** The document's toggles, shown by this view: the extension's own closes whenever it is built anew. */
export function withToggleView(extension: AnyExtension): AnyExtension {
  if (!(extension instanceof Node)) return extension;
  if (extension.name === "details")
    return extension.extend({
      addNodeView: () => (props) => new ToggleView(props.node, props.view, props.getPos),
    });
  // What is open says the toggle alone.
  return extension.name === "detailsContent" ? extension.extend({ addNodeView: null }) : extension;
}

/** Ctrl/Cmd+Enter in a toggle opens and closes it; Enter on an empty last line leaves it. */
export const ToggleKeys = Extension.create({
  name: "toggleKeys",
  // Above the line break that Ctrl/Cmd+Enter means elsewhere.
  priority: 170,

  addKeyboardShortcuts() {
    return {
      Enter: () => {
        const { state, view, isEditable } = this.editor;
        const { $from, empty } = state.selection;
        if (isEditable && empty && $from.parent.type.name === "detailsSummary") {
          // Into the line that waits there; the extension's own Enter would put another one above it.
          const first = $from.node(-1).lastChild?.firstChild;
          const waits = first?.type.name === "paragraph" && first.content.size === 0;
          const atEnd = $from.parentOffset === $from.parent.content.size;
          if (!waits || !atEnd || !isToggleOpen(view, $from.before(-1))) return false;
          const inside = TextSelection.create(state.doc, $from.after() + 2);
          view.dispatch(state.tr.setSelection(inside).scrollIntoView());
          return true;
        }
        const content = $from.depth > 2 ? $from.node(-1) : null;
        if (!isEditable || !empty || content?.type.name !== "detailsContent") return false;
        const isLast = $from.index(-1) === content.childCount - 1;
        const paragraph = state.schema.nodes.paragraph?.create();
        if (!isLast || content.childCount < 2 || $from.parent.content.size > 0 || paragraph === undefined)
          return false;
        const { tr } = state;
        tr.delete($from.before(), $from.after());
        const after = tr.mapping.map($from.after(-2));
        tr.insert(after, paragraph).setSelection(TextSelection.create(tr.doc, after + 1));
        view.dispatch(tr.scrollIntoView());
        return true;
      },
      "Mod-Enter": () => {
        const { view, state } = this.editor;
        const { $from } = state.selection;
        if ($from.parent.type.spec.code) return false;
        for (let depth = $from.depth; depth > 0; depth--) {
          if ($from.node(depth).type.name !== "details") continue;
          const dom = view.nodeDOM($from.before(depth));
          if (!(dom instanceof HTMLElement)) return false;
          dom.querySelector<HTMLButtonElement>(":scope > button")?.click();
          return true;
        }
        return false;
      },
    };
  },
});

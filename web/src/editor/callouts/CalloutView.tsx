import { calloutKind, calloutKinds } from "@palimpsest/schema";
import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView, NodeView, ViewMutationRecord } from "@tiptap/pm/view";
import { createRoot, type Root } from "react-dom/client";
import { openPicker } from "../picking/picking.ts";
import { calloutIcon, calloutName } from "./calloutKinds.ts";
import { calloutText } from "./text.ts";

class CalloutView implements NodeView {
  readonly dom = document.createElement("div");
  readonly contentDOM = document.createElement("div");
  readonly #button = document.createElement("button");
  readonly #root: Root;
  #kind = "";

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.dom.className = "callout";
    this.dom.dataset.type = "callout";
    this.contentDOM.className = "callout-body";
    this.#button.type = "button";
    this.#button.contentEditable = "false";
    this.#button.className = "callout-kind";
    this.#root = createRoot(this.#button);
    this.dom.append(this.#button, this.contentDOM);
    this.#button.addEventListener("click", () => {
      if (!view.editable) return;
      openPicker({
        anchor: this.#button,
        label: calloutText.change,
        options: calloutKinds.map((id) => {
          const Icon = calloutIcon(id);
          return { id, label: calloutName(id), icon: <Icon size={16} /> };
        }),
        chosen: this.#kind,
        onChoose: (kind) => {
          const pos = getPos();
          if (pos !== undefined) view.dispatch(view.state.tr.setNodeAttribute(pos, "kind", kind));
        },
        onClose: () => view.focus(),
      });
    });
    this.#show(node);
  }

  #show(node: Node): void {
    const kind = calloutKind(node.attrs.kind);
    if (kind === this.#kind) return;
    this.#kind = kind;
    this.dom.dataset.kind = kind;
    const name = calloutText.kindOf(calloutName(kind));
    this.#button.setAttribute("aria-label", name);
    this.#button.title = name;
    const Icon = calloutIcon(kind);
    this.#root.render(<Icon size={19} aria-hidden="true" />);
  }

  update(node: Node): boolean {
    if (node.type.name !== "callout") return false;
    this.#show(node);
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && this.#button.contains(event.target);
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }

  destroy(): void {
    // React refuses to unmount while it renders, and a render may be what takes the block away.
    queueMicrotask(() => this.#root.unmount());
  }
}

/** Callouts with the sign of their kind, which is also the button that changes it. */
export const CalloutViews = Extension.create({
  name: "calloutViews",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("calloutViews"),
        props: { nodeViews: { callout: (node, view, getPos) => new CalloutView(node, view, getPos) } },
      }),
    ];
  },
});

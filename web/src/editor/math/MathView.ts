import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView, NodeView } from "@tiptap/pm/view";
import { openMath } from "./mathEditing.ts";
import { mathText } from "./text.ts";

type Setter = (element: HTMLElement, latex: string, block: boolean) => string | null;

let loading: Promise<Setter> | null = null;

/** KaTeX, its styles and fonts, once somebody has a formula to look at. */
export function loadSetter(): Promise<Setter> {
  loading ??= import("./setFormula.ts").then(
    (module) => module.setFormula,
    (cause: unknown) => {
      loading = null;
      throw cause;
    },
  );
  return loading;
}

const latexOf = ({ attrs }: Node): string => (typeof attrs.latex === "string" ? attrs.latex : "");

/** A formula as it is read; a click, or Enter on it, opens its source. */
class MathView implements NodeView {
  readonly dom: HTMLElement;
  readonly #set: HTMLElement;
  readonly #block: boolean;
  #node: Node;
  #shown: string | null = null;

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.#node = node;
    this.#block = !node.isInline;
    this.dom = document.createElement(this.#block ? "div" : "span");
    this.dom.className = this.#block ? "math-block" : "math-inline";
    this.dom.dataset.type = this.#block ? "block-math" : "inline-math";
    this.dom.contentEditable = "false";
    this.#set = document.createElement("span");
    this.dom.append(this.#set);
    this.dom.addEventListener("click", () => {
      if (view.editable) openMath({ view, getPos, element: this.dom });
    });
    this.#show();
  }

  #show(): void {
    const latex = latexOf(this.#node);
    if (this.#shown === latex) return;
    this.#shown = latex;
    this.dom.dataset.latex = latex;
    this.dom.classList.remove("math-wrong");
    this.dom.removeAttribute("title");
    if (latex.trim() === "") {
      this.#set.textContent = mathText.empty;
      this.dom.classList.add("math-empty");
      return;
    }
    this.dom.classList.remove("math-empty");
    this.#set.textContent = latex;
    loadSetter().then(
      (setFormula) => {
        if (this.#shown === latex) this.#say(setFormula(this.#set, latex, this.#block));
      },
      () => this.#say(mathText.unloaded),
    );
  }

  #say(wrong: string | null): void {
    this.dom.classList.toggle("math-wrong", wrong !== null);
    if (wrong === null) this.dom.removeAttribute("title");
    else this.dom.title = wrong;
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    this.#show();
    return true;
  }

  selectNode(): void {
    this.dom.classList.add("ProseMirror-selectednode");
  }

  deselectNode(): void {
    this.dom.classList.remove("ProseMirror-selectednode");
  }

  ignoreMutation(): boolean {
    return true;
  }
}

/** Formulas are drawn as they are read. */
export const MathViews = Extension.create({
  name: "mathViews",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("mathViews"),
        props: {
          nodeViews: {
            inlineMath: (node, view, getPos) => new MathView(node, view, getPos),
            blockMath: (node, view, getPos) => new MathView(node, view, getPos),
          },
        },
      }),
    ];
  },
});

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView, NodeView, ViewMutationRecord } from "@tiptap/pm/view";
import { copyText } from "../app/copyText.ts";
import { codeLanguages, languageName } from "./codeLanguages.ts";
import { editorText } from "./text.ts";

const languageOf = (node: Node): string => {
  const language: unknown = node.attrs.language;
  return typeof language === "string" ? language : "";
};

class CodeBlockView implements NodeView {
  readonly dom = document.createElement("div");
  readonly contentDOM = document.createElement("code");
  readonly #bar = document.createElement("div");
  readonly #select = document.createElement("select");
  #node: Node;

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.#node = node;
    this.dom.className = "code-block";
    const pre = document.createElement("pre");
    pre.append(this.contentDOM);
    // Where there is no caret to scroll long lines with, the arrow keys do it.
    if (!view.editable) pre.tabIndex = 0;
    this.#bar.className = "code-block-bar";
    this.#bar.contentEditable = "false";
    this.#bar.append(this.#select, this.#copyButton());
    this.dom.append(this.#bar, pre);
    this.#select.setAttribute("aria-label", editorText.language);
    this.#select.append(
      new Option(editorText.plainText, ""),
      ...codeLanguages.map(([id, name]) => new Option(name, id)),
    );
    this.#select.addEventListener("change", () => {
      const pos = getPos();
      if (pos === undefined || !view.editable) return;
      const attributes = { ...this.#node.attrs, language: this.#select.value || null };
      view.dispatch(view.state.tr.setNodeMarkup(pos, undefined, attributes));
      view.focus();
    });
    this.#show();
  }

  #copyButton(): HTMLButtonElement {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = editorText.copyCode;
    button.addEventListener("click", async () => {
      if (!(await copyText(this.#node.textContent))) return;
      button.textContent = editorText.codeCopied;
      setTimeout(() => {
        button.textContent = editorText.copyCode;
      }, 1_500);
    });
    return button;
  }

  #show(): void {
    const language = languageOf(this.#node);
    if (language !== "" && ![...this.#select.options].some(({ value }) => value === language))
      this.#select.append(new Option(languageName(language), language));
    this.#select.value = language;
    this.contentDOM.className = language === "" ? "" : `language-${language}`;
  }

  update(node: Node): boolean {
    if (node.type !== this.#node.type) return false;
    this.#node = node;
    this.#show();
    return true;
  }

  stopEvent(event: Event): boolean {
    return event.target instanceof globalThis.Node && this.#bar.contains(event.target);
  }

  ignoreMutation(mutation: ViewMutationRecord): boolean {
    return mutation.type !== "selection" && !this.contentDOM.contains(mutation.target);
  }
}

/** Language picker and copy button of code blocks, as a view only: the schema's own node stays untouched. */
export const CodeBlockControls = Extension.create({
  name: "codeBlockControls",

  addProseMirrorPlugins() {
    return [
      new Plugin({
        key: new PluginKey("codeBlockControls"),
        props: { nodeViews: { codeBlock: (node, view, getPos) => new CodeBlockView(node, view, getPos) } },
      }),
    ];
  },
});

import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView, NodeView, ViewMutationRecord } from "@tiptap/pm/view";
import { announce } from "../../app/announce.ts";
import { copyText } from "../../app/copyText.ts";
import { openPicker } from "../picking/picking.ts";
import { codeLanguage, codeLanguages, languageName } from "./codeLanguages.ts";
import { codeText } from "./text.ts";

const saidMs = 1_500;

const languageOf = (node: Node): string => {
  const language: unknown = node.attrs.language;
  return typeof language === "string" ? language : "";
};

function button(className: string, text: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = className;
  made.textContent = text;
  return made;
}

class CodeBlockView implements NodeView {
  readonly dom = document.createElement("div");
  readonly contentDOM = document.createElement("code");
  readonly #bar = document.createElement("div");
  readonly #language = button("code-block-language", "");
  readonly #view: EditorView;
  readonly #getPos: () => number | undefined;
  #node: Node;

  constructor(node: Node, view: EditorView, getPos: () => number | undefined) {
    this.#node = node;
    this.#view = view;
    this.#getPos = getPos;
    this.dom.className = "code-block";
    const pre = document.createElement("pre");
    pre.dir = "ltr";
    pre.spellcheck = false;
    pre.append(this.contentDOM);
    // Where there is no caret to scroll long lines with, the arrow keys do it.
    if (!view.editable) pre.tabIndex = 0;
    this.#bar.className = "code-block-bar";
    this.#bar.contentEditable = "false";
    this.#bar.append(this.#language, this.#wrapButton(), this.#copyButton());
    this.dom.append(this.#bar, pre);
    this.#language.addEventListener("click", () => this.#pick());
    this.#show();
  }

  #pick(): void {
    if (!this.#view.editable) return;
    const language = languageOf(this.#node);
    openPicker({
      anchor: this.#language,
      label: codeText.languages,
      options: [
        { id: "", label: codeText.plain },
        ...codeLanguages.map(({ id, name, aliases }) => ({ id, label: name, aliases: [id, ...aliases] })),
      ],
      chosen: codeLanguage(language)?.id ?? language,
      search: { label: codeText.searchLanguage, empty: codeText.noLanguage },
      onChoose: (id) => {
        const pos = this.#getPos();
        if (pos === undefined) return;
        this.#view.dispatch(this.#view.state.tr.setNodeAttribute(pos, "language", id === "" ? null : id));
      },
      onClose: () => this.#view.focus(),
    });
  }

  #wrapButton(): HTMLButtonElement {
    const wrap = button("code-block-wrap", codeText.wrap);
    wrap.setAttribute("aria-pressed", "false");
    wrap.addEventListener("click", () => {
      wrap.setAttribute("aria-pressed", String(this.dom.classList.toggle("code-block-wrapped")));
    });
    return wrap;
  }

  #copyButton(): HTMLButtonElement {
    const copy = button("code-block-copy", codeText.copy);
    copy.addEventListener("click", async () => {
      const said = (await copyText(this.#node.textContent)) ? codeText.copied : codeText.notCopied;
      copy.textContent = said;
      announce(said);
      setTimeout(() => {
        copy.textContent = codeText.copy;
      }, saidMs);
    });
    return copy;
  }

  #show(): void {
    const language = languageOf(this.#node);
    const name = languageName(language);
    this.#language.textContent = name;
    this.#language.setAttribute("aria-label", codeText.language(name));
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

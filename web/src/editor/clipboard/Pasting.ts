import { type Editor, Extension } from "@tiptap/core";
import { Fragment, Slice } from "@tiptap/pm/model";
import { Plugin, PluginKey, TextSelection } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { yUndoPluginKey } from "@tiptap/y-tiptap";
import { toast } from "../../app/toast.ts";
import { takeFiles } from "../images/Uploads.ts";
import { linkedText } from "./linkedText.ts";
import { type OnClipboard, type PastePlace, pastePlan } from "./pastePlan.ts";
import type { PastingTools } from "./pastingTools.ts";
import { shallow, sizeOf } from "./shallow.ts";
import { sourceOf } from "./source.ts";
import { clipboardText } from "./text.ts";

/** A document of more nodes is not built by the server any more; a paste may fill half of one. */
const MAX_NODES = 40_000;
/** Longer Markdown is not written as plain text first: everything that ever stood in a document is kept. */
const MAX_TWICE = 50_000;

function read(data: DataTransfer): OnClipboard {
  return {
    text: data.getData("text/plain") || data.getData("text/uri-list").replace(/\r?\n/g, " "),
    html: data.getData("text/html"),
    vscode: data.getData("vscode-editor-data"),
    files: data.files.length,
  };
}

function placeOf(view: EditorView, plain: boolean): PastePlace {
  const { selection, schema } = view.state;
  const { $from, $to, empty } = selection;
  const onWords =
    selection instanceof TextSelection &&
    !empty &&
    $from.sameParent($to) &&
    $from.parent.type.allowsMarkType(schema.marks.link as NonNullable<typeof schema.marks.link>);
  return { inCode: $from.parent.type.spec.code === true, onWords, plain };
}

/** What follows is undone by itself. */
function nextStep(view: EditorView): void {
  yUndoPluginKey.getState(view.state)?.undoManager.stopCapturing();
}

function insert(view: EditorView, slice: Slice): void {
  view.dispatch(view.state.tr.replaceSelection(slice).scrollIntoView().setMeta("paste", true));
}

function plainLines(view: EditorView, text: string, links: boolean): Slice {
  const { schema } = view.state;
  const marks = view.state.storedMarks ?? view.state.selection.$from.marks();
  const lines = text
    .split(/(?:\r\n?|\n)+/)
    .map((line) =>
      schema.node(
        "paragraph",
        null,
        links ? linkedText(schema, line, marks) : line === "" ? [] : [schema.text(line, marks)],
      ),
    );
  return Slice.maxOpen(Fragment.from(lines));
}

/** As plain text first and then as what it means, so that undoing it once leaves the plain text. */
function insertMarkdown(view: EditorView, text: string, tools: PastingTools): void {
  const slice = shallow(tools.fromMarkdown(text, view.state.schema));
  if (sizeOf(slice) > MAX_NODES) {
    refuse();
    return;
  }
  if (text.length <= MAX_TWICE) {
    const { from } = view.state.selection;
    insert(view, plainLines(view, text, false));
    nextStep(view);
    const { doc, selection } = view.state;
    view.dispatch(view.state.tr.setSelection(TextSelection.between(doc.resolve(from), selection.$to)));
  }
  insert(view, slice);
  nextStep(view);
}

function insertCode(view: EditorView, text: string, language: string | null): void {
  const { schema } = view.state;
  const code = schema.node("codeBlock", { language }, text === "" ? [] : [schema.text(text)]);
  view.dispatch(view.state.tr.replaceSelectionWith(code).scrollIntoView().setMeta("paste", true));
}

function insertCodeInLine(view: EditorView, text: string): void {
  const { schema, tr } = view.state;
  const mark = schema.marks.code?.create();
  const words = schema.text(text, mark === undefined ? [] : [mark]);
  view.dispatch(tr.replaceSelectionWith(words, false).scrollIntoView().setMeta("paste", true));
}

function refuse(): void {
  toast.error(clipboardText.tooLarge, { description: clipboardText.tooLargeHint });
}

class Paster {
  readonly #editor: Editor;
  #tools: PastingTools | null = null;
  #plain = false;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  async load(): Promise<PastingTools | null> {
    try {
      this.#tools ??= (await import("./pastingTools.ts")).pastingTools;
    } catch (cause) {
      console.warn("What pasting needs could not be loaded", cause);
    }
    return this.#tools;
  }

  key(event: KeyboardEvent): void {
    // Shift+Insert is an ordinary paste.
    this.#plain = event.shiftKey && event.key !== "Insert";
  }

  /** @returns whether it is done, or will be when the tools are there */
  paste(view: EditorView, event: ClipboardEvent): boolean {
    if (event.clipboardData === null || !view.editable) return false;
    const on = read(event.clipboardData);
    const plan = pastePlan(on, placeOf(view, this.#plain));
    if (plan.kind !== "none") nextStep(view);
    switch (plan.kind) {
      case "none":
      case "plain":
      case "text":
        return false;
      case "too-large":
        refuse();
        break;
      case "link":
        this.#editor.chain().setMark("link", { href: plan.href }).run();
        break;
      case "code":
        insertCode(view, plan.text, plan.language);
        break;
      case "code-in-line":
        insertCodeInLine(view, plan.text);
        break;
      case "markdown":
        this.#withTools((tools) => insertMarkdown(view, plan.text, tools));
        break;
      case "html":
        if (this.#tools !== null || sourceOf(on.html) === "own") return false;
        this.#withTools(() => view.pasteHTML(on.html));
    }
    event.preventDefault();
    return true;
  }

  clean(html: string): string {
    if (this.#tools === null || sourceOf(html) === "own") return html;
    const cleaned = this.#tools.clean(html);
    if (cleaned.lostPictures > 0)
      toast(clipboardText.lostPictures(cleaned.lostPictures), {
        description: clipboardText.lostPicturesHint,
      });
    // when the text is there: they stand behind it
    if (cleaned.files.length > 0) window.setTimeout(() => this.#take(cleaned.files), 0);
    return cleaned.html;
  }

  #take(files: readonly File[]): void {
    if (!this.#editor.isDestroyed) takeFiles(this.#editor, files);
  }

  #withTools(act: (tools: PastingTools) => void): void {
    if (this.#tools !== null) {
      act(this.#tools);
      return;
    }
    void this.load().then((tools) => {
      if (this.#editor.isDestroyed) return;
      if (tools !== null) act(tools);
      else toast.error(clipboardText.notLoaded, { description: clipboardText.notLoadedHint });
    });
  }
}

/** Pastes what other programs copied as what it means: structure stays, the rest goes. */
export const Pasting = Extension.create({
  name: "pasting",
  // Before the link's and the code block's own ways to paste.
  priority: 1_000,

  onBeforeCreate() {
    // Whether signs mean something is decided about the whole text: "3 * 4 * 5" alone would turn italic.
    this.editor.options.enablePasteRules = false;
  },

  addProseMirrorPlugins() {
    const paster = new Paster(this.editor);
    return [
      new Plugin({
        key: new PluginKey("pasting"),
        view: () => {
          const idle = window.requestIdleCallback ?? ((act: () => void) => window.setTimeout(act, 1_000));
          idle(() => void paster.load());
          return {};
        },
        props: {
          handleDOMEvents: {
            keydown: (_view, event) => {
              paster.key(event);
              return false;
            },
            keyup: (_view, event) => {
              paster.key(event);
              return false;
            },
            paste: (view, event) => paster.paste(view, event),
          },
          clipboardTextParser: (text, _context, plain, view) => plainLines(view, text, !plain),
          transformPastedHTML: (html) => paster.clean(html),
          transformPasted: shallow,
          handlePaste: (_view, _event, slice) => {
            if (sizeOf(slice) <= MAX_NODES) return false;
            refuse();
            return true;
          },
        },
      }),
    ];
  },
});

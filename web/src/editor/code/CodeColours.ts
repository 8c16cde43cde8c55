import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, PluginKey, type Transaction } from "@tiptap/pm/state";
import { AttrStep } from "@tiptap/pm/transform";
import { Decoration, DecorationSet, type EditorView } from "@tiptap/pm/view";
import { codeLanguage } from "./codeLanguages.ts";
import { mostColoured, TokenCache } from "./tokens.ts";

type Colours = {
  readonly set: DecorationSet;
  /** Positions of blocks that have not been coloured as they stand. */
  readonly waiting: ReadonlySet<number>;
};

const key = new PluginKey<Colours>("codeColours");
const cache = new TokenCache();
const pauseMs = 40;

const languageOf = (node: Node): string => {
  const { language } = node.attrs;
  return typeof language === "string" && node.content.size <= mostColoured
    ? (codeLanguage(language)?.id ?? "")
    : "";
};

function decorations(node: Node, pos: number): readonly Decoration[] | undefined {
  return cache
    .get(languageOf(node), node.textContent)
    ?.map(({ from, to, className }) => Decoration.inline(pos + 1 + from, pos + 1 + to, { class: className }));
}

/** Code blocks between two positions; blocks of text are not looked into. */
function codeIn(doc: Node, from: number, to: number, found: (node: Node, pos: number) => void): void {
  doc.nodesBetween(from, to, (node, pos) => {
    if (node.type.spec.code && node.isTextblock) found(node, pos);
    return !node.isTextblock;
  });
}

function coloured(doc: Node, last: Colours, from: number, to: number): Colours {
  let { set } = last;
  const waiting = new Set(last.waiting);
  codeIn(doc, from, to, (node, pos) => {
    waiting.delete(pos);
    const end = pos + node.nodeSize;
    if (languageOf(node) === "") {
      set = set.remove(set.find(pos, end));
      return;
    }
    const known = decorations(node, pos);
    // Until its turn comes a changed block keeps what it had, moved along.
    if (known === undefined) waiting.add(pos);
    else set = set.remove(set.find(pos + 1, end - 1)).add(doc, [...known]);
  });
  return { set, waiting };
}

function applied(tr: Transaction, last: Colours): Colours {
  if (tr.getMeta(key) !== undefined) return coloured(tr.doc, last, 0, tr.doc.content.size);
  if (!tr.docChanged) return last;
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const [index, map] of tr.mapping.maps.entries()) {
    const rest = tr.mapping.slice(index + 1);
    map.forEach((_oldFrom, _oldTo, newFrom, newTo) => {
      from = Math.min(from, rest.map(newFrom, -1));
      to = Math.max(to, rest.map(newTo, 1));
    });
  }
  const waiting = new Set([...last.waiting].map((pos) => tr.mapping.map(pos, -1)));
  const mapped = { set: last.set.map(tr.mapping, tr.doc), waiting };
  // A block's language is an attribute, which moves nothing.
  for (const [index, step] of tr.steps.entries()) {
    if (!(step instanceof AttrStep)) continue;
    const pos = tr.mapping.slice(index + 1).map(step.pos);
    [from, to] = [Math.min(from, pos), Math.max(to, pos + 1)];
  }
  if (from > to) return mapped;
  return coloured(tr.doc, mapped, from, Math.min(to, tr.doc.content.size));
}

/** Colours what waits, language by language, once typing pauses. */
class Painter {
  readonly #view: EditorView;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(view: EditorView) {
    this.#view = view;
    this.update();
  }

  update(): void {
    const waiting = key.getState(this.#view.state)?.waiting.size ?? 0;
    if (waiting === 0 || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => void this.#paint(), pauseMs);
  }

  async #paint(): Promise<void> {
    try {
      const { learn, tokensOf } = await import("./highlighter.ts");
      const { doc } = this.#view.state;
      const blocks: Node[] = [];
      for (const pos of key.getState(this.#view.state)?.waiting ?? []) {
        const node = doc.nodeAt(pos);
        if (node?.type.spec.code) blocks.push(node);
      }
      const ids = new Set(blocks.map(languageOf));
      ids.delete("");
      await Promise.all([...ids].map(learn));
      for (const node of blocks) {
        const language = languageOf(node);
        if (language !== "") cache.set(language, node.textContent, tokensOf(language, node.textContent));
      }
    } catch (cause) {
      // Without its part of the page, which may come with the next change, code stays plain.
      console.warn("Code could not be coloured", cause);
      this.#timer = undefined;
      return;
    }
    this.#timer = undefined;
    if (!this.#view.isDestroyed) this.#view.dispatch(this.#view.state.tr.setMeta(key, true));
  }

  destroy(): void {
    clearTimeout(this.#timer);
  }
}

const nothing: Colours = { set: DecorationSet.empty, waiting: new Set() };

/** Colours code by its language, in the view alone. */
export const CodeColours = Extension.create({
  name: "codeColours",

  addProseMirrorPlugins() {
    return [
      new Plugin<Colours>({
        key,
        state: {
          init: (_config, { doc }: EditorState) => coloured(doc, nothing, 0, doc.content.size),
          apply: applied,
        },
        props: { decorations: (state) => key.getState(state)?.set },
        view: (view) => new Painter(view),
      }),
    ];
  },
});

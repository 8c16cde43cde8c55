import type { Editor } from "@tiptap/core";
import { TextSelection, type Transaction } from "@tiptap/pm/state";
import { createStore } from "zustand";
import {
  compile,
  findMatches,
  firstFrom,
  MAX_MATCHES,
  type Match,
  type Query,
  replacementFor,
} from "./query.ts";
import { runPattern } from "./runPattern.ts";
import { type TextBlock, textBlocks } from "./textBlocks.ts";

/** A match as positions in the document. */
export type Found = { readonly from: number; readonly to: number };

export type Finding = {
  readonly found: readonly Found[];
  /** Index of the match that is shown; −1 for none. */
  readonly current: number;
  readonly isCut: boolean;
  readonly problem: { readonly kind: "bad"; readonly reason: string } | { readonly kind: "slow" } | null;
};

const nothing: Finding = { found: [], current: -1, isCut: false, problem: null };
const afterChangeMs = 150;

/** Finds in one editor for as long as the bar is open. */
export class Finder {
  readonly store = createStore<Finding>(() => nothing);
  readonly #editor: Editor;
  #query: Query = { text: "", matchCase: false, wholeWord: false, isPattern: false };
  #blocks: readonly TextBlock[] = [];
  #matches: readonly Match[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: AbortController | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
    editor.on("transaction", this.#onTransaction);
  }

  destroy(): void {
    this.#editor.off("transaction", this.#onTransaction);
    clearTimeout(this.#timer);
    this.#running?.abort();
  }

  look(query: Query): void {
    this.#query = query;
    void this.#search(this.#place());
  }

  step(by: 1 | -1): void {
    const { found, current } = this.store.getState();
    if (found.length === 0) return;
    this.#show((current + by + found.length) % found.length);
  }

  /** Replaces the match that is shown, and goes to the next. */
  replaceOne(replacement: string): void {
    const { found, current } = this.store.getState();
    const one = found[current];
    if (one === undefined) return;
    const text = this.#replacement(current, replacement);
    this.#change((transaction) => replace(transaction, one, text));
    void this.#search(one.from + text.length);
  }

  /** Replaces every match as one step of undo. @returns how many */
  replaceAll(replacement: string): number {
    const { found } = this.store.getState();
    this.#change((transaction) => {
      // From the end, so that the positions before still hold.
      for (let index = found.length - 1; index >= 0; index--) {
        const one = found[index];
        if (one !== undefined) replace(transaction, one, this.#replacement(index, replacement));
      }
    });
    void this.#search(this.#place());
    return found.length;
  }

  /** Selects the match that is shown and gives the text the focus. */
  enter(): void {
    const { found, current } = this.store.getState();
    const one = found[current];
    if (one !== undefined) this.#editor.commands.setTextSelection(one);
    this.#editor.view.focus();
  }

  #replacement(index: number, replacement: string): string {
    const compiled = compile(this.#query);
    const match = this.#matches[index];
    const text = match === undefined ? undefined : this.#blocks[match.block]?.text;
    if (compiled.kind !== "ready" || match === undefined || text === undefined) return replacement;
    return replacementFor(this.#query, compiled, text, match.from, replacement);
  }

  #change(edit: (transaction: Transaction) => void): void {
    const { view, state } = this.#editor;
    clearTimeout(this.#timer);
    const transaction = state.tr;
    edit(transaction);
    view.dispatch(transaction);
  }

  /** Where the search starts: what is shown, else the caret. */
  #place(): number {
    const { found, current } = this.store.getState();
    return found[current]?.from ?? this.#editor.state.selection.from;
  }

  readonly #onTransaction = ({ transaction }: { transaction: Transaction }) => {
    if (!transaction.docChanged || this.#query.text === "") return;
    // Until the search has caught up, the marks go where their text went.
    const { found } = this.store.getState();
    this.store.setState({
      found: found.map(({ from, to }) => ({
        from: transaction.mapping.map(from),
        to: transaction.mapping.map(to, -1),
      })),
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#search(this.#place(), { follow: false }), afterChangeMs);
  };

  async #search(place: number, { follow = true } = {}): Promise<void> {
    clearTimeout(this.#timer);
    this.#running?.abort();
    const compiled = compile(this.#query);
    if (compiled.kind !== "ready") {
      this.#matches = [];
      this.store.setState({ ...nothing, problem: compiled.kind === "bad" ? compiled : null });
      return;
    }
    const running = new AbortController();
    this.#running = running;
    const { doc } = this.#editor.state;
    const blocks = textBlocks(doc);
    const texts = blocks.map(({ text }) => text);
    const { source, flags } = compiled;
    let matches: readonly Match[] | null;
    try {
      matches = this.#query.isPattern
        ? await runPattern({ texts, source, flags }, running.signal)
        : findMatches(texts, source, flags);
    } catch (error) {
      if (running.signal.aborted) return;
      throw error;
    }
    // What was found belongs to a text that is gone; the change has asked for another search.
    if (running.signal.aborted || this.#editor.isDestroyed || this.#editor.state.doc !== doc) return;
    this.#running = null;
    if (matches === null) {
      this.store.setState({ ...nothing, problem: { kind: "slow" } });
      return;
    }
    this.#blocks = blocks;
    this.#matches = matches;
    const found = matches.map(({ block, from, to }) => {
      const start = blocks[block]?.start ?? 0;
      return { from: start + from, to: start + to };
    });
    const current = firstFrom(
      found.map(({ from }) => from),
      place,
    );
    this.store.setState({ found, current, isCut: matches.length === MAX_MATCHES, problem: null });
    if (follow) this.#show(current);
  }

  #show(current: number): void {
    const one = this.store.getState().found[current];
    this.store.setState({ current });
    if (one === undefined) return;
    openAround(this.#editor, one.from);
    const { node } = this.#editor.view.domAtPos(one.from);
    const element = node instanceof Element ? node : node.parentElement;
    element?.scrollIntoView({ block: "center", behavior: "instant" });
  }
}

function replace(transaction: Transaction, { from, to }: Found, text: string): void {
  if (text === "") transaction.delete(from, to);
  // With the marks of what it replaces, not of what stands before it.
  else
    transaction.replaceWith(
      from,
      to,
      transaction.doc.type.schema.text(
        text,
        transaction.doc.resolve(from).marksAcross(transaction.doc.resolve(to)) ?? [],
      ),
    );
  transaction.setSelection(TextSelection.near(transaction.doc.resolve(from + text.length)));
}

/** Opens the toggles that hide a place. */
function openAround(editor: Editor, position: number): void {
  const at = editor.state.doc.resolve(position);
  for (let depth = at.depth; depth > 0; depth--) {
    if (at.node(depth).type.name !== "details") continue;
    const element = editor.view.nodeDOM(at.before(depth));
    if (element instanceof HTMLElement && !element.classList.contains("is-open"))
      element.querySelector<HTMLButtonElement>(":scope > button")?.click();
  }
}

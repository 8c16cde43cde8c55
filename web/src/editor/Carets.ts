import { Extension } from "@tiptap/core";
import { Plugin, PluginKey } from "@tiptap/pm/state";
import type { EditorView } from "@tiptap/pm/view";
import { yCursorPlugin } from "@tiptap/y-tiptap";
import type { Awareness } from "y-protocols/awareness";
import { inkOn, safeColor } from "../people/color.ts";

const flagMs = 2_500;

type CaretUser = { readonly name?: unknown; readonly color?: unknown };

/**
 * After every remote change y-tiptap publishes the local caret again, unchanged or not: with ten people reading, one
 * person's keystroke would cost nine presence messages. Only a caret that moved is published.
 */
function publishingOnlyMoves(awareness: Awareness): Awareness {
  return new Proxy(awareness, {
    get(target, property) {
      if (property === "setLocalStateField")
        return (field: string, value: unknown) => {
          const now = target.getLocalState()?.[field] ?? null;
          if (JSON.stringify(now) !== JSON.stringify(value ?? null)) target.setLocalStateField(field, value);
        };
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}

function dress(caret: HTMLElement, user: CaretUser): void {
  const color = safeColor(user.color);
  caret.style.setProperty("--caret-color", color);
  caret.style.setProperty("--caret-ink", inkOn(color));
  // Shown by the style sheet: as text it would be copied, searched and read aloud in the middle of a sentence.
  caret.dataset.name = typeof user.name === "string" ? user.name : "";
}

class CaretFlags {
  readonly #awareness: Awareness;
  readonly #places = new Map<number, string>();
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #view: EditorView | null = null;

  constructor(awareness: Awareness) {
    this.#awareness = awareness;
  }

  build(user: CaretUser, clientId: number): HTMLElement {
    const caret = document.createElement("span");
    caret.className = "caret";
    caret.dataset.clientId = String(clientId);
    caret.dataset.testid = "caret";
    caret.ariaHidden = "true";
    dress(caret, user);
    caret.toggleAttribute("data-active", this.#timers.has(clientId));
    return caret;
  }

  attach(view: EditorView): () => void {
    this.#view = view;
    const onChange = () => this.#follow();
    this.#awareness.on("change", onChange);
    return () => {
      this.#awareness.off("change", onChange);
      for (const timer of this.#timers.values()) clearTimeout(timer);
      this.#timers.clear();
      this.#view = null;
    };
  }

  #follow(): void {
    const states = this.#awareness.getStates();
    for (const [clientId, state] of states) {
      const place = JSON.stringify(state.cursor ?? null);
      if (this.#places.get(clientId) !== place && state.cursor != null) this.#raise(clientId);
      this.#places.set(clientId, place);
      this.#each(clientId, (caret) => dress(caret, (state.user ?? {}) as CaretUser));
    }
    for (const clientId of this.#places.keys()) if (!states.has(clientId)) this.#places.delete(clientId);
  }

  #raise(clientId: number): void {
    clearTimeout(this.#timers.get(clientId));
    const lower = () => {
      this.#timers.delete(clientId);
      this.#each(clientId, (caret) => caret.removeAttribute("data-active"));
    };
    this.#timers.set(clientId, setTimeout(lower, flagMs));
    this.#each(clientId, (caret) => caret.setAttribute("data-active", ""));
  }

  #each(clientId: number, act: (caret: HTMLElement) => void): void {
    for (const caret of this.#view?.dom.querySelectorAll<HTMLElement>(
      `.caret[data-client-id="${clientId}"]`,
    ) ?? [])
      act(caret);
  }
}

/** The others' carets and selections. TipTap's own extension hides whose caret it draws, so that a flag could not follow. */
export const Carets = Extension.create<{ awareness: Awareness | null }>({
  name: "carets",
  priority: 999,

  addOptions() {
    return { awareness: null };
  },

  addProseMirrorPlugins() {
    const { awareness } = this.options;
    if (awareness === null) return [];
    const flags = new CaretFlags(awareness);
    return [
      yCursorPlugin(publishingOnlyMoves(awareness), {
        cursorBuilder: (user: CaretUser, clientId) => flags.build(user, clientId),
        selectionBuilder: (user: CaretUser) => ({
          class: "caret-selection",
          style: `background-color: ${safeColor(user.color)}38`,
        }),
      }) as Plugin,
      new Plugin({ key: new PluginKey("caretFlags"), view: (view) => ({ destroy: flags.attach(view) }) }),
    ];
  },
});

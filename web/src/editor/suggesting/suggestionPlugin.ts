import type { Editor } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import type { Plugin, PluginKey } from "@tiptap/pm/state";
import { ReactRenderer } from "@tiptap/react";
import Suggestion, { exitSuggestion, type SuggestionOptions } from "@tiptap/suggestion";
import {
  type MenuTexts,
  type Suggested,
  SuggestionMenu,
  type SuggestionMenuHandle,
} from "./SuggestionMenu.tsx";

type Options<Item extends Suggested> = Pick<
  SuggestionOptions<Item, Item>,
  "char" | "items" | "allowedPrefixes" | "minQueryLength" | "allowSpaces" | "findSuggestionMatch"
> & {
  readonly editor: Editor;
  readonly key: PluginKey;
  readonly texts: MenuTexts;
  readonly onChoose: (item: Item, range: { readonly from: number; readonly to: number }) => void;
};

/** A menu that opens at a character while one types, with the keyboard left in the text. */
export function suggestionPlugin<Item extends Suggested>({
  editor,
  key,
  texts,
  onChoose,
  ...options
}: Options<Item>): Plugin {
  return Suggestion<Item, Item>({
    ...options,
    pluginKey: key,
    editor,
    container: "main",
    placement: "bottom-start",
    offset: { mainAxis: 6 },
    command: ({ range, props }) => onChoose(props, range),
    allow: ({ state, isActive }) => {
      const { $from } = state.selection;
      const inCode = $from.parent.type.spec.code || $from.marks().some(({ type }) => type.spec.code);
      return !inCode && (isActive === true || editor.view.hasFocus());
    },
    // What somebody else types in front of my caret must not open a menu here.
    shouldShow: ({ transaction }) =>
      !isChangeOrigin(transaction) || key.getState(editor.state)?.active === true,
    render: () => {
      let menu: ReactRenderer<SuggestionMenuHandle> | null = null;
      let unmount: (() => void) | null = null;
      return {
        onStart: (props) => {
          menu = new ReactRenderer(SuggestionMenu<Item>, {
            editor: props.editor,
            props: { ...props, texts },
          });
          menu.element.style.zIndex = "50";
          unmount = props.mount(menu.element);
        },
        onUpdate: (props) => menu?.updateProps({ ...props, texts }),
        onKeyDown: (props) => {
          if (props.event.key === "Escape") {
            exitSuggestion(props.view, key);
            return true;
          }
          return menu?.ref?.onKeyDown(props) ?? false;
        },
        onExit: () => {
          unmount?.();
          menu?.destroy();
          menu = null;
        },
      };
    },
  });
}

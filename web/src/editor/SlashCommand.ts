import { Extension } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import { PluginKey } from "@tiptap/pm/state";
import { ReactRenderer } from "@tiptap/react";
import Suggestion, { exitSuggestion } from "@tiptap/suggestion";
import { SlashMenu, type SlashMenuHandle } from "./SlashMenu.tsx";
import { matchingItems, type SlashItem, slashItems } from "./slashItems.ts";

const slashKey = new PluginKey("slashCommand");

export const SlashCommand = Extension.create({
  name: "slashCommand",

  addProseMirrorPlugins() {
    return [
      Suggestion<SlashItem, SlashItem>({
        pluginKey: slashKey,
        editor: this.editor,
        char: "/",
        allowedPrefixes: [" ", "\u00a0"],
        container: "main",
        placement: "bottom-start",
        offset: { mainAxis: 6 },
        items: ({ query }) => matchingItems(slashItems, query),
        command: ({ editor, range, props }) => props.run(editor, range),
        allow: ({ state, isActive }) =>
          !state.selection.$from.parent.type.spec.code && (isActive === true || this.editor.view.hasFocus()),
        // A "/" that somebody else types in front of my caret must not open a menu here.
        shouldShow: ({ transaction }) =>
          !isChangeOrigin(transaction) || slashKey.getState(this.editor.state)?.active === true,
        render: () => {
          let menu: ReactRenderer<SlashMenuHandle> | null = null;
          let unmount: (() => void) | null = null;
          return {
            onStart: (props) => {
              menu = new ReactRenderer(SlashMenu, { editor: props.editor, props });
              menu.element.style.zIndex = "50";
              unmount = props.mount(menu.element);
            },
            onUpdate: (props) => menu?.updateProps(props),
            onKeyDown: (props) => {
              if (props.event.key === "Escape") {
                exitSuggestion(props.view, slashKey);
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
      }),
    ];
  },
});

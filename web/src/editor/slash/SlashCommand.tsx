import { Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import { suggestionPlugin } from "../suggesting/suggestionPlugin.ts";
import { matchingItems } from "./matchingItems.ts";
import { slashItems } from "./slashItems.ts";
import { slashText } from "./text.ts";

const key = new PluginKey("slashCommand");

const shown = slashItems.map(({ Icon, ...item }) => ({ ...item, icon: <Icon size={18} /> }));

export const SlashCommand = Extension.create({
  name: "slashCommand",

  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      suggestionPlugin({
        editor,
        key,
        char: "/",
        allowedPrefixes: [" ", "\u00a0"],
        texts: { testId: "slash", label: slashText.menu, empty: slashText.empty },
        items: ({ query }) => {
          const found = matchingItems(
            shown.filter(({ fits }) => fits?.(editor) !== false),
            query,
          );
          // Among matches the likeliest stands first, whatever its group.
          return query === ""
            ? found
            : found.map(({ group: _group, ...item }) => item as (typeof shown)[number]);
        },
        onChoose: (item, range) => item.run(editor, range),
      }),
    ];
  },
});

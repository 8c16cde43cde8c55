import { Extension, InputRule } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import type { Suggested } from "../suggesting/SuggestionMenu.tsx";
import { suggestionPlugin } from "../suggesting/suggestionPlugin.ts";
import { emojiAtHand, loadEmoji } from "./emojiData.ts";
import { emojiOfCode, matchingEmoji } from "./emojiSearch.ts";
import { recentEmoji, rememberEmoji } from "./recentEmoji.ts";
import { emojiText } from "./text.ts";

const key = new PluginKey("emojiSuggestion");
const shown = 8;

type Item = Suggested & { readonly unicode: string };

/** ":tada" offers emoji, ":tada:" becomes one; both put in the character itself. */
export const EmojiSuggestion = Extension.create({
  name: "emojiSuggestion",

  addInputRules() {
    return [
      new InputRule({
        find: /(?:^|[\s(])(:([a-z0-9_+-]{1,40}):)$/i,
        handler: ({ state, range, match }) => {
          const [, written = "", code = ""] = match;
          const emoji = emojiOfCode(emojiAtHand() ?? [], code);
          if (emoji === null) return null;
          rememberEmoji(emoji.unicode);
          // The last colon is not in the text yet.
          state.tr.insertText(emoji.unicode, range.to - written.length + 1, range.to);
          return undefined;
        },
      }),
    ];
  },

  addProseMirrorPlugins() {
    const { editor } = this;
    return [
      suggestionPlugin<Item>({
        editor,
        key,
        char: ":",
        allowedPrefixes: [" ", "\u00a0", "("],
        minQueryLength: 2,
        texts: { testId: "emoji", label: emojiText.menu, empty: null },
        items: async ({ query }) => {
          if (!/^[\w+-]+$/.test(query)) return [];
          const all = await loadEmoji().catch(() => []);
          return matchingEmoji(all, query, { recent: recentEmoji(), limit: shown }).map(
            ({ unicode, label, codes }) => ({
              id: unicode,
              unicode,
              label,
              description: `:${codes[0] ?? ""}:`,
              icon: (
                <span className="w-6 flex-none text-center text-xl" aria-hidden="true">
                  {unicode}
                </span>
              ),
            }),
          );
        },
        onChoose: ({ unicode }, { from, to }) => {
          rememberEmoji(unicode);
          editor.view.dispatch(editor.state.tr.insertText(`${unicode} `, from, to));
          editor.view.focus();
        },
      }),
    ];
  },
});

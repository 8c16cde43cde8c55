import type { Provider } from "@palimpsest/provider";
import { Extension } from "@tiptap/core";
import { PluginKey } from "@tiptap/pm/state";
import { inkOn } from "../../people/color.ts";
import { initials } from "../../people/initials.ts";
import { peopleFrom } from "../../people/usePeople.ts";
import type { Suggested } from "../suggesting/SuggestionMenu.tsx";
import { suggestionPlugin } from "../suggesting/suggestionPlugin.ts";
import { authorsOf } from "./authors.ts";
import { matchingPeople, mentionable } from "./mentioned.ts";
import { mentionText } from "./text.ts";

const key = new PluginKey("mentionSuggestion");

type Item = Suggested & { readonly name: string };
type Options = { provider: Provider | null; documentId: string };

/** "@" offers those who are here or have written here. */
export const MentionSuggestion = Extension.create<Options>({
  name: "mentionSuggestion",

  addOptions() {
    return { provider: null, documentId: "" };
  },

  addProseMirrorPlugins() {
    const { editor } = this;
    const { provider, documentId } = this.options;
    if (provider === null) return [];
    return [
      suggestionPlugin<Item>({
        editor,
        key,
        char: "@",
        allowedPrefixes: [" ", "\u00a0", "("],
        texts: { testId: "mention", label: mentionText.menu, empty: mentionText.empty },
        items: async ({ query }) => {
          const present = peopleFrom(provider.awareness.getStates());
          const own = provider.state.user?.id ?? null;
          const people = mentionable(present, await authorsOf(documentId), own);
          return matchingPeople(people, query).map((person) => ({
            id: person.id,
            name: person.name,
            label: person.own ? mentionText.you(person.name) : person.name,
            group: person.present ? mentionText.present : mentionText.wrote,
            icon: (
              <span
                className="avatar inline-flex size-6 flex-none items-center justify-center rounded-full text-xs font-semibold"
                style={{ background: person.color, color: inkOn(person.color) }}
                data-initials={initials(person.name)}
                aria-hidden="true"
              />
            ),
          }));
        },
        onChoose: ({ id, name }, { from, to }) => {
          const node = editor.schema.nodes.mention?.create({ id, label: name });
          if (node === undefined) return;
          const { tr } = editor.state;
          tr.replaceWith(from, to, [node, editor.schema.text(" ")]);
          editor.view.dispatch(tr.scrollIntoView());
          editor.view.focus();
        },
      }),
    ];
  },
});

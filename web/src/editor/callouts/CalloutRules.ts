import { calloutKinds } from "@palimpsest/schema";
import { Extension, InputRule } from "@tiptap/core";
import { blockAt } from "../blocks/blockRange.ts";
import { turnInto } from "../blocks/turnInto.ts";

/** "> [!note] " begins a callout, in a quote as well, into which "> " has turned the line by then. */
export const CalloutRules = Extension.create({
  name: "calloutRules",

  addInputRules() {
    return [
      new InputRule({
        find: new RegExp(`^(?:> ?)?\\[!(${calloutKinds.join("|")})\\]\\s$`, "i"),
        handler: ({ state, range, match }) => {
          const { tr } = state;
          const kind = { name: "callout", callout: (match[1] ?? "").toLowerCase() } as const;
          tr.delete(range.from, range.to);
          const $from = tr.doc.resolve(range.from);
          const quote = $from.depth > 1 ? $from.node(-1) : null;
          const inQuote = quote?.type.name === "blockquote" && $from.index(-1) === 0;
          const block = inQuote
            ? { from: $from.before(-1), to: $from.after(-1) }
            : blockAt(tr.doc, range.from, "cells");
          return block !== null && turnInto(tr, block, kind) ? undefined : null;
        },
      }),
    ];
  },
});

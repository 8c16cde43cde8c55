import { isSafeHref } from "@palimpsest/schema";
import { Extension, InputRule } from "@tiptap/core";

const address = /(?:^|[\s([{"'«“‘])((?:https?:\/\/|www\.)[^\s<>"]+)[ \u00A0]$/i;

/** The address without what more likely belongs to the sentence around it: its full stop, a bracket that it does not open. */
export function trimAddress(typed: string): string {
  let end = typed.length;
  for (; end > 0; end--) {
    const last = typed[end - 1] ?? "";
    if (/[.,;:!?'"»”’*_~]/.test(last)) continue;
    const open = last === ")" ? "(" : last === "]" ? "[" : last === "}" ? "{" : null;
    if (open === null) break;
    const kept = typed.slice(0, end);
    if (kept.split(open).length >= kept.split(last).length) break;
  }
  return typed.slice(0, end);
}

/** A web address becomes a link when the space after it is typed. */
export const Autolink = Extension.create({
  name: "autolink",

  addInputRules() {
    return [
      new InputRule({
        find: address,
        handler: ({ state, range, match }) => {
          const type = state.schema.marks.link;
          const typed = match[1];
          if (type === undefined || typed === undefined) return null;
          const text = trimAddress(typed);
          const href = /^www\./i.test(text) ? `https://${text}` : text;
          const from = range.to - typed.length;
          if (!isSafeHref(href) || state.doc.rangeHasMark(from, range.to, type)) return null;
          state.tr
            .addMark(from, from + text.length, type.create({ href }))
            .insertText(match[0].slice(-1), range.to)
            .removeStoredMark(type);
          return undefined;
        },
      }),
    ];
  },
});

import { Node } from "@tiptap/core";

/** What a callout says about its text: the five kinds that Markdown's alerts have. */
export const calloutKinds: readonly string[] = ["note", "tip", "important", "warning", "caution"];

/** A stored kind, or "note" where it is none. */
export function calloutKind(value: unknown): string {
  return typeof value === "string" && calloutKinds.includes(value) ? value : "note";
}

/** Blocks set apart because they matter: a hint, a warning. */
export const Callout = Node.create({
  name: "callout",
  group: "block",
  content: "block+",
  defining: true,

  addAttributes() {
    return {
      kind: {
        default: "note",
        parseHTML: (element) => calloutKind(element.getAttribute("data-kind")),
        renderHTML: ({ kind }) => ({ "data-kind": calloutKind(kind) }),
      },
    };
  },

  parseHTML() {
    return [{ tag: 'div[data-type="callout"]' }];
  },

  renderHTML({ HTMLAttributes }) {
    return ["div", { ...HTMLAttributes, "data-type": "callout" }, 0];
  },
});

import { Node } from "@tiptap/core";

/** Longest name a mention shows, in UTF-16 units. */
export const MAX_MENTION_LABEL = 80;

/** The name a mention shows, on one line. */
export function mentionLabel(value: unknown): string {
  return typeof value === "string"
    ? value
        .replace(/\p{Cc}+/gu, " ")
        .trim()
        .slice(0, MAX_MENTION_LABEL)
    : "";
}

/** The user id of who is mentioned, or null where it is none. */
export function mentionId(value: unknown): string | null {
  return typeof value === "string" && /^[A-Za-z0-9_-]{1,128}$/.test(value) ? value : null;
}

/** Somebody named in a line of text: `id` is their user id, `label` the name they had then. */
export const Mention = Node.create({
  name: "mention",
  group: "inline",
  inline: true,
  atom: true,

  addAttributes() {
    return {
      id: { default: null, parseHTML: (element) => mentionId(element.getAttribute("data-id")) },
      label: {
        default: "",
        parseHTML: (element) =>
          mentionLabel(element.getAttribute("data-label") ?? element.textContent.replace(/^@/, "")),
      },
    };
  },

  parseHTML() {
    return [{ tag: 'span[data-type="mention"]' }];
  },

  renderHTML({ node }) {
    const id = mentionId(node.attrs.id);
    const label = mentionLabel(node.attrs.label);
    return [
      "span",
      { "data-type": "mention", ...(id === null ? {} : { "data-id": id }), "data-label": label },
      `@${label}`,
    ];
  },

  renderText({ node }) {
    return `@${mentionLabel(node.attrs.label)}`;
  },
});

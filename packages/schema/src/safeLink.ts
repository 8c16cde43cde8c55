import { Mark, mergeAttributes } from "@tiptap/core";
import { isSafeHref } from "./safeHref.ts";

declare module "@tiptap/core" {
  interface Commands<ReturnType> {
    link: {
      /** Links the selection; false if the address may not be linked to. */
      setLink: (attributes: { href: string; title?: string | null }) => ReturnType;
      /** Takes the link from the selection, or the whole link from around the caret. */
      unsetLink: () => ReturnType;
    };
  }
}

const rel = "noopener noreferrer nofollow";

/**
 * A link, reduced to what may be stored: `href` and `title`. With `target`, `rel` or `class`, anybody who may write could choose
 * them for all readers: no `rel`, or a class that lays the link over the page.
 *
 * Not TipTap's: its autolinking compares the whole document with the one before at every key, and brings a parser of URLs
 * that is as large as our own editor.
 */
export const SafeLink = Mark.create({
  name: "link",
  // Before the other marks, so that a link stands outside of them: one link, not one for each bold word.
  priority: 1000,
  keepOnSplit: false,
  exitable: true,
  inclusive: false,

  addAttributes() {
    return {
      href: { default: null, parseHTML: (element) => element.getAttribute("href") },
      title: { default: null },
    };
  },

  parseHTML() {
    return [
      { tag: "a[href]", getAttrs: (element) => (isSafeHref(element.getAttribute("href")) ? null : false) },
    ];
  },

  // A hostile update can put any href below the editor's checks, so the last word is here: no href, no navigation.
  renderHTML({ HTMLAttributes }) {
    const { href, title } = HTMLAttributes;
    const target = isSafeHref(href) ? { href } : {};
    const tooltip = typeof title === "string" && title !== "" ? { title } : {};
    return ["a", mergeAttributes(target, tooltip, { rel }), 0];
  },

  addCommands() {
    return {
      setLink:
        (attributes) =>
        ({ commands }) =>
          isSafeHref(attributes.href) && commands.setMark(this.name, attributes),
      unsetLink:
        () =>
        ({ commands }) =>
          commands.unsetMark(this.name, { extendEmptyMarkRange: true }),
    };
  },
});

import { mergeAttributes } from "@tiptap/core";
import { Link } from "@tiptap/extension-link";
import { isBareHost, isSafeHref } from "./safeHref.ts";

const rel = "noopener noreferrer nofollow";

/**
 * TipTap's link, reduced to what may be stored: `href` and `title`. TipTap also stores `target`, `rel` and `class`, which
 * anybody who may write could then choose for all readers: no `rel`, or a class that lays the link over the page.
 */
export const SafeLink = Link.extend({
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
}).configure({
  openOnClick: false,
  defaultProtocol: "https",
  // Bare host names pass here because autolinking asks about what was typed, before it adds the protocol.
  isAllowedUri: (url) => isSafeHref(url) || isBareHost(url),
});

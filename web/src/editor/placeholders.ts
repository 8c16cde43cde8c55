import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { editorText } from "./text.ts";
import { toggleText } from "./toggles/text.ts";

/** What stands in an empty block that has the caret; what it stands in is not known here: see {@link hints}. */
export function placeholderOf(editor: Editor, node: Node, hasAnchor: boolean): string {
  if (editor.isEmpty && node.type.name === "paragraph") return editorText.placeholder;
  if (node.type.name === "heading") return editorText.headingPlaceholder;
  if (node.type.name === "detailsSummary") return editorText.summaryPlaceholder;
  return node.type.name === "paragraph" && hasAnchor && editor.isEditable ? editorText.linePlaceholder : "";
}

/** For the style sheet: what stands in a quote, callout or toggle of which nothing is written yet. */
export const hints: string = Object.entries({
  quote: editorText.quotePlaceholder,
  callout: editorText.calloutPlaceholder,
  toggle: toggleText.content,
})
  .map(([name, text]) => `--hint-${name}: ${JSON.stringify(text)}`)
  .join("; ");

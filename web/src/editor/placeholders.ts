import type { Editor } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { editorText } from "./text.ts";
import { toggleText } from "./toggles/text.ts";

/** What stands in an empty block: in the one with the caret, and wherever a form would be empty without. */
export function placeholderOf(editor: Editor, node: Node, pos: number, hasAnchor: boolean): string {
  if (editor.isEmpty && node.type.name === "paragraph") return editorText.placeholder;
  if (node.type.name === "heading") return editorText.headingPlaceholder;
  if (node.type.name === "detailsSummary") return editorText.summaryPlaceholder;
  if (node.type.name !== "paragraph") return "";
  const { parent } = editor.state.doc.resolve(Math.min(pos, editor.state.doc.content.size));
  const alone = parent.childCount === 1;
  if (parent.type.name === "callout" && alone) return editorText.calloutPlaceholder;
  if (parent.type.name === "blockquote" && alone) return editorText.quotePlaceholder;
  if (parent.type.name === "detailsContent" && alone) return toggleText.content;
  return hasAnchor && editor.isEditable && parent.type.name === "doc" ? editorText.linePlaceholder : "";
}

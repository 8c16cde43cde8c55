import type { Editor } from "@tiptap/core";

export function setMarkColour(editor: Editor, mark: "textColor" | "highlight", color: string | null): void {
  const chain = editor.chain();
  if (color === null) chain.unsetMark(mark).run();
  else chain.setMark(mark, { color }).run();
}

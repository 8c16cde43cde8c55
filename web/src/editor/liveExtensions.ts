import { documentExtensions, FRAGMENT_NAME } from "@palimpsest/schema";
import type { Extensions } from "@tiptap/core";
import { Collaboration } from "@tiptap/extension-collaboration";
import { Placeholder } from "@tiptap/extensions/placeholder";
import { Selection } from "@tiptap/extensions/selection";
import type { Room } from "../document/useRoom.ts";
import { Carets } from "./Carets.ts";
import { CodeBlockControls } from "./CodeBlockView.ts";
import { Copying } from "./clipboard/Copying.ts";
import { Pasting } from "./clipboard/Pasting.ts";
import { LinkKeys } from "./LinkKeys.ts";
import { PendingSelection } from "./PendingSelection.ts";
import { SlashCommand } from "./SlashCommand.ts";
import { editorText } from "./text.ts";

export function liveExtensions({ documentId, doc, provider }: Room): Extensions {
  return [
    ...documentExtensions(),
    PendingSelection.configure({ document: doc }),
    Collaboration.configure({ document: doc, field: FRAGMENT_NAME, provider }),
    Carets.configure({ awareness: provider.awareness }),
    Placeholder.configure({
      placeholder: ({ editor, node }) => {
        if (editor.isEmpty) return editorText.placeholder;
        return node.type.name === "heading" ? editorText.headingPlaceholder : "";
      },
    }),
    Selection.configure({ className: "kept-selection" }),
    SlashCommand,
    CodeBlockControls,
    LinkKeys,
    Copying.configure({ documentId }),
    Pasting,
  ];
}

/** The same schema without a connection: what is shown of the past must never be able to write into the present. */
export function previewExtensions(): Extensions {
  return [...documentExtensions(), CodeBlockControls];
}

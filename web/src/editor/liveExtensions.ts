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
import { assetAddressIn } from "./images/assetAddress.ts";
import { Pictures } from "./images/Pictures.ts";
import { Uploads } from "./images/Uploads.ts";
import { LinkKeys } from "./LinkKeys.ts";
import { PendingSelection } from "./PendingSelection.ts";
import { SlashCommand } from "./SlashCommand.ts";
import { editorText } from "./text.ts";

export function liveExtensions({ documentId, doc, provider }: Room): Extensions {
  return [
    ...documentExtensions({ assetAddress: assetAddressIn(documentId) }),
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
    Pictures.configure({ assetAddress: assetAddressIn(documentId) }),
    Uploads.configure({ documentId }),
    LinkKeys,
    Copying.configure({ documentId }),
    Pasting,
  ];
}

/** The same schema without a connection: what is shown of the past must never be able to write into the present. */
export function previewExtensions(documentId: string): Extensions {
  const assetAddress = assetAddressIn(documentId);
  return [...documentExtensions({ assetAddress }), CodeBlockControls, Pictures.configure({ assetAddress })];
}

import { documentExtensions } from "@palimpsest/schema";
import type { Extensions } from "@tiptap/core";
import { Placeholder } from "@tiptap/extensions/placeholder";
import { Selection } from "@tiptap/extensions/selection";
import type { Room } from "../document/useRoom.ts";
import { Autolink } from "./Autolink.ts";
import { BlockKeys } from "./blocks/BlockKeys.ts";
import { BlockMarks } from "./blocks/BlockMarks.ts";
import { Carets } from "./Carets.ts";
import { CalloutRules } from "./callouts/CalloutRules.ts";
import { CalloutViews } from "./callouts/CalloutView.tsx";
import { Copying } from "./clipboard/Copying.ts";
import { Pasting } from "./clipboard/Pasting.ts";
import { CodeBlockControls } from "./code/CodeBlockView.ts";
import { CodeColours } from "./code/CodeColours.ts";
import { CodeKeys } from "./code/CodeKeys.ts";
import { EmojiSuggestion } from "./emoji/EmojiSuggestion.tsx";
import { FormatKeys } from "./FormatKeys.ts";
import { boundToText } from "./firstRender.ts";
import { assetAddressIn } from "./images/assetAddress.ts";
import { Pictures } from "./images/Pictures.ts";
import { Uploads } from "./images/Uploads.ts";
import { LinkKeys } from "./LinkKeys.ts";
import { MathRules } from "./math/MathRules.ts";
import { MathViews } from "./math/MathView.ts";
import { MentionSuggestion } from "./mentions/MentionSuggestion.tsx";
import { PendingSelection } from "./PendingSelection.ts";
import { placeholderOf } from "./placeholders.ts";
import { SlashCommand } from "./slash/SlashCommand.tsx";
import { TableKeys } from "./tables/TableKeys.ts";
import { ToggleKeys, withToggleView } from "./toggles/ToggleView.ts";

const shown = (extensions: Extensions): Extensions => extensions.map(withToggleView);

/** How blocks look, for whoever reads them. */
const blockViews = (): Extensions => [CodeBlockControls, CodeColours, CalloutViews, MathViews];

export function liveExtensions(room: Room): Extensions {
  const { documentId, doc, provider } = room;
  return [
    ...shown(documentExtensions({ assetAddress: assetAddressIn(documentId) })),
    PendingSelection.configure({ document: doc }),
    ...boundToText(room),
    Carets.configure({ awareness: provider.awareness }),
    Placeholder.configure({
      includeChildren: true,
      placeholder: ({ editor, node, hasAnchor }) => placeholderOf(editor, node, hasAnchor),
    }),
    Selection.configure({ className: "kept-selection" }),
    SlashCommand,
    EmojiSuggestion,
    MentionSuggestion.configure({ documentId, provider }),
    ...blockViews(),
    BlockKeys,
    BlockMarks,
    TableKeys,
    ToggleKeys,
    CodeKeys,
    FormatKeys,
    CalloutRules,
    MathRules,
    Pictures.configure({ assetAddress: assetAddressIn(documentId) }),
    Uploads.configure({ documentId }),
    LinkKeys,
    Autolink,
    Copying.configure({ documentId }),
    Pasting,
  ];
}

/** The same schema without a connection: what is shown of the past must never be able to write into the present. */
export function previewExtensions(documentId: string): Extensions {
  const assetAddress = assetAddressIn(documentId);
  return [
    ...shown(documentExtensions({ assetAddress })),
    ...blockViews(),
    Pictures.configure({ assetAddress }),
    Copying.configure({ documentId }),
  ];
}

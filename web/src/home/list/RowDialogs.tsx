import { useState } from "react";
import { ConfirmDialog } from "../../app/ConfirmDialog.tsx";
import { PromptDialog } from "../../app/PromptDialog.tsx";
import { type ListedDocument, titleOf } from "../documents.ts";
import { homeText } from "../text.ts";
import type { DocumentActions } from "./useDocumentActions.ts";

export type Asked = { readonly action: "rename" | "purge"; readonly document: ListedDocument };

type Props = Asked & {
  readonly actions: DocumentActions;
  readonly onPurge: (document: ListedDocument) => void;
  readonly onClose: () => void;
};

export default function RowDialogs({ action, document, actions, onPurge, onClose }: Props) {
  const [busy, setBusy] = useState(false);
  const rename = async (title: string) => {
    setBusy(true);
    if (await actions.rename(document, title)) onClose();
    else setBusy(false);
  };
  if (action === "rename")
    return (
      <PromptDialog
        title={homeText.renameTitle}
        label={homeText.titleLabel}
        action={homeText.actions.rename}
        initial={document.title}
        busy={busy}
        onSubmit={(title) => void rename(title)}
        onClose={onClose}
      />
    );
  return (
    <ConfirmDialog
      title={homeText.purgeTitle(titleOf(document))}
      hint={homeText.purgeHint}
      action={homeText.actions.purge}
      onConfirm={() => onPurge(document)}
      onClose={onClose}
    />
  );
}

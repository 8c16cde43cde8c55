import { ConfirmDialog } from "../app/ConfirmDialog.tsx";
import { PromptDialog } from "../app/PromptDialog.tsx";
import type { RowAction } from "./DocumentRow.tsx";
import type { ListedDocument } from "./recents.ts";
import { homeText } from "./text.ts";
import { titleOf, useDeleteDocument, useRenameDocument } from "./useDocuments.ts";

type Props = {
  readonly action: RowAction;
  readonly document: ListedDocument;
  readonly onClose: () => void;
};

export default function RowDialogs({ action, document, onClose }: Props) {
  const rename = useRenameDocument();
  const remove = useDeleteDocument();
  if (action === "rename")
    return (
      <PromptDialog
        title={homeText.renameTitle}
        label={homeText.titleLabel}
        action={homeText.rename}
        initial={document.title}
        busy={rename.isPending}
        onSubmit={(title) => rename.mutate({ id: document.id, title }, { onSuccess: onClose })}
        onClose={onClose}
      />
    );
  return (
    <ConfirmDialog
      title={homeText.deleteTitle(titleOf(document))}
      hint={homeText.deleteHint}
      action={homeText.delete}
      onConfirm={() => remove.mutate({ id: document.id })}
      onClose={onClose}
    />
  );
}

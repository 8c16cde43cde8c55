import { PromptDialog } from "../app/PromptDialog.tsx";
import { documentText } from "./text.ts";
import { useNameVersion } from "./useNameVersion.ts";

type Props = { readonly documentId: string; readonly seq?: number | undefined; readonly onClose: () => void };

export function NameVersionDialog({ documentId, seq, onClose }: Props) {
  const name = useNameVersion(documentId);
  return (
    <PromptDialog
      title={documentText.nameVersionTitle}
      label={documentText.nameVersionLabel}
      action={documentText.nameVersionAction}
      hint={documentText.nameVersionHint}
      required
      busy={name.isPending}
      onSubmit={(value) =>
        name.mutate(seq === undefined ? { name: value } : { name: value, seq }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  );
}

import { keepingText } from "../history/keeping/text.ts";
import { VersionDialog } from "../history/keeping/VersionDialog.tsx";
import { useNameVersion } from "../history/keeping/versions.ts";

type Props = { readonly documentId: string; readonly seq?: number | undefined; readonly onClose: () => void };

export function NameVersionDialog({ documentId, seq, onClose }: Props) {
  const name = useNameVersion(documentId);
  return (
    <VersionDialog
      title={keepingText.nameTitle}
      action={keepingText.nameAction}
      busy={name.isPending}
      onSubmit={(naming) =>
        name.mutate(seq === undefined ? naming : { ...naming, seq }, { onSuccess: onClose })
      }
      onClose={onClose}
    />
  );
}

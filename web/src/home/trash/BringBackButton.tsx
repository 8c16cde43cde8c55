import { appText } from "../../app/text.ts";
import { trashText } from "../text.ts";
import { useBringBack } from "./useBringBack.ts";

type Props = { readonly documentId: string; readonly onBack: () => void };

/** In a tab that still has a document which is in the trash: what was not sent goes on its way once it is back. */
export function BringBackButton({ documentId, onBack }: Props) {
  const { canRestore, isRestoring, restore } = useBringBack(documentId, onBack);
  if (canRestore === null) return null;
  if (!canRestore)
    return (
      <button type="button" className="button" onClick={onBack}>
        {appText.tryAgain}
      </button>
    );
  return (
    <button type="button" className="button button-accent" disabled={isRestoring} onClick={restore}>
      {isRestoring ? trashText.restoring : trashText.restore}
    </button>
  );
}

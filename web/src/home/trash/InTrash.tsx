import { Message } from "../../app/Message.tsx";
import { trashText } from "../text.ts";
import { useBringBack } from "./useBringBack.ts";

/** What an address leads to while its document is in the trash. */
export default function InTrash({ documentId }: { readonly documentId: string }) {
  const { canRestore, isRestoring, restore } = useBringBack(documentId, () => window.location.reload());
  const hint = canRestore === true ? trashText.ownerHint : trashText.hint;
  return (
    <Message title={trashText.title} hint={canRestore === null ? "" : hint} testId="document-in-trash">
      {canRestore === true ? (
        <button type="button" className="button button-accent" disabled={isRestoring} onClick={restore}>
          {isRestoring ? trashText.restoring : trashText.restore}
        </button>
      ) : null}
    </Message>
  );
}

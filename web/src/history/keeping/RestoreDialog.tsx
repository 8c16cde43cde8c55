import { AlertDialog } from "radix-ui";
import { appText } from "../../app/text.ts";
import { useReturnFocus } from "../../app/useReturnFocus.ts";
import type { Part } from "../entries.ts";
import { kindOf, type Restored, type RestoreKind, type RestoreRequest, useRestoring } from "./restoring.ts";
import { keepingText } from "./text.ts";
import { useWeighing, Weighed } from "./Weighed.tsx";

const actions: Record<RestoreKind, string> = {
  whole: keepingText.restore,
  part: keepingText.putBack,
  change: keepingText.putBack,
  undo: keepingText.takeBack,
  person: keepingText.undoPerson,
};

type Props = {
  readonly documentId: string;
  readonly request: RestoreRequest;
  /** The question that the dialog asks. */
  readonly heading: string;
  /** What is said when it is done; by default a sentence for this kind of restore. */
  readonly said?: string | undefined;
  /** Whose changes are undone and how much they are, where a person's are. */
  readonly part?: Part | undefined;
  readonly onClose: () => void;
  readonly onDone: (restored: Restored) => void;
};

/** Says what a restore will do before it is done. It is mounted while it is open. */
export function RestoreDialog({ documentId, request, heading, said, part, onClose, onDone }: Props) {
  const returnFocus = useReturnFocus();
  const restore = useRestoring(documentId);
  const kind = kindOf(request);
  const weighing = useWeighing(documentId, kind === "whole" && "to" in request ? request.to : null);
  const changesNothing = kind === "whole" && weighing.data?.kind === "same";
  const confirm = () =>
    restore.mutate(
      { request, said },
      {
        onSuccess: (restored) => {
          onDone(restored);
          onClose();
        },
      },
    );
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && !restore.isPending && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content
          onCloseAutoFocus={returnFocus}
          className="dialog"
          data-testid="restore-dialog"
          data-restore={kind}
        >
          <AlertDialog.Title className="mb-3 text-lg font-semibold wrap-anywhere">
            {heading}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mb-5 flex flex-col gap-3">
              <div>
                {kind === "whole" ? <Weighed weighing={weighing} /> : null}
                {kind === "part" ? keepingText.partHint : null}
                {kind === "change" ? keepingText.changeHint : null}
                {kind === "undo" ? keepingText.undoHint : null}
                {kind === "person" && part !== undefined
                  ? keepingText.personHint(part.name, part.inserted, part.deleted)
                  : null}
              </div>
              {changesNothing ? null : (
                <p className="text-sm text-soft">
                  {keepingText.promiseKept} {keepingText.promiseTyping}
                </p>
              )}
            </div>
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel className="button">{appText.cancel}</AlertDialog.Cancel>
            <button
              type="button"
              className="button button-accent"
              disabled={restore.isPending}
              data-testid="restore-confirm"
              onClick={confirm}
            >
              {restore.isPending ? keepingText.restoring : actions[kind]}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

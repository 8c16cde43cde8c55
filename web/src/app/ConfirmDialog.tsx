import { AlertDialog } from "radix-ui";
import { appText } from "./text.ts";
import { useReturnFocus } from "./useReturnFocus.ts";

type Props = {
  readonly title: string;
  readonly hint: string;
  readonly action: string;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
};

export function ConfirmDialog({ title, hint, action, onConfirm, onClose }: Props) {
  const returnFocus = useReturnFocus();
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content onCloseAutoFocus={returnFocus} className="dialog">
          <AlertDialog.Title className="mb-2 text-lg font-semibold wrap-anywhere">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mb-4 text-soft">{hint}</AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel className="button">{appText.cancel}</AlertDialog.Cancel>
            <AlertDialog.Action className="button button-danger" onClick={onConfirm}>
              {action}
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

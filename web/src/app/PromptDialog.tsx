import { Dialog } from "radix-ui";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { appText } from "./text.ts";
import { useReturnFocus } from "./useReturnFocus.ts";

type Props = {
  readonly title: string;
  readonly label: string;
  readonly action: string;
  readonly initial?: string;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  readonly busy?: boolean;
  readonly onSubmit: (value: string) => void;
  readonly onClose: () => void;
};

/** Asks for one line of text. It is mounted while it is open. */
export function PromptDialog({
  title,
  label,
  action,
  initial = "",
  hint,
  required,
  busy,
  onSubmit,
  onClose,
}: Props) {
  const [value, setValue] = useState(initial);
  const inputId = useId();
  const returnFocus = useReturnFocus();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!required || value.trim() !== "") onSubmit(value.trim());
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content onCloseAutoFocus={returnFocus} className="dialog" aria-describedby={undefined}>
          <Dialog.Title className="mb-3 text-lg font-semibold">{title}</Dialog.Title>
          <form onSubmit={submit} className="flex flex-col gap-3">
            <div>
              <label htmlFor={inputId} className="mb-1 block text-sm font-medium">
                {label}
              </label>
              <input
                id={inputId}
                className="field"
                value={value}
                maxLength={200}
                onFocus={(event) => event.target.select()}
                onChange={(event) => setValue(event.target.value)}
              />
            </div>
            {hint === undefined ? null : <p className="text-sm text-faint">{hint}</p>}
            <div className="flex justify-end gap-2 pt-1">
              <Dialog.Close className="button">{appText.cancel}</Dialog.Close>
              <button type="submit" className="button button-accent" disabled={busy}>
                {action}
              </button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

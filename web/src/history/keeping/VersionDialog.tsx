import { Dialog } from "radix-ui";
import { type FormEvent, useId, useRef, useState } from "react";
import { appText } from "../../app/text.ts";
import { useReturnFocus } from "../../app/useReturnFocus.ts";
import { keepingText } from "./text.ts";
import type { Naming } from "./versions.ts";

type Props = {
  readonly title: string;
  readonly action: string;
  readonly initial?: Naming;
  readonly begin?: "name" | "description";
  readonly busy: boolean;
  readonly onSubmit: (naming: Naming) => void;
  readonly onClose: () => void;
};

const nothing: Naming = { name: "", description: "" };

/** Asks for a version's name and what is to be said about it. It is mounted while it is open. */
export function VersionDialog({
  title,
  action,
  initial = nothing,
  begin = "name",
  busy,
  onSubmit,
  onClose,
}: Props) {
  const returnFocus = useReturnFocus();
  const [name, setName] = useState(initial.name);
  const [description, setDescription] = useState(initial.description);
  const nameField = useRef<HTMLInputElement>(null);
  const descriptionField = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === "") nameField.current?.focus();
    else onSubmit({ name: name.trim(), description: description.trim() });
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          onCloseAutoFocus={returnFocus}
          className="dialog"
          aria-describedby={undefined}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            if (begin === "name") nameField.current?.select();
            (begin === "name" ? nameField : descriptionField).current?.focus();
          }}
        >
          <Dialog.Title className="mb-3 text-lg font-semibold">{title}</Dialog.Title>
          <form onSubmit={submit} className="flex flex-col gap-3">
            <div>
              <label htmlFor={`${id}-name`} className="mb-1 block text-sm font-medium">
                {keepingText.versionName}
              </label>
              <input
                ref={nameField}
                id={`${id}-name`}
                className="field"
                value={name}
                maxLength={200}
                required
                onChange={(event) => setName(event.target.value)}
              />
            </div>
            <div>
              <label htmlFor={`${id}-description`} className="mb-1 block text-sm font-medium">
                {keepingText.versionDescription}
              </label>
              <textarea
                ref={descriptionField}
                id={`${id}-description`}
                className="field resize-y"
                rows={3}
                value={description}
                maxLength={2_000}
                placeholder={keepingText.versionDescriptionHint}
                onChange={(event) => setDescription(event.target.value)}
              />
            </div>
            <p className="text-sm text-faint">{keepingText.versionHint}</p>
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

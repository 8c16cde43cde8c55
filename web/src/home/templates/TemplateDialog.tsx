import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { appText } from "../../app/text.ts";
import { useReturnFocus } from "../../app/useReturnFocus.ts";
import { TemplateGrid } from "./TemplateGrid.tsx";
import { type Template, templateIds } from "./templates.ts";
import { templateText } from "./templateText.ts";

type Props = {
  readonly busy: boolean;
  readonly onChoose: (template: Template) => void;
  readonly onClose: () => void;
};

export default function TemplateDialog({ busy, onChoose, onClose }: Props) {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          onCloseAutoFocus={returnFocus}
          className="dialog top-[8vh]! max-h-[84dvh]! w-[min(40rem,calc(100vw-2rem))]!"
        >
          <div className="mb-1 flex items-start">
            <Dialog.Title className="flex-1 font-serif text-xl font-semibold">
              {templateText.title}
            </Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={appText.close} title={appText.close}>
              <X size={18} />
            </Dialog.Close>
          </div>
          <Dialog.Description className="mb-4 text-soft">{templateText.hint}</Dialog.Description>
          <TemplateGrid ids={templateIds} busy={busy} onChoose={onChoose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

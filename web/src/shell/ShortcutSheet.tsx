import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import { Fragment } from "react";
import { appText } from "../app/text.ts";
import { useReturnFocus } from "../app/useReturnFocus.ts";
import { shortcut } from "../editor/shortcut.ts";
import { closeOverlay } from "./shell.ts";
import "./shell-overlays.css";
import { shortcutGroups } from "./shortcuts.ts";
import { shellText } from "./text.ts";

export default function ShortcutSheet() {
  const returnFocus = useReturnFocus();
  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="dialog sheet"
          aria-describedby={undefined}
          data-testid="shortcut-sheet"
          onCloseAutoFocus={returnFocus}
        >
          <div className="mb-3 flex items-center">
            <Dialog.Title className="flex-1 text-lg font-semibold">{shellText.shortcuts.title}</Dialog.Title>
            <Dialog.Close className="icon-button" aria-label={appText.close} title={appText.close}>
              <X size={18} />
            </Dialog.Close>
          </div>
          <div className="sheet-columns">
            {shortcutGroups.map(({ title, rows }) => (
              <section key={title}>
                <h3 className="mb-1 text-sm font-semibold text-soft">{title}</h3>
                <dl>
                  {rows.map(({ label, keys }) => (
                    <div key={`${label} ${keys.join(" ")}`}>
                      <dt className="min-w-0 wrap-anywhere">{label}</dt>
                      <dd className="flex flex-none items-baseline gap-1 text-xs text-soft">
                        {keys.map((each, index) => (
                          <Fragment key={each}>
                            {index > 0 ? <span>{shellText.shortcuts.or}</span> : null}
                            <kbd>{shortcut(each)}</kbd>
                          </Fragment>
                        ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            ))}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

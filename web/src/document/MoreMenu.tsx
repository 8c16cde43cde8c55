import { Command as CommandSign, FileInput, MoreHorizontal, ShieldCheck } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, useRef, useState } from "react";
import { ConfirmDialog } from "../app/ConfirmDialog.tsx";
import { toast } from "../app/toast.ts";
import { useMenuQuestion } from "../app/useMenuQuestion.ts";
import { shortcut } from "../editor/shortcut.ts";
import { keepingText } from "../history/keeping/text.ts";
import { type ChosenFile, readChosen, useReplaceText } from "../history/keeping/useReplaceText.ts";
import { VerifyDialog } from "../history/keeping/VerifyDialog.tsx";
import type { Command } from "../shell/commands.ts";
import { openOverlay } from "../shell/shell.ts";
import { shellText } from "../shell/text.ts";
import { useDocumentCommands } from "../shell/useDocumentCommands.ts";
import { useShellCommands } from "../shell/useShellCommands.ts";
import { ExportMenu } from "../transfer/ExportMenu.tsx";
import { importAccept } from "../transfer/importKinds.ts";
import { printDocument } from "../transfer/printDocument.ts";
import { documentText } from "./text.ts";

const divider = <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;

type Props = {
  readonly documentId: string;
  readonly title: string;
  readonly canEdit: boolean;
};

function CommandItem({ command, onSelect }: { readonly command: Command; readonly onSelect: () => void }) {
  const { label, keys, Icon } = command;
  return (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      <Icon size={17} />
      <span className="flex-1">{label}</span>
      {keys === undefined ? null : <kbd className="font-sans text-xs text-faint">{shortcut(keys)}</kbd>}
    </DropdownMenu.Item>
  );
}

export const MoreMenu = memo(function MoreMenu({ documentId, title, canEdit }: Props) {
  const [checking, setChecking] = useState(false);
  const [replacement, setReplacement] = useState<ChosenFile | null>(null);
  const menu = useMenuQuestion();
  const file = useRef<HTMLInputElement>(null);
  const commands = [...useDocumentCommands(), ...useShellCommands()];
  const replace = useReplaceText(documentId);
  const choose = (chosen: File) =>
    readChosen(chosen, title)
      .then(setReplacement)
      .catch((error: Error) => toast.error(keepingText.replaceFailed, { description: error.message }));

  const items = (...ids: readonly string[]) =>
    commands
      .filter(({ id }) => ids.includes(id))
      .map((command) => (
        <CommandItem key={command.id} command={command} onSelect={menu.afterwards(command.run)} />
      ));

  return (
    <>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          ref={menu.trigger}
          className="icon-button"
          aria-label={documentText.more}
          title={documentText.more}
        >
          <MoreHorizontal size={19} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="floating max-h-(--radix-dropdown-menu-content-available-height) min-w-60 overflow-y-auto p-1"
            align="end"
            sideOffset={6}
            collisionPadding={8}
            onCloseAutoFocus={menu.onCloseAutoFocus}
          >
            {items("nameVersion", "duplicate")}
            {canEdit ? (
              <DropdownMenu.Item
                className="menu-item"
                onSelect={menu.afterwards(() => file.current?.click())}
              >
                <FileInput size={17} /> {keepingText.replaceText}
              </DropdownMenu.Item>
            ) : null}
            <DropdownMenu.Item className="menu-item" onSelect={menu.afterwards(() => setChecking(true))}>
              <ShieldCheck size={17} /> {keepingText.verify}
            </DropdownMenu.Item>
            {divider}
            <ExportMenu documentId={documentId} title={title} onPrint={menu.afterwards(printDocument)} />
            {divider}
            {items("find", "outline", "fullWidth")}
            {divider}
            <DropdownMenu.Item className="menu-item" onSelect={menu.afterwards(() => openOverlay("palette"))}>
              <CommandSign size={17} />
              <span className="flex-1">{shellText.commands.palette}</span>
              <kbd className="font-sans text-xs text-faint">{shortcut("Mod-k")}</kbd>
            </DropdownMenu.Item>
            {items("shortcuts", "settings")}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input
        ref={file}
        type="file"
        accept={importAccept}
        className="hidden"
        data-testid="replace-file"
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen !== undefined) void choose(chosen);
        }}
      />
      {replacement === null ? null : (
        <ConfirmDialog
          title={keepingText.replaceTitle(replacement.name)}
          hint={keepingText.replaceHint}
          action={keepingText.replaceAction}
          onConfirm={() => replace.mutate(replacement)}
          onClose={() => setReplacement(null)}
        />
      )}
      {checking ? <VerifyDialog documentId={documentId} onClose={() => setChecking(false)} /> : null}
    </>
  );
});

import { BookmarkPlus, Copy, FileInput, Moon, MoreHorizontal, ShieldCheck, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo, useRef, useState } from "react";
import { ConfirmDialog } from "../app/ConfirmDialog.tsx";
import { setTheme, useTheme } from "../app/theme.ts";
import { toast } from "../app/toast.ts";
import { useMenuQuestion } from "../app/useMenuQuestion.ts";
import { keepingText } from "../history/keeping/text.ts";
import { useCopyDocument } from "../history/keeping/useCopyDocument.ts";
import { type ChosenFile, readChosen, useReplaceText } from "../history/keeping/useReplaceText.ts";
import { VerifyDialog } from "../history/keeping/VerifyDialog.tsx";
import { ExportMenu } from "../transfer/ExportMenu.tsx";
import { importAccept } from "../transfer/importKinds.ts";
import { printDocument } from "../transfer/printDocument.ts";
import { documentText } from "./text.ts";

const divider = <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;

type Props = {
  readonly documentId: string;
  readonly title: string;
  readonly canEdit: boolean;
  readonly onNameVersion: () => void;
};

export const MoreMenu = memo(function MoreMenu({ documentId, title, canEdit, onNameVersion }: Props) {
  const theme = useTheme();
  const [checking, setChecking] = useState(false);
  const [replacement, setReplacement] = useState<ChosenFile | null>(null);
  const menu = useMenuQuestion();
  const file = useRef<HTMLInputElement>(null);
  const copy = useCopyDocument(documentId);
  const replace = useReplaceText(documentId);
  const choose = (chosen: File) =>
    readChosen(chosen, title)
      .then(setReplacement)
      .catch((error: Error) => toast.error(keepingText.replaceFailed, { description: error.message }));

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
            className="floating max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto p-1"
            align="end"
            sideOffset={6}
            collisionPadding={8}
            onCloseAutoFocus={menu.onCloseAutoFocus}
          >
            {canEdit ? (
              <>
                <DropdownMenu.Item className="menu-item" onSelect={menu.afterwards(onNameVersion)}>
                  <BookmarkPlus size={17} /> {documentText.nameVersion}
                </DropdownMenu.Item>
                <DropdownMenu.Item className="menu-item" onSelect={() => copy.mutate(null)}>
                  <Copy size={17} /> {keepingText.makeCopy}
                </DropdownMenu.Item>
                <DropdownMenu.Item
                  className="menu-item"
                  onSelect={menu.afterwards(() => file.current?.click())}
                >
                  <FileInput size={17} /> {keepingText.replaceText}
                </DropdownMenu.Item>
              </>
            ) : null}
            <DropdownMenu.Item className="menu-item" onSelect={menu.afterwards(() => setChecking(true))}>
              <ShieldCheck size={17} /> {keepingText.verify}
            </DropdownMenu.Item>
            {divider}
            <ExportMenu documentId={documentId} title={title} onPrint={menu.afterwards(printDocument)} />
            {divider}
            <DropdownMenu.Item
              className="menu-item"
              onSelect={() => setTheme(theme === "dark" ? "light" : "dark")}
            >
              {theme === "dark" ? <Sun size={17} /> : <Moon size={17} />}
              {theme === "dark" ? documentText.toLight : documentText.toDark}
            </DropdownMenu.Item>
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

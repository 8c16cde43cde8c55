import { Command as Palette } from "cmdk";
import { FileText, Search } from "lucide-react";
import { Dialog } from "radix-ui";
import { useRef, useState } from "react";
import { useLocation } from "wouter";
import { useReturnFocus } from "../app/useReturnFocus.ts";
import { shortcut } from "../editor/shortcut.ts";
import { type ListedDocument, titleOf } from "../home/documents.ts";
import { Marked } from "../home/search/Marked.tsx";
import { useDocumentSearch } from "../home/search/useDocumentSearch.ts";
import type { Command } from "./commands.ts";
import { useOpenDocument } from "./openDocument.ts";
import { paletteGroups } from "./paletteRows.ts";
import { recentCommands, rememberCommand } from "./recentCommands.ts";
import { closeOverlay } from "./shell.ts";
import "./shell-overlays.css";
import { shellText } from "./text.ts";
import { useDocumentCommands } from "./useDocumentCommands.ts";
import { useShellCommands } from "./useShellCommands.ts";

const mostDocuments = 6;

function CommandRow({ command, onRun }: { readonly command: Command; readonly onRun: () => void }) {
  const { id, label, keys, Icon } = command;
  return (
    <Palette.Item value={id} className="menu-item palette-item" onSelect={onRun}>
      <Icon size={17} aria-hidden="true" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {keys === undefined ? null : <kbd className="keys">{shortcut(keys)}</kbd>}
    </Palette.Item>
  );
}

function DocumentRow({ document, onOpen }: { readonly document: ListedDocument; onOpen: () => void }) {
  const { found } = document;
  return (
    <Palette.Item value={`document-${document.id}`} className="menu-item palette-item" onSelect={onOpen}>
      <FileText size={17} aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block truncate">
          <Marked text={titleOf(document)} hits={found?.title ?? []} />
        </span>
        {found?.text == null ? null : (
          <span className="block truncate text-sm text-soft">
            <Marked {...found.text} />
          </span>
        )}
      </span>
    </Palette.Item>
  );
}

/** Everything that can be done, and every document, by typing a part of its name. */
export default function CommandPalette() {
  const [query, setQuery] = useState("");
  const [recent] = useState(recentCommands);
  const chosen = useRef<(() => void) | null>(null);
  const returnFocus = useReturnFocus();
  const [, navigate] = useLocation();
  const openId = useOpenDocument(({ open }) => open?.documentId);
  const commands = [...useDocumentCommands(), ...useShellCommands()];
  const { documents, status } = useDocumentSearch(query);
  const groups = paletteGroups(commands, query, recent);
  const shown = documents.filter(({ id }) => id !== openId).slice(0, mostDocuments);

  // What it leads to happens once the focus is back where it was: a dialog takes it from there, and the text has its caret.
  const choose = (act: () => void) => {
    chosen.current = act;
    closeOverlay();
  };
  const onCloseAutoFocus = (event: Event) => {
    returnFocus(event);
    chosen.current?.();
  };
  const documentRows =
    shown.length === 0 ? null : (
      <Palette.Group key="documents" heading={shellText.groups.documents}>
        {shown.map((document) => (
          <DocumentRow
            key={document.id}
            document={document}
            onOpen={() => choose(() => navigate(`/d/${document.id}`))}
          />
        ))}
      </Palette.Group>
    );
  const commandRows = groups.map(({ id, commands: all }) => (
    <Palette.Group key={id} heading={shellText.groups[id]}>
      {all.map((command) => (
        <CommandRow
          key={command.id}
          command={command}
          onRun={() => {
            rememberCommand(command.id);
            choose(command.run);
          }}
        />
      ))}
    </Palette.Group>
  ));
  const [first, ...rest] = commandRows;
  const startsWithRecent = groups[0]?.id === "recent" || query.trim() !== "";

  return (
    <Dialog.Root open onOpenChange={(open) => !open && closeOverlay()}>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content
          className="dialog palette"
          aria-describedby={undefined}
          data-testid="palette"
          onCloseAutoFocus={onCloseAutoFocus}
        >
          <Dialog.Title className="sr-only">{shellText.palette}</Dialog.Title>
          <Palette shouldFilter={false} label={shellText.paletteField} loop vimBindings={false}>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search size={18} className="flex-none text-faint" aria-hidden="true" />
              <Palette.Input
                className="min-h-12 min-w-0 flex-1 bg-transparent text-lg text-ink outline-none placeholder:text-faint"
                placeholder={shellText.paletteHint}
                value={query}
                onValueChange={setQuery}
              />
            </div>
            <Palette.List className="palette-list" label={shellText.palette}>
              {startsWithRecent ? [first, documentRows, ...rest] : [documentRows, first, ...rest]}
            </Palette.List>
            <p className="palette-status" role="status">
              {status === "searching" && query.trim() !== ""
                ? shellText.searching
                : groups.length === 0 && shown.length === 0
                  ? shellText.nothing(query.trim())
                  : status === "offline"
                    ? shellText.offline
                    : null}
            </p>
          </Palette>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

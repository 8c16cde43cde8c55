import {
  ArrowLeftRight,
  BookmarkPlus,
  Copy,
  GitCompareArrows,
  Link2,
  ListChecks,
  MoreHorizontal,
  Pencil,
  PinOff,
  RotateCcw,
  TextCursorInput,
  UserX,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { useMenuQuestion } from "../app/useMenuQuestion.ts";
import { ExportMenu } from "../transfer/ExportMenu.tsx";
import { type HistoryEntry, type Part, seqOf } from "./entries.ts";
import { historyText } from "./text.ts";

/** What can be done with an entry, by whoever may do it. */
export type EntryAction =
  | { readonly kind: "compare-now" | "compare-before" | "compare-with" | "copy-link" }
  | { readonly kind: "restore" | "take-back" | "copy" | "name" | "rename" | "describe" | "unpin" }
  | { readonly kind: "undo-person"; readonly person: Part };

type Props = {
  readonly documentId: string;
  readonly entry: HistoryEntry;
  readonly name: string;
  readonly canEdit: boolean;
  readonly inTabOrder: boolean;
  /** In a row of one line. */
  readonly low: boolean;
  readonly onAction: (action: EntryAction) => void;
};

const divider = <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;

export function EntryMenu({ documentId, entry, name, canEdit, inTabOrder, low, onAction }: Props) {
  const menu = useMenuQuestion();
  const item = (action: EntryAction, icon: ReactNode, label: string) => (
    <DropdownMenu.Item key={label} className="menu-item" onSelect={menu.afterwards(() => onAction(action))}>
      {icon} <span className="min-w-0 wrap-anywhere">{label}</span>
    </DropdownMenu.Item>
  );
  const isNamed = entry.kind === "version" && !entry.automatic;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        ref={menu.trigger}
        className={`icon-button absolute! right-1 size-7! pointer-fine:opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100 ${low ? "top-px" : "top-1"}`}
        aria-label={historyText.entryMenu(name)}
        tabIndex={inTabOrder ? 0 : -1}
        data-menu
      >
        <MoreHorizontal size={16} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating max-h-(--radix-dropdown-menu-content-available-height) max-w-72 min-w-52 overflow-y-auto p-1"
          align="end"
          sideOffset={4}
          collisionPadding={8}
          onCloseAutoFocus={menu.onCloseAutoFocus}
        >
          {item({ kind: "compare-now" }, <GitCompareArrows size={16} />, historyText.compareNow)}
          {item({ kind: "compare-before" }, <ArrowLeftRight size={16} />, historyText.compareBefore)}
          {item({ kind: "compare-with" }, <ListChecks size={16} />, historyText.compareWith)}
          {divider}
          {canEdit ? item({ kind: "restore" }, <RotateCcw size={16} />, historyText.restoreEntry) : null}
          {canEdit && entry.kind === "restore"
            ? item({ kind: "take-back" }, <RotateCcw size={16} />, historyText.takeBack)
            : null}
          {canEdit && entry.kind === "session"
            ? entry.authors.map((person) =>
                item(
                  { kind: "undo-person", person },
                  <UserX size={16} />,
                  historyText.undoPerson(person.name),
                ),
              )
            : null}
          {canEdit ? item({ kind: "copy" }, <Copy size={16} />, historyText.copyFrom) : null}
          {canEdit && !isNamed
            ? item({ kind: "name" }, <BookmarkPlus size={16} />, historyText.nameMoment)
            : null}
          {item({ kind: "copy-link" }, <Link2 size={16} />, historyText.copyLink)}
          <ExportMenu documentId={documentId} title={name} at={seqOf(entry)} />
          {canEdit && isNamed ? (
            <>
              {divider}
              {item({ kind: "rename" }, <Pencil size={16} />, historyText.rename)}
              {item({ kind: "describe" }, <TextCursorInput size={16} />, historyText.describe)}
              {item({ kind: "unpin" }, <PinOff size={16} />, historyText.unpin)}
            </>
          ) : null}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

import { FileText, MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Link } from "wouter";
import { relativeTime } from "../app/relativeTime.ts";
import { useMenuQuestion } from "../app/useMenuQuestion.ts";
import type { ListedDocument } from "./recents.ts";
import { homeText } from "./text.ts";
import { titleOf } from "./useDocuments.ts";

export type RowAction = "rename" | "delete";

type Props = {
  readonly document: ListedDocument;
  readonly now: number;
  readonly onAction: (action: RowAction, document: ListedDocument) => void;
};

function whenText({ openedAt, updatedAt }: ListedDocument, now: number): string {
  const parts: string[] = [];
  if (updatedAt !== null) parts.push(homeText.changed(relativeTime(Date.parse(updatedAt), now)));
  if (openedAt !== null) parts.push(homeText.opened(relativeTime(Date.parse(openedAt), now)));
  return parts.slice(0, 2).join(" · ");
}

export function DocumentRow({ document, now, onAction }: Props) {
  const title = titleOf(document);
  const menu = useMenuQuestion();
  return (
    <li
      className="group relative flex items-center rounded-lg hover:bg-hover"
      data-testid="document-row"
      data-document-id={document.id}
    >
      <Link
        href={`/d/${document.id}`}
        className="flex min-w-0 flex-1 items-center gap-3.5 rounded-lg px-3 py-3"
      >
        <FileText size={20} strokeWidth={1.5} className="flex-none text-faint" aria-hidden="true" />
        <span className="min-w-0">
          <span
            className={`block truncate font-serif text-[1.0625rem] ${document.title.trim() ? "" : "text-soft italic"}`}
          >
            {title}
          </span>
          <span className="block truncate text-sm text-faint">{whenText(document, now)}</span>
        </span>
      </Link>
      <DropdownMenu.Root modal={false}>
        <DropdownMenu.Trigger
          ref={menu.trigger}
          aria-label={homeText.menu(title)}
          className="icon-button mr-2 pointer-fine:opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 data-[state=open]:opacity-100"
        >
          <MoreHorizontal size={18} />
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="floating min-w-40 p-1"
            align="end"
            sideOffset={2}
            onCloseAutoFocus={menu.onCloseAutoFocus}
          >
            <DropdownMenu.Item
              className="menu-item"
              onSelect={menu.afterwards(() => onAction("rename", document))}
            >
              <Pencil size={16} /> {homeText.rename}
            </DropdownMenu.Item>
            <DropdownMenu.Item
              className="menu-item text-danger"
              onSelect={menu.afterwards(() => onAction("delete", document))}
            >
              <Trash2 size={16} /> {homeText.delete}
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
    </li>
  );
}

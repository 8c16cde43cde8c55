import {
  Copy,
  EyeOff,
  MoreHorizontal,
  Pencil,
  SquareArrowOutUpRight,
  Star,
  StarOff,
  Trash2,
  Undo2,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useMenuQuestion } from "../../app/useMenuQuestion.ts";
import { type ListedDocument, titleOf } from "../documents.ts";
import { homeText } from "../text.ts";

export type RowAction = "rename" | "duplicate" | "star" | "trash" | "leave" | "restore" | "purge";

type Props = {
  readonly document: ListedDocument;
  readonly onAction: (action: RowAction) => void;
};

const { actions } = homeText;

export function RowMenu({ document, onAction }: Props) {
  const menu = useMenuQuestion();
  const item = (action: RowAction, Icon: typeof Star, text: string, danger = false) => (
    <DropdownMenu.Item
      className={`menu-item ${danger ? "text-danger" : ""}`}
      onSelect={menu.afterwards(() => onAction(action))}
    >
      <Icon size={16} /> {text}
    </DropdownMenu.Item>
  );
  const divider = <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />;
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger
        ref={menu.trigger}
        aria-label={homeText.menu(titleOf(document))}
        className="icon-button pointer-fine:opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100 data-[state=open]:opacity-100"
      >
        <MoreHorizontal size={18} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating min-w-48 p-1"
          align="end"
          sideOffset={2}
          collisionPadding={8}
          onCloseAutoFocus={menu.onCloseAutoFocus}
        >
          {document.deletedAt === null ? (
            <>
              <DropdownMenu.Item className="menu-item" asChild>
                <a href={`/d/${document.id}`} target="_blank" rel="noreferrer">
                  <SquareArrowOutUpRight size={16} /> {actions.openTab}
                </a>
              </DropdownMenu.Item>
              {divider}
              {document.role === "edit" ? item("rename", Pencil, actions.rename) : null}
              {document.role === "edit" ? item("duplicate", Copy, actions.duplicate) : null}
              {document.starred ? item("star", StarOff, actions.unstar) : item("star", Star, actions.star)}
              {divider}
              {document.isOwner
                ? item("trash", Trash2, actions.trash, true)
                : item("leave", EyeOff, actions.leave)}
            </>
          ) : (
            <>
              {item("restore", Undo2, actions.restore)}
              {item("purge", Trash2, actions.purge, true)}
            </>
          )}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

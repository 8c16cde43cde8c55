import { BookmarkPlus, Braces, FileCode2, FileText, FileType, Moon, MoreHorizontal, Sun } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { memo } from "react";
import { setTheme, useTheme } from "../app/theme.ts";
import { type ContentFormat, contentAddress } from "./contentAddress.ts";
import { documentText } from "./text.ts";

const formats: readonly { readonly format: ContentFormat; readonly Icon: typeof FileText }[] = [
  { format: "markdown", Icon: FileType },
  { format: "html", Icon: FileCode2 },
  { format: "text", Icon: FileText },
  { format: "json", Icon: Braces },
];

const endings: Record<ContentFormat, string> = { markdown: "md", html: "html", text: "txt", json: "json" };

function fileName(title: string, format: ContentFormat): string {
  const name =
    title
      .replace(/[\\/:*?"<>|\p{Cc}]+/gu, " ")
      .trim()
      .slice(0, 80) || documentText.titlePlaceholder;
  return `${name}.${endings[format]}`;
}

type Props = {
  readonly documentId: string;
  readonly title: string;
  readonly canEdit: boolean;
  readonly onNameVersion: () => void;
};

export const MoreMenu = memo(function MoreMenu({ documentId, title, canEdit, onNameVersion }: Props) {
  const theme = useTheme();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className="icon-button" aria-label={documentText.more} title={documentText.more}>
        <MoreHorizontal size={19} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className="floating min-w-52 p-1"
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          {canEdit ? (
            <>
              <DropdownMenu.Item className="menu-item" onSelect={onNameVersion}>
                <BookmarkPlus size={17} /> {documentText.nameVersion}
              </DropdownMenu.Item>
              <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
            </>
          ) : null}
          <DropdownMenu.Label className="menu-label">{documentText.download}</DropdownMenu.Label>
          {formats.map(({ format, Icon }) => (
            <DropdownMenu.Item key={format} className="menu-item" asChild>
              <a href={contentAddress(documentId, format)} download={fileName(title, format)}>
                <Icon size={17} /> {documentText.downloads[format]}
              </a>
            </DropdownMenu.Item>
          ))}
          <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
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
  );
});

import {
  Archive,
  Braces,
  ChevronRight,
  Download,
  FileCode2,
  FileText,
  FileType,
  FileType2,
  Printer,
} from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import { phone, useMediaQuery } from "../app/useMediaQuery.ts";
import { contentAddress } from "../document/contentAddress.ts";
import { fileName } from "./fileName.ts";
import { transferText } from "./text.ts";
import { useExport } from "./useExport.ts";
import "./print.css";

type Props = {
  readonly documentId: string;
  readonly title: string;
  /** A position in the past; without it, what there is now. */
  readonly at?: number;
  /** Prints what the page shows: not offered where that is something else. */
  readonly onPrint?: () => void;
};

/** Everything a document can be taken along as, as an entry of a menu with a menu of its own. */
export function ExportMenu({ documentId, title, at, onPrint }: Props) {
  const made = useExport(documentId, at);
  const isNarrow = useMediaQuery(phone);
  const item = (label: string, icon: ReactNode, onSelect: () => void) => (
    <DropdownMenu.Item className="menu-item" onSelect={onSelect}>
      {icon} {label}
    </DropdownMenu.Item>
  );
  const link = (label: string, icon: ReactNode, href: string, ending: string) => (
    <DropdownMenu.Item className="menu-item" asChild>
      <a href={href} download={fileName(title, ending, transferText.untitled)}>
        {icon} {label}
      </a>
    </DropdownMenu.Item>
  );
  const items = (
    <>
      {item(transferText.word, <FileType2 size={17} />, () => made.mutate("docx"))}
      {item(transferText.markdown, <FileType size={17} />, () => made.mutate("markdown"))}
      {item(transferText.html, <FileCode2 size={17} />, () => made.mutate("html"))}
      {onPrint === undefined ? null : item(transferText.pdf, <Printer size={17} />, onPrint)}
      <DropdownMenu.Separator className="mx-2 my-1 h-px bg-line" />
      {link(transferText.plain, <FileText size={17} />, contentAddress(documentId, "text", at), "txt")}
      {link(transferText.json, <Braces size={17} />, contentAddress(documentId, "json", at), "json")}
      {at === undefined
        ? link(
            transferText.history,
            <Archive size={17} />,
            `/api/documents/${encodeURIComponent(documentId)}/export`,
            "palimpsest",
          )
        : null}
    </>
  );
  // Beside its entry a second menu finds no room on a phone.
  if (isNarrow)
    return (
      <DropdownMenu.Group>
        <DropdownMenu.Label className="menu-label">{transferText.exportMenu}</DropdownMenu.Label>
        {items}
      </DropdownMenu.Group>
    );
  return (
    <DropdownMenu.Sub>
      <DropdownMenu.SubTrigger className="menu-item">
        <Download size={17} /> <span className="flex-1">{transferText.exportMenu}</span>{" "}
        <ChevronRight size={15} />
      </DropdownMenu.SubTrigger>
      <DropdownMenu.Portal>
        <DropdownMenu.SubContent
          className="floating max-h-(--radix-dropdown-menu-content-available-height) min-w-52 overflow-y-auto p-1"
          sideOffset={4}
          collisionPadding={8}
        >
          {items}
        </DropdownMenu.SubContent>
      </DropdownMenu.Portal>
    </DropdownMenu.Sub>
  );
}

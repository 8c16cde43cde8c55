import {
  BookmarkPlus,
  Copy,
  Download,
  History,
  Link2,
  ListTree,
  Printer,
  Replace,
  Search,
  StretchHorizontal,
} from "lucide-react";
import { copyText } from "../app/copyText.ts";
import { toast } from "../app/toast.ts";
import { documentText } from "../document/text.ts";
import { openFindBar } from "../editor/finding/findBar.ts";
import { toggleOutline } from "../editor/outline/outlinePanel.ts";
import { useShownEditor } from "../editor/shownEditor.ts";
import { slashItems } from "../editor/slash/slashItems.ts";
import { useCopyDocument } from "../history/keeping/useCopyDocument.ts";
import { printDocument } from "../transfer/printDocument.ts";
import { transferText } from "../transfer/text.ts";
import { useExport } from "../transfer/useExport.ts";
import type { Command } from "./commands.ts";
import { type OpenDocument, useOpenDocument } from "./openDocument.ts";
import { setWide, useIsWide } from "./preferences.ts";
import { shellText } from "./text.ts";

const { commands, aliases } = shellText;

async function copyLink(documentId: string): Promise<void> {
  const copied = await copyText(`${window.location.origin}/d/${encodeURIComponent(documentId)}`);
  if (copied) toast.success(documentText.linkCopied);
  else toast.error(documentText.copyFailed);
}

function pageCommands(open: OpenDocument, duplicate: () => void): Command[] {
  const editing: Command[] = [
    {
      id: "nameVersion",
      group: "page",
      label: commands.nameVersion,
      aliases: aliases.nameVersion.split(" "),
      Icon: BookmarkPlus,
      run: open.nameVersion,
    },
    {
      id: "duplicate",
      group: "page",
      label: commands.duplicate,
      aliases: aliases.duplicate.split(" "),
      Icon: Copy,
      run: duplicate,
    },
  ];
  return [
    {
      id: "history",
      group: "page",
      label: commands.history,
      aliases: aliases.history.split(" "),
      Icon: History,
      run: open.toggleHistory,
    },
    {
      id: "copyLink",
      group: "page",
      label: commands.copyLink,
      aliases: aliases.copyLink.split(" "),
      Icon: Link2,
      run: () => void copyLink(open.documentId),
    },
    ...(open.canEdit ? editing : []),
  ];
}

function textCommands(canEdit: boolean): Command[] {
  const replacing: Command = {
    id: "replace",
    group: "page",
    label: commands.replace,
    aliases: aliases.replace.split(" "),
    keys: "Mod-Alt-f",
    Icon: Replace,
    run: () => openFindBar({ replacing: true }),
  };
  return [
    {
      id: "find",
      group: "page",
      label: commands.find,
      aliases: aliases.find.split(" "),
      keys: "Mod-f",
      Icon: Search,
      run: () => openFindBar(),
    },
    ...(canEdit ? [replacing] : []),
    {
      id: "outline",
      group: "view",
      label: commands.outline,
      aliases: aliases.outline.split(" "),
      keys: "Mod-Shift-o",
      Icon: ListTree,
      run: toggleOutline,
    },
    {
      id: "print",
      group: "export",
      label: commands.print,
      aliases: aliases.print.split(" "),
      keys: "Mod-p",
      Icon: Printer,
      run: printDocument,
    },
  ];
}

/** What can be done with the document that is open; nothing where none is. */
export function useDocumentCommands(): readonly Command[] {
  const { open } = useOpenDocument();
  const { editor } = useShownEditor();
  const documentId = open?.documentId ?? "";
  const isWide = useIsWide(documentId);
  const copy = useCopyDocument(documentId);
  const exported = useExport(documentId);
  if (open === null) return [];

  const exporting = (["docx", "markdown", "html"] as const).map(
    (format): Command => ({
      id: `export-${format}`,
      group: "export",
      label: commands.exportAs(transferText[format === "docx" ? "word" : format]),
      aliases: aliases.export.split(" "),
      Icon: Download,
      run: () => exported.mutate(format),
    }),
  );
  const inserting =
    editor === null || !open.canEdit
      ? []
      : slashItems
          .filter(({ fits }) => fits?.(editor) !== false)
          .map(
            ({ id, label, aliases: words, Icon, run }): Command => ({
              id: `insert-${id}`,
              group: "insert",
              label,
              aliases: words,
              hidden: true,
              Icon,
              run: () => {
                const { to } = editor.state.selection;
                editor.commands.setTextSelection(to);
                run(editor, { from: to, to });
              },
            }),
          );
  return [
    ...pageCommands(open, () => copy.mutate(null)),
    ...(editor === null ? [] : textCommands(open.canEdit)),
    {
      id: "fullWidth",
      group: "view",
      label: isWide ? commands.normalWidth : commands.fullWidth,
      aliases: aliases.fullWidth.split(" "),
      Icon: StretchHorizontal,
      run: () => setWide(documentId, !isWide),
    },
    ...exporting,
    ...inserting,
  ];
}

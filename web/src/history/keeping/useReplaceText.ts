import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { announce } from "../../app/announce.ts";
import { request } from "../../app/api.ts";
import { importedDocument } from "../../home/importedDocument.ts";
import { useSession } from "../../people/useSession.ts";
import { documentPath, type Restored, refreshPast, useRestoring } from "./restoring.ts";
import { keepingText } from "./text.ts";

export type ChosenFile = { readonly name: string; readonly markdown: string };

const maxBytes = 2_000_000;

/** The text of a file that may take the place of the document's. @throws an Error whose message is for the person */
export async function readMarkdown(file: File, title: string): Promise<ChosenFile> {
  if (!/\.(md|markdown|mdown|txt)$/i.test(file.name) && file.type !== "text/markdown")
    throw new Error(keepingText.replaceKind);
  if (file.size > maxBytes) throw new Error(keepingText.replaceSize);
  const source = (await file.text()).replace(/^\uFEFF/, "");
  // The title stands above the text already: as the text's first heading it would be there twice.
  const imported = importedDocument(file.name, source);
  return { name: file.name, markdown: imported.title === title.trim() ? imported.markdown : source };
}

/** Puts the text of a file in the place of the document's, with the way back in the toast. */
export function useReplaceText(documentId: string) {
  const queries = useQueryClient();
  const restore = useRestoring(documentId);
  const me = useSession();
  return useMutation({
    mutationFn: ({ markdown }: ChosenFile) =>
      request<Pick<Restored, "seq" | "changed" | "kept">>(documentPath(documentId, "/content"), {
        method: "PUT",
        body: { markdown },
      }),
    onSuccess: ({ seq, changed }, { name }) => {
      const said = changed ? keepingText.replaced(name) : keepingText.replacedSame(name);
      announce(said);
      if (!changed || me === null) toast(said);
      else
        toast.success(said, {
          duration: 12_000,
          closeButton: true,
          action: {
            label: keepingText.undo,
            // Only this edit is taken back: what the others have written into the new text since stays.
            onClick: () =>
              restore.mutate({
                request: { by: me.id, after: seq - 1, through: seq },
                said: keepingText.replaceUndone,
              }),
          },
        });
      return refreshPast(queries, documentId);
    },
    onError: (error) => toast.error(keepingText.replaceFailed, { description: error.message }),
  });
}

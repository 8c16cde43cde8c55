import { useMutation, useQueryClient } from "@tanstack/react-query";
import { announce } from "../../app/announce.ts";
import { request } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import { useSession } from "../../people/useSession.ts";
import type { ReadFile } from "../../transfer/readFile.ts";
import { documentPath, type Restored, refreshPast, useRestoring } from "./restoring.ts";
import { keepingText } from "./text.ts";

export type ChosenFile = { readonly name: string; readonly read: ReadFile };

/** What a file holds that may take the place of the document's text. @throws an Error whose message is for the person */
export async function readChosen(file: File, title: string): Promise<ChosenFile> {
  const { readFile } = await import("../../transfer/readFile.ts");
  const read = await readFile(file);
  // The title stands above the text already: only another one is the text's first heading.
  if (read.heading === null || read.title === title.trim()) return { name: file.name, read };
  const content = [read.heading, ...(read.json.content ?? [])];
  return { name: file.name, read: { ...read, json: { ...read.json, content } } };
}

/** Puts the text of a file in the place of the document's, with the way back in the toast. */
export function useReplaceText(documentId: string) {
  const queries = useQueryClient();
  const restore = useRestoring(documentId);
  const me = useSession();
  return useMutation({
    mutationFn: async ({ read }: ChosenFile) => {
      const { settled } = await import("../../transfer/importDocument.ts");
      const { json, left } = await settled(documentId, read);
      const path = documentPath(documentId, "/content");
      const done = await request<Pick<Restored, "seq" | "changed" | "kept">>(path, {
        method: "PUT",
        body: { json },
      });
      return { ...done, left };
    },
    onSuccess: ({ seq, changed, left }, { name }) => {
      const said = changed ? keepingText.replaced(name) : keepingText.replacedSame(name);
      announce(said);
      if (!changed || me === null) toast(said);
      else
        toast.success(said, {
          duration: 12_000,
          closeButton: true,
          description: left.join(" "),
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

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { announce } from "../../app/announce.ts";
import { request } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import type { VersionEntry } from "../entries.ts";
import { documentPath, refreshPast } from "./restoring.ts";
import { keepingText } from "./text.ts";

export type Naming = { readonly name: string; readonly description: string };

const versionPath = (documentId: string, id: string) =>
  documentPath(documentId, `/versions/${encodeURIComponent(id)}`);

/** Gives a name to a moment; without `seq`, to the present one. */
export function useNameVersion(documentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: Naming & { readonly seq?: number }) =>
      request<unknown>(documentPath(documentId, "/versions"), { method: "POST", body: version }),
    onSuccess: (_answer, { name }) => {
      announce(keepingText.versionNamed(name));
      toast.success(keepingText.versionNamed(name));
      return refreshPast(queries, documentId);
    },
    onError: (error) => toast.error(keepingText.versionFailed, { description: error.message }),
  });
}

export function useEditVersion(documentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, ...changed }: Naming & { readonly id: string }) =>
      request<unknown>(versionPath(documentId, id), { method: "PATCH", body: changed }),
    onSuccess: (_answer, { name }) => {
      announce(keepingText.versionEdited(name));
      toast.success(keepingText.versionEdited(name));
      return refreshPast(queries, documentId);
    },
    onError: (error) => toast.error(keepingText.versionEditFailed, { description: error.message }),
  });
}

/** Takes a name off its moment. The way back is in the toast: the moment itself is still there, and gets the name anew. */
export function useUnpin(documentId: string) {
  const queries = useQueryClient();
  const pinAgain = useMutation({
    mutationFn: ({ name, description, seq }: VersionEntry) =>
      request<unknown>(documentPath(documentId, "/versions"), {
        method: "POST",
        body: { name, description, seq },
      }),
    onSuccess: (_answer, { name }) => {
      announce(keepingText.pinnedAgain(name));
      toast.success(keepingText.pinnedAgain(name));
      return refreshPast(queries, documentId);
    },
    onError: (error) => toast.error(keepingText.versionFailed, { description: error.message }),
  });
  return useMutation({
    mutationFn: ({ id }: VersionEntry) => request<unknown>(versionPath(documentId, id), { method: "DELETE" }),
    onSuccess: (_answer, version) => {
      const said = keepingText.unpinned(version.name);
      announce(said);
      toast(said, {
        duration: 12_000,
        closeButton: true,
        action: { label: keepingText.undo, onClick: () => pinAgain.mutate(version) },
      });
      return refreshPast(queries, documentId);
    },
    onError: (error) => toast.error(keepingText.unpinFailed, { description: error.message }),
  });
}

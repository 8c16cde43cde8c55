import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { request } from "../app/api.ts";
import { documentText } from "./text.ts";

type Named = { readonly name: string; readonly seq?: number };

export function useNameVersion(documentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (version: Named) =>
      request<unknown>(`/api/documents/${encodeURIComponent(documentId)}/versions`, {
        method: "POST",
        body: version,
      }),
    onSuccess: (_answer, { name }) => {
      toast.success(documentText.versionNamed(name));
      return queries.invalidateQueries({ queryKey: ["history", documentId] });
    },
    onError: (error) => toast.error(documentText.versionFailed, { description: error.message }),
  });
}

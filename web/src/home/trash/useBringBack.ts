import { useMutation, useQuery } from "@tanstack/react-query";
import { request } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import { documentPath, type ListedDocument } from "../documents.ts";
import { trashText } from "../text.ts";

type BringBack = {
  /** Only who owns a document can bring it back; null until that is known. */
  readonly canRestore: boolean | null;
  readonly isRestoring: boolean;
  readonly restore: () => void;
};

export function useBringBack(documentId: string, onBack: () => void): BringBack {
  const { data, isPending } = useQuery({
    queryKey: ["in-trash", documentId],
    // nobody but the owner is told anything of it
    queryFn: ({ signal }) => request<ListedDocument>(documentPath(documentId), { signal }),
    retry: false,
    staleTime: 0,
  });
  const restoring = useMutation({
    mutationFn: () => request<unknown>(documentPath(documentId, "/untrash"), { method: "POST" }),
    onSuccess: onBack,
    onError: (error) => toast.error(trashText.failed, { description: error.message }),
  });
  return {
    canRestore: isPending ? null : data?.isOwner === true,
    isRestoring: restoring.isPending,
    restore: () => restoring.mutate(),
  };
}

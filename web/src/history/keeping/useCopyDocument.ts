import { useMutation } from "@tanstack/react-query";
import { useLocation } from "wouter";
import { announce } from "../../app/announce.ts";
import { request } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import { rememberDocument } from "../../home/recents.ts";
import { documentPath } from "./restoring.ts";
import { keepingText } from "./text.ts";

type Copy = { readonly id: string; readonly title: string };

/** Makes a document of its own from this one as it is, or as it was at `at`. */
export function useCopyDocument(documentId: string) {
  const [, navigate] = useLocation();
  return useMutation({
    mutationFn: (at: number | string | null) =>
      request<Copy>(documentPath(documentId, "/copy"), {
        method: "POST",
        body: at === null ? {} : { at },
      }),
    onSuccess: ({ id, title }) => {
      rememberDocument({ id, title, openedAt: new Date().toISOString() });
      announce(keepingText.copied);
      toast.success(keepingText.copied, {
        description: keepingText.copiedHint,
        duration: 12_000,
        closeButton: true,
        action: { label: keepingText.openCopy, onClick: () => navigate(`/d/${id}`) },
      });
    },
    onError: (error) => toast.error(keepingText.copyFailed, { description: error.message }),
  });
}

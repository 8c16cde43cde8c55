import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { announce } from "../app/announce.ts";
import { request } from "../app/api.ts";
import { momentText } from "./days.ts";
import type { Moment } from "./entries.ts";
import { historyText } from "./text.ts";

type Restored = { readonly seq: number; readonly undo: number; readonly changed: boolean };

export function useRestore(documentId: string, onDone: () => void) {
  const queries = useQueryClient();
  const restoreTo = (seq: number) =>
    request<Restored>(`/api/documents/${encodeURIComponent(documentId)}/restore`, {
      method: "POST",
      body: { to: seq },
    });
  const failed = (error: Error) =>
    void toast.error(historyText.restoreFailed, { description: error.message });
  const refresh = () => queries.invalidateQueries({ queryKey: ["history", documentId] });

  const undo = useMutation({
    mutationFn: restoreTo,
    onError: failed,
    onSuccess: () => {
      toast.success(historyText.undone);
      return refresh();
    },
  });

  return useMutation({
    mutationFn: (moment: Moment) => restoreTo(moment.seq),
    onError: failed,
    onSuccess: (restored, moment) => {
      onDone();
      if (!restored.changed) {
        toast(historyText.unchanged);
        return;
      }
      const said = historyText.restoredToast(moment.name ?? momentText(moment.at, Date.now()));
      announce(said);
      toast.success(said, {
        duration: 12_000,
        closeButton: true,
        action: { label: historyText.undo, onClick: () => undo.mutate(restored.undo) },
      });
      return refresh();
    },
  });
}

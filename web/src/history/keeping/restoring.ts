import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import { announce } from "../../app/announce.ts";
import { request as ask } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import { keepingText } from "./text.ts";

/** A place in a text block of an earlier moment; `block` is the id of its node, `offset` ProseMirror's parentOffset. */
export type PastPlace = { readonly block: string; readonly offset: number };

/** What can be brought back, as the server takes it. A moment is a position in the log or the id of a version. */
export type RestoreRequest =
  | { readonly to: number | string }
  | { readonly to: number | string; readonly blocks: readonly string[] }
  | {
      readonly to: number | string;
      readonly selection: { readonly from: PastPlace; readonly to: PastPlace };
    }
  | { readonly from: number | string; readonly to: number | string; readonly change: number }
  | { readonly undo: number }
  | { readonly by: string; readonly after: number; readonly through: number };

export type Restored = {
  readonly seq: number;
  readonly undo: number;
  readonly changed: boolean;
  readonly kept: string | null;
};

export type RestoreKind = "whole" | "part" | "change" | "undo" | "person";

export function kindOf(request: RestoreRequest): RestoreKind {
  if ("undo" in request) return "undo";
  if ("by" in request) return "person";
  if ("change" in request) return "change";
  return "blocks" in request || "selection" in request ? "part" : "whole";
}

const successes: Record<RestoreKind, string> = {
  whole: keepingText.restored,
  part: keepingText.partRestored,
  change: keepingText.partRestored,
  undo: keepingText.undone,
  person: keepingText.personUndone,
};

const nothings: Record<RestoreKind, string> = {
  whole: keepingText.unchanged,
  part: keepingText.unchanged,
  change: keepingText.unchanged,
  undo: keepingText.unchangedUndo,
  person: keepingText.unchangedPerson,
};

export function documentPath(documentId: string, rest: string): string {
  return `/api/documents/${encodeURIComponent(documentId)}${rest}`;
}

/** Everything that is shown of the past of this document is asked for anew. */
export function refreshPast(queries: QueryClient, documentId: string): Promise<unknown> {
  return Promise.all(
    ["history", "timeline", "rescues"].map((what) =>
      queries.invalidateQueries({ queryKey: [what, documentId] }),
    ),
  );
}

type Asked = { readonly request: RestoreRequest; readonly said?: string | undefined };

/** Restores and tells what came of it, with the way back in the same toast. */
export function useRestoring(documentId: string) {
  const queries = useQueryClient();
  const post = (body: RestoreRequest) =>
    ask<Restored>(documentPath(documentId, "/restore"), { method: "POST", body });

  const undo = useMutation({
    mutationFn: (seq: number) => post({ undo: seq }),
    onError: (error) => toast.error(keepingText.undoFailed, { description: error.message }),
    onSuccess: ({ changed }) => {
      const said = changed ? keepingText.undone : keepingText.unchangedUndo;
      announce(said);
      toast.success(said);
      return refreshPast(queries, documentId);
    },
  });

  return useMutation({
    mutationFn: ({ request }: Asked) => post(request),
    onError: (error) => toast.error(keepingText.restoreFailed, { description: error.message }),
    onSuccess: (restored, { request, said }) => {
      const kind = kindOf(request);
      if (!restored.changed) {
        announce(nothings[kind]);
        toast(nothings[kind]);
        return;
      }
      const text = said ?? successes[kind];
      announce(text);
      toast.success(text, {
        duration: 12_000,
        closeButton: true,
        action: { label: keepingText.undo, onClick: () => undo.mutate(restored.seq) },
      });
      void refreshPast(queries, documentId);
    },
  });
}

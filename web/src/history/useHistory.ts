import type { Provider } from "@palimpsest/provider";
import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "../app/api.ts";
import type { HistoryPage } from "./entries.ts";

const pageSize = 40;
const quietMs = 2_000;

export function useHistory(documentId: string) {
  return useInfiniteQuery({
    queryKey: ["history", documentId],
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => {
      const before = pageParam === null ? "" : `&before=${pageParam}`;
      const path = `/api/documents/${encodeURIComponent(documentId)}/history?limit=${pageSize}${before}`;
      return request<HistoryPage>(path, { signal });
    },
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

/** Keeps the open list up to date: at a notice from the server, and when the writing has paused for a moment. */
export function useHistoryRefresh(documentId: string, provider: Provider): void {
  const queries = useQueryClient();
  useEffect(() => {
    const refresh = () => void queries.invalidateQueries({ queryKey: ["history", documentId] });
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seq = provider.state.seq;
    const onState = () => {
      if (provider.state.seq === seq) return;
      seq = provider.state.seq;
      clearTimeout(timer);
      timer = setTimeout(refresh, quietMs);
    };
    const onNotice = ({ kind }: { readonly kind: string }) => {
      if (kind === "history") refresh();
    };
    provider.on("state", onState);
    provider.on("notice", onNotice);
    return () => {
      clearTimeout(timer);
      provider.off("state", onState);
      provider.off("notice", onNotice);
    };
  }, [documentId, provider, queries]);
}

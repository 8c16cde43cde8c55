import type { Provider } from "@palimpsest/provider";
import { type InfiniteData, type QueryClient, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "../app/api.ts";
import type { HistoryPage } from "./entries.ts";
import { refreshPast } from "./keeping/restoring.ts";

export type HistoryFilter = "all" | "named";

type Pages = InfiniteData<HistoryPage, number | null>;

const firstPage = 60;
/** Whoever leafs back leafs far: fewer, larger answers, and fewer of them to ask for anew after a restore. */
const laterPages = 200;
const quietMs = 2_000;

const keyOfList = (documentId: string, filter: HistoryFilter) => ["history", documentId, filter] as const;

function fetchPage(documentId: string, filter: HistoryFilter, before: number | null, signal?: AbortSignal) {
  const size = before === null ? `limit=${firstPage}` : `limit=${laterPages}&before=${before}`;
  const path = `/api/documents/${encodeURIComponent(documentId)}/history?${size}&filter=${filter}`;
  return request<HistoryPage>(path, signal === undefined ? {} : { signal });
}

export function useHistory(documentId: string, filter: HistoryFilter) {
  return useInfiniteQuery({
    queryKey: keyOfList(documentId, filter),
    initialPageParam: null as number | null,
    queryFn: ({ pageParam, signal }) => fetchPage(documentId, filter, pageParam, signal),
    getNextPageParam: (page) => page.next,
    staleTime: 0,
  });
}

/**
 * Asks for what is new at the top and leaves the rest: while people type next to somebody who has leafed far back, asking
 * for every loaded page anew would cost a request for each of them every few seconds.
 */
export async function refreshTop(queries: QueryClient, documentId: string): Promise<void> {
  const queryKey = keyOfList(documentId, "all");
  const old = queries.getQueryData<Pages>(queryKey);
  const until = old?.pages[0]?.next ?? null;
  if (old === undefined || queries.isFetching({ queryKey }) > 0) return;
  const pages: HistoryPage[] = [];
  const pageParams: (number | null)[] = [];
  let before: number | null = null;
  do {
    const page: HistoryPage = await fetchPage(documentId, "all", before);
    pages.push(page);
    pageParams.push(before);
    before = page.next;
  } while (before !== null && (until === null || before > until));
  queries.setQueryData<Pages>(queryKey, (now) =>
    now?.pages[0]?.next === until
      ? {
          pages: before === null ? pages : [...pages, ...now.pages.slice(1)],
          pageParams: before === null ? pageParams : [...pageParams, ...now.pageParams.slice(1)],
        }
      : now,
  );
}

/** Keeps the open list up to date: at a notice from the server, and when the writing has paused for a moment. */
export function useHistoryRefresh(documentId: string, provider: Provider): void {
  const queries = useQueryClient();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seq = provider.state.seq;
    // A list that could not be refreshed is as old as it was; the next edit asks again.
    const refresh = () => void refreshTop(queries, documentId).catch(() => undefined);
    const onState = () => {
      if (provider.state.seq === seq) return;
      seq = provider.state.seq;
      clearTimeout(timer);
      timer = setTimeout(refresh, quietMs);
    };
    const onNotice = ({ kind }: { readonly kind: string }) => {
      if (kind === "history") void refreshPast(queries, documentId);
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

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { ApiError, request } from "../../app/api.ts";
import { documentPath, documentsKey, fetchPage, type ListedDocument } from "../documents.ts";
import type { HomeQuestion } from "../question.ts";
import {
  byOpened,
  forgetDocument,
  fromRecent,
  type Recent,
  readRecents,
  unlistedRecents,
  withRecents,
} from "../recents.ts";
import { searchTitles } from "../search/localSearch.ts";

export type DocumentPages = {
  readonly documents: readonly ListedDocument[];
  /** `remembered`: the server did not answer, so that these are only what this browser knows. */
  readonly status: "loading" | "listed" | "remembered";
  readonly error: Error | null;
  readonly isLate: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly loadMore: () => void;
  readonly retry: () => void;
};

const checkedAtOnce = 10;

/** Of what only this browser remembers, what is still there to be opened. */
async function checked(recents: readonly Recent[], signal: AbortSignal): Promise<readonly ListedDocument[]> {
  const answers = recents.map(async (recent) => {
    try {
      const document = await request<ListedDocument>(documentPath(recent.id), { signal });
      if (document.deletedAt !== null) return [];
      return [{ ...fromRecent(recent), ...document, openedAt: recent.openedAt, starred: false, found: null }];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.status === 404 || error.status === 410) forgetDocument(recent.id);
      return [];
    }
  });
  return (await Promise.all(answers)).flat();
}

/** The documents that a question is answered with, a page after the other. */
export function useDocumentPages(question: HomeQuestion): DocumentPages {
  const { view, sort, query } = question;
  const pages = useInfiniteQuery({
    queryKey: [...documentsKey, "list", view, query === "" ? sort : "found", query],
    queryFn: ({ pageParam, signal }) => fetchPage(question, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next,
    refetchOnMount: "always",
    ...(query === "" ? {} : { placeholderData: keepPreviousData }),
  });
  const recents = readRecents();
  const listed = pages.data?.pages.flatMap(({ documents }) => documents) ?? [];
  const isHome = view === "recent" && sort === "opened" && query === "";
  const unlisted =
    isHome && pages.isSuccess
      ? unlistedRecents(listed, recents, pages.hasNextPage).slice(0, checkedAtOnce)
      : [];
  const more = useQuery({
    queryKey: [...documentsKey, "unlisted", ...unlisted.map(({ id }) => id)],
    queryFn: ({ signal }) => checked(unlisted, signal),
    enabled: unlisted.length > 0,
  });

  const state = {
    error: pages.error,
    isLate: pages.isPlaceholderData,
    hasMore: pages.hasNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    loadMore: () => void pages.fetchNextPage(),
    retry: () => void pages.refetch(),
  };
  if (pages.data === undefined && pages.error !== null) {
    const remembered = view === "recent" ? recents.map(fromRecent) : [];
    const documents = query === "" ? remembered : searchTitles(remembered, query);
    return { ...state, documents, status: "remembered" };
  }
  if (pages.data === undefined) return { ...state, documents: [], status: "loading" };
  const known = withRecents(listed, recents);
  const here = unlisted.length === 0 ? [] : (more.data ?? []);
  const documents = isHome ? byOpened([...known, ...here]) : known;
  return { ...state, documents, status: "listed" };
}

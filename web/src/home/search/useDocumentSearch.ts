import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { documentsKey, fetchPage, type ListedDocument } from "../documents.ts";
import { fromRecent, readRecents } from "../recents.ts";
import { searchTitles } from "./localSearch.ts";
import { useDeferredQuery } from "./useDeferredQuery.ts";

export type DocumentSearch = {
  /** The best first. While nothing is typed: what was opened last. */
  readonly documents: readonly ListedDocument[];
  /** `offline`: the server did not answer, and only titles that this browser remembers were searched. */
  readonly status: "searching" | "done" | "offline";
};

/** Searches the titles and texts of the person's documents, for the command palette. @param enabled false while it is closed */
export function useDocumentSearch(query: string, enabled = true): DocumentSearch {
  const words = useDeferredQuery(query);
  const { data, isFetching, isError } = useQuery({
    queryKey: [...documentsKey, "search", words],
    queryFn: ({ signal }) => fetchPage({ view: "recent", sort: "opened", query: words }, null, signal),
    placeholderData: keepPreviousData,
    enabled,
  });
  if (isError) {
    const remembered = readRecents().map(fromRecent);
    return { documents: words === "" ? remembered : searchTitles(remembered, words), status: "offline" };
  }
  const isLate = isFetching || words !== query.trim();
  return { documents: data?.documents ?? [], status: isLate ? "searching" : "done" };
}

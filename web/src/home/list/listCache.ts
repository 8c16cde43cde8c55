import type { InfiniteData, QueryClient } from "@tanstack/react-query";
import { type DocumentPage, documentsKey, type ListedDocument } from "../documents.ts";

type Pages = InfiniteData<DocumentPage>;

/**
 * Shows at once what the server is about to be told of a document, in every list that it is in.
 *
 * @param change null takes it off the lists
 * @returns takes that back
 */
export function changeListed(
  queries: QueryClient,
  id: string,
  change: ((document: ListedDocument) => ListedDocument) | null,
): () => void {
  const lists = queries.getQueriesData<Pages>({ queryKey: [...documentsKey, "list"] });
  const changed = (documents: readonly ListedDocument[]) =>
    documents.flatMap((document) => {
      if (document.id !== id) return [document];
      return change === null ? [] : [change(document)];
    });
  for (const [key, pages] of lists) {
    if (pages === undefined) continue;
    queries.setQueryData<Pages>(key, {
      ...pages,
      pages: pages.pages.map((page) => ({ ...page, documents: changed(page.documents) })),
    });
  }
  return () => {
    for (const [key, pages] of lists) queries.setQueryData(key, pages);
  };
}

import type { Provider } from "@palimpsest/provider";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { announce } from "../../app/announce.ts";
import { request } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import type { Author } from "../entries.ts";
import { documentPath, refreshPast } from "./restoring.ts";
import { keepingText } from "./text.ts";

/** Text that somebody typed inside something which a restore, not yet seen by them, had removed. */
export type Rescue = {
  readonly id: string;
  /** The restore that removed what it was typed into, and the edit that it came with. */
  readonly restore: number;
  readonly seq: number;
  readonly at: string;
  readonly author: Author;
  readonly text: string;
};

type Answer = { readonly rescues: readonly Rescue[] };

const rescuesKey = (documentId: string) => ["rescues", documentId] as const;

async function fetchRescues(documentId: string, signal?: AbortSignal): Promise<readonly Rescue[]> {
  const path = documentPath(documentId, "/rescues");
  return (await request<Answer>(path, signal === undefined ? {} : { signal })).rescues;
}

export function useRescues(documentId: string) {
  return useQuery({
    queryKey: rescuesKey(documentId),
    queryFn: ({ signal }) => fetchRescues(documentId, signal),
    staleTime: 0,
    refetchOnMount: "always",
  });
}

export function usePutBack(documentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Rescue) =>
      request<{ seq: number; changed: boolean }>(
        documentPath(documentId, `/rescues/${encodeURIComponent(id)}`),
        { method: "POST", body: {} },
      ),
    onSuccess: ({ changed }, { author }) => {
      const said = changed ? keepingText.rescuePutBack(author.name) : keepingText.rescueThereAlready;
      announce(said);
      toast.success(said);
      return refreshPast(queries, documentId);
    },
    onError: (error) => {
      toast.error(keepingText.rescueFailed, { description: error.message });
      return refreshPast(queries, documentId);
    },
  });
}

export function useDismissRescue(documentId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id }: Rescue) =>
      request<unknown>(documentPath(documentId, `/rescues/${encodeURIComponent(id)}`), { method: "DELETE" }),
    onSuccess: () => {
      announce(keepingText.rescueDismissed);
      return refreshPast(queries, documentId);
    },
    onError: (error) => {
      toast.error(keepingText.dismissFailed, { description: error.message });
      return refreshPast(queries, documentId);
    },
  });
}

/** The rescues that came in after `since`, for whom to say so: what was kept before this page was opened is no news. */
export function newRescues(
  rescues: readonly Rescue[],
  since: number,
  told: ReadonlySet<string>,
): readonly Rescue[] {
  return rescues.filter(({ id, seq }) => seq > since && !told.has(id));
}

/** Tells everybody who is here when something that was typed while a restore arrived had to be kept aside. */
export function useRescueNews(documentId: string, provider: Provider, onShow: () => void): void {
  const queries = useQueryClient();
  const show = useRef(onShow);
  show.current = onShow;
  useEffect(() => {
    const told = new Set<string>();
    let since = provider.state.seq;
    const onState = () => {
      since ??= provider.state.seq;
    };
    const tell = async () => {
      const rescues = await queries.fetchQuery({
        queryKey: rescuesKey(documentId),
        queryFn: ({ signal }) => fetchRescues(documentId, signal),
        staleTime: 0,
      });
      const news = newRescues(rescues, since ?? Number.POSITIVE_INFINITY, told);
      if (news.length === 0) return;
      for (const { id } of news) told.add(id);
      const said = keepingText.rescueNews([...new Set(news.map(({ author }) => author.name))]);
      announce(said);
      toast(said, {
        id: `rescue-${documentId}`,
        description: keepingText.rescueNewsHint,
        duration: 20_000,
        closeButton: true,
        action: { label: keepingText.show, onClick: () => show.current() },
      });
    };
    // Who could not be asked now is asked when the panel is opened.
    const onNotice = ({ kind }: { readonly kind: string }) => {
      if (kind === "history") void tell().catch(() => undefined);
    };
    provider.on("state", onState);
    provider.on("notice", onNotice);
    return () => {
      provider.off("state", onState);
      provider.off("notice", onNotice);
    };
  }, [documentId, provider, queries]);
}

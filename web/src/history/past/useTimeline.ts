import type { Provider } from "@palimpsest/provider";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { request } from "../../app/api.ts";
import type { Timeline } from "./timeline.ts";

const quietMs = 1_500;

/** The timeline, asked for again when the writing has paused for a moment and whenever the server gives notice. */
export function useTimeline(documentId: string, provider: Provider, still: boolean) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["timeline", documentId],
    queryFn: ({ signal }) =>
      request<Timeline>(`/api/documents/${encodeURIComponent(documentId)}/timeline`, { signal }),
    staleTime: 0,
  });
  useEffect(() => {
    // While somebody drags or plays, the scale must not change under their hand.
    if (still) return;
    const refresh = () => void queries.invalidateQueries({ queryKey: ["timeline", documentId] });
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seq = provider.state.seq;
    const onState = () => {
      if (provider.state.seq === seq) return;
      seq = provider.state.seq;
      // Not postponed by every further edit: people who never pause would keep the end of the slider where it was.
      timer ??= setTimeout(() => {
        timer = undefined;
        refresh();
      }, quietMs);
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
  }, [documentId, provider, queries, still]);
  return query;
}

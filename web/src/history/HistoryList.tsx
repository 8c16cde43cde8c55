import { useCallback, useRef } from "react";
import { messageOf } from "../app/api.ts";
import { appText } from "../app/text.ts";
import { useNow } from "../app/useNow.ts";
import { groupByDay } from "./days.ts";
import { EntryRow } from "./EntryRow.tsx";
import { type HistoryEntry, keyOf, type Placed, placed } from "./entries.ts";
import { historyText } from "./text.ts";
import { useEndInView } from "./useEndInView.ts";
import { useHistory } from "./useHistory.ts";

type Props = {
  readonly documentId: string;
  readonly namedOnly: boolean;
  readonly chosen: string | null;
  readonly onChoose: (placed: Placed) => void;
};

function ListSkeleton() {
  return (
    <div className="flex flex-col gap-4 px-2.5 py-3" role="status" aria-label={historyText.loading}>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex flex-col gap-2">
          <div className="skeleton h-3.5 w-2/5" />
          <div className="skeleton h-3 w-3/5" />
        </div>
      ))}
    </div>
  );
}

export function HistoryList({ documentId, namedOnly, chosen, onChoose }: Props) {
  const { data, error, isPending, hasNextPage, isFetching, isFetchNextPageError, fetchNextPage, refetch } =
    useHistory(documentId);
  const now = useNow();
  const end = useRef<HTMLDivElement>(null);
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetching && !isFetchNextPageError) void fetchNextPage();
  }, [hasNextPage, isFetching, isFetchNextPageError, fetchNextPage]);
  useEndInView(end, loadMore, data?.pages.length);

  if (isPending) return <ListSkeleton />;
  if (data === undefined)
    return (
      <div role="alert" className="px-2.5 py-4">
        <p className="mb-3">
          {historyText.failed}. {messageOf(error)}
        </p>
        <button type="button" className="button" onClick={() => void refetch()}>
          {appText.tryAgain}
        </button>
      </div>
    );

  const entries = new Map<string, HistoryEntry>();
  for (const entry of data.pages.flatMap((page) => page.entries)) entries.set(keyOf(entry), entry);
  const shown = placed([...entries.values()]).filter(
    ({ entry }) => !namedOnly || (entry.kind === "version" && !entry.automatic),
  );
  const days = groupByDay(shown, now);

  return (
    <>
      {days.map((day) => (
        <section key={day.label} className="mb-3">
          <h3 className="sticky top-0 bg-raised px-2.5 py-1.5 text-xs font-semibold text-faint">
            {day.label}
          </h3>
          <ul>
            {day.entries.map((each) => (
              <EntryRow
                key={keyOf(each.entry)}
                placed={each}
                now={now}
                current={keyOf(each.entry) === chosen}
                onChoose={onChoose}
              />
            ))}
          </ul>
        </section>
      ))}
      <div ref={end} className="px-2.5 py-3 text-sm text-faint">
        {isFetchNextPageError ? (
          <button type="button" className="button" onClick={() => void fetchNextPage()}>
            {historyText.moreFailed}. {appText.tryAgain}
          </button>
        ) : hasNextPage ? (
          historyText.more
        ) : days.length > 0 ? (
          historyText.start
        ) : namedOnly ? (
          historyText.emptyNamed
        ) : (
          historyText.empty
        )}
      </div>
    </>
  );
}

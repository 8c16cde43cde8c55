import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { messageOf } from "../app/api.ts";
import { appText } from "../app/text.ts";
import { useNow } from "../app/useNow.ts";
import type { EntryAction } from "./EntryMenu.tsx";
import { EntryRow } from "./EntryRow.tsx";
import { type HistoryEntry, keyOf, type Moment, placed } from "./entries.ts";
import { knownFrom } from "./known.ts";
import { type Row, rowAt, rowsOf } from "./rows.ts";
import { StickyDay } from "./StickyDay.tsx";
import { historyText } from "./text.ts";
import { type HistoryFilter, useHistory } from "./useHistory.ts";
import { useListKeys } from "./useListKeys.ts";
import { useVirtualRows } from "./useVirtualRows.ts";

export type EntryHandlers = {
  readonly onChoose: (row: Row) => void;
  readonly onAction: (row: Row, action: EntryAction, rows: readonly Row[], head: number) => void;
};

type Props = EntryHandlers & {
  readonly documentId: string;
  readonly filter: HistoryFilter;
  /** The moments that are looked at: their rows are marked, and the first of them is kept in view. */
  readonly chosen: readonly Moment[];
  readonly canEdit: boolean;
};

function ListSkeleton() {
  return (
    <div className="flex flex-col gap-4 px-4 py-3" role="status" aria-label={historyText.loading}>
      {[0, 1, 2, 3].map((row) => (
        <div key={row} className="flex flex-col gap-2">
          <div className="skeleton h-3.5 w-2/5" />
          <div className="skeleton h-3 w-3/5" />
        </div>
      ))}
    </div>
  );
}

export function HistoryList(props: Props) {
  const history = useHistory(props.documentId, props.filter);
  const { data, error, isPending, refetch, hasNextPage, isFetchNextPageError, fetchNextPage } = history;
  const now = useNow();
  const rows = useMemo(() => {
    const entries = new Map<string, HistoryEntry>();
    for (const entry of (data?.pages ?? []).flatMap((page) => page.entries)) {
      if (!entries.has(keyOf(entry))) entries.set(keyOf(entry), entry);
    }
    return rowsOf(placed([...entries.values()]), now);
  }, [data, now]);

  if (isPending) return <ListSkeleton />;
  if (data === undefined)
    return (
      <div role="alert" className="px-4 py-4">
        <p className="mb-3">
          {historyText.failed}. {messageOf(error)}
        </p>
        <button type="button" className="button" onClick={() => void refetch()}>
          {appText.tryAgain}
        </button>
      </div>
    );

  const loadMore = () => {
    if (hasNextPage && !history.isFetching && !isFetchNextPageError) void fetchNextPage();
  };
  const end = isFetchNextPageError ? (
    <button type="button" className="button whitespace-normal" onClick={() => void fetchNextPage()}>
      {historyText.moreFailed}. {appText.tryAgain}
    </button>
  ) : hasNextPage ? (
    historyText.more
  ) : rows.length > 0 ? (
    props.filter === "named" ? null : (data.pages[0]?.floor ?? 0) > 0 ? (
      historyText.startKept
    ) : (
      historyText.start
    )
  ) : props.filter === "named" ? (
    historyText.emptyNamed
  ) : (
    historyText.empty
  );
  return (
    <Rows
      {...props}
      key={props.filter}
      rows={rows}
      head={data.pages[0]?.head ?? 0}
      now={now}
      whole={!hasNextPage}
      end={end}
      onNearEnd={loadMore}
    />
  );
}

type RowsProps = Props & {
  readonly rows: readonly Row[];
  readonly head: number;
  readonly now: number;
  /** Nothing older is left to load. */
  readonly whole: boolean;
  readonly end: ReactNode;
  readonly onNearEnd: () => void;
};

function Rows(props: RowsProps) {
  const { documentId, rows, head, now, whole, end, chosen, canEdit, onChoose, onAction, onNearEnd } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const known = useMemo(() => knownFrom(rows.map(({ placed: each }) => each)), [rows]);
  const [activeKey, setActiveKey] = useState<string | null>(null);
  const marked = chosen.map((moment) => rowAt(rows, moment));
  const [first = -1] = marked;
  const own = activeKey === null ? -1 : rows.findIndex(({ key }) => key === activeKey);
  const active = Math.max(0, own >= 0 ? own : first);
  const virtual = useVirtualRows(scroller, rows, active);
  const shown = virtual.getVirtualItems();
  const last = shown.at(-1)?.index ?? -1;
  useEffect(() => {
    if (last >= rows.length - 12) onNearEnd();
  }, [last, rows.length, onNearEnd]);

  const followed = rows[first]?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only another moment moves the list, not an entry that came in above it
  useEffect(() => {
    if (followed !== undefined) virtual.scrollToIndex(first, { align: "auto" });
  }, [followed]);

  const onKeyDown = useListKeys(list, active, rows.length, (index) => {
    setActiveKey(rows[index]?.key ?? null);
    virtual.scrollToIndex(index, { align: "auto" });
  });
  // Handlers that stay the same let the rows, which are many and memoized, stay as they are.
  const latest = useRef({ onChoose, onAction, rows, head });
  latest.current = { onChoose, onAction, rows, head };
  const [handlers] = useState(() => ({
    choose: (row: Row) => {
      setActiveKey(row.key);
      latest.current.onChoose(row);
    },
    act: (row: Row, action: EntryAction) => {
      const { onAction: act, rows: all, head: newest } = latest.current;
      act(row, action, all, newest);
    },
  }));

  return (
    <div
      ref={scroller}
      className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain px-1.5 pb-6 [overflow-anchor:none]"
      data-testid="history-scroller"
    >
      <StickyDay scroller={scroller} virtual={virtual} rows={rows} />
      {rows.length === 0 ? null : (
        <ul
          ref={list}
          aria-label={historyText.entries}
          className="relative"
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {shown.map(({ index, start, key }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <li
                key={key}
                ref={virtual.measureElement}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={whole ? rows.length : -1}
                className="absolute inset-x-0 top-0 pb-0.5"
                style={{ transform: `translateY(${start}px)` }}
              >
                {row.opensDay ? (
                  <h3 className="flex h-8 items-center px-2.5 text-xs font-semibold text-faint">{row.day}</h3>
                ) : null}
                <EntryRow
                  documentId={documentId}
                  row={row}
                  now={now}
                  known={known}
                  current={marked.includes(index)}
                  inTabOrder={index === active}
                  canEdit={canEdit}
                  onChoose={handlers.choose}
                  onAction={handlers.act}
                />
              </li>
            );
          })}
        </ul>
      )}
      <div className="px-2.5 py-3 text-sm text-faint">{end}</div>
    </div>
  );
}

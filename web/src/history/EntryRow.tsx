import { FileDown, History, Pencil, Sparkles } from "lucide-react";
import type { ReactNode } from "react";
import { relativeTime } from "../app/relativeTime.ts";
import { safeColor } from "../people/color.ts";
import { clockRange, clockTime, momentText } from "./days.ts";
import { type Author, authorsOf, type HistoryEntry, type Placed, seqOf } from "./entries.ts";
import { historyText } from "./text.ts";

const compact = new Intl.NumberFormat("en", { notation: "compact" });

function Size({ inserted, deleted }: { readonly inserted: number; readonly deleted: number }) {
  return (
    <span className="flex flex-none gap-1.5 font-mono text-xs">
      {inserted > 0 ? (
        <span className="text-good">
          <span aria-hidden="true">+{compact.format(inserted)}</span>
          <span className="sr-only">{historyText.inserted(inserted)}</span>
        </span>
      ) : null}
      {deleted > 0 ? (
        <span className="text-danger">
          <span aria-hidden="true">−{compact.format(deleted)}</span>
          <span className="sr-only">{historyText.deleted(deleted)}</span>
        </span>
      ) : null}
    </span>
  );
}

function Authors({ authors }: { readonly authors: readonly Author[] }) {
  if (authors.length === 0) return null;
  return (
    <span className="flex min-w-0 flex-wrap gap-x-2.5 gap-y-0.5 text-sm text-soft">
      {authors.map(({ id, name, color }) => (
        <span key={id} className="flex min-w-0 items-center gap-1.5">
          <span className="presence-dot" style={{ backgroundColor: safeColor(color) }} />
          <span className="truncate">{name}</span>
        </span>
      ))}
    </span>
  );
}

type Shown = { readonly icon: ReactNode; readonly heading: string; readonly size: ReactNode };

function shown(entry: HistoryEntry, now: number): Shown {
  switch (entry.kind) {
    case "session":
      return {
        icon: null,
        heading: clockRange(Date.parse(entry.startedAt), Date.parse(entry.endedAt)),
        size: <Size inserted={entry.inserted} deleted={entry.deleted} />,
      };
    case "restore": {
      const when =
        entry.targetTime === null ? `#${entry.target}` : momentText(Date.parse(entry.targetTime), now);
      return { icon: <History size={15} />, heading: historyText.restored(when), size: null };
    }
    case "import":
      return {
        icon: <FileDown size={15} />,
        heading: historyText.imported,
        size: <Size inserted={entry.inserted} deleted={0} />,
      };
    case "version":
      return {
        icon: entry.automatic ? <Sparkles size={15} /> : <Pencil size={15} />,
        heading: entry.name,
        size: null,
      };
  }
}

type Props = {
  readonly placed: Placed;
  readonly now: number;
  readonly current: boolean;
  readonly onChoose: (placed: Placed) => void;
};

export function EntryRow({ placed, now, current, onChoose }: Props) {
  const { entry, at: time } = placed;
  const { icon, heading, size } = shown(entry, now);
  return (
    <li>
      <button
        type="button"
        className={`flex w-full flex-col gap-0.5 rounded-md px-2.5 py-2 text-left ${
          current ? "bg-accent-soft" : "hover:bg-hover"
        }`}
        aria-current={current ? "true" : undefined}
        data-testid="history-entry"
        data-kind={entry.kind}
        data-seq={seqOf(entry)}
        onClick={() => onChoose(placed)}
      >
        <span className="flex w-full items-baseline gap-2">
          {icon === null ? null : <span className="flex-none self-center text-accent">{icon}</span>}
          <span
            className={`min-w-0 flex-1 wrap-anywhere ${entry.kind === "version" ? "font-semibold" : "font-medium"}`}
          >
            {heading}
          </span>
          {size}
        </span>
        <span className={`text-xs ${current ? "text-soft" : "text-faint"}`}>
          {entry.kind === "session" ? null : `${clockTime(time)} · `}
          <time dateTime={new Date(time).toISOString()}>{relativeTime(time, now)}</time>
        </span>
        <Authors authors={authorsOf(entry)} />
      </button>
    </li>
  );
}

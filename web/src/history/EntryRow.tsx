import {
  Bookmark,
  FileDown,
  History,
  LifeBuoy,
  RotateCcw,
  Sparkles,
  TriangleAlert,
  UserX,
} from "lucide-react";
import { memo, type ReactNode } from "react";
import { locale } from "../i18n/language.ts";
import { safeColor } from "../people/color.ts";
import { agoText, clockTime } from "./days.ts";
import { type EntryAction, EntryMenu } from "./EntryMenu.tsx";
import { type Author, type HistoryEntry, type Part, type RestoreEntry, seqOf } from "./entries.ts";
import { entryHeading } from "./entryHeading.ts";
import type { Known } from "./known.ts";
import { type Row, shownAuthors } from "./rows.ts";
import { historyText } from "./text.ts";

const compact = new Intl.NumberFormat(locale(), { notation: "compact" });

type SizeProps = { readonly inserted: number; readonly deleted: number };

function Size({ inserted, deleted }: SizeProps) {
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

function Dot({ author }: { readonly author: Author }) {
  return <span className="presence-dot" style={{ backgroundColor: safeColor(author.color) }} />;
}

function Parts({ authors }: { readonly authors: readonly Part[] }) {
  const bySize = authors.toSorted((a, b) => b.inserted + b.deleted - (a.inserted + a.deleted));
  const shown = bySize.slice(0, shownAuthors);
  const rest = bySize.slice(shownAuthors);
  return (
    <span className="flex flex-col gap-0.5 pr-7 text-sm text-soft">
      {shown.map((author) => (
        <span key={author.id} className="flex min-w-0 items-baseline gap-1.5" data-testid="entry-author">
          <span className="self-center leading-none">
            <Dot author={author} />
          </span>
          <span className="min-w-0 flex-1 truncate">{author.name}</span>
          {authors.length > 1 ? <Size inserted={author.inserted} deleted={author.deleted} /> : null}
        </span>
      ))}
      {rest.length > 0 ? (
        <span className="pl-3.5" title={rest.map(({ name }) => name).join(", ")}>
          {historyText.moreAuthors(rest.length)}
          <span className="sr-only">: {rest.map(({ name }) => name).join(", ")}</span>
        </span>
      ) : null}
    </span>
  );
}

const restoreIcons: Record<RestoreEntry["how"], ReactNode> = {
  whole: <History size={15} />,
  part: <History size={15} />,
  person: <UserX size={15} />,
  undo: <RotateCcw size={15} />,
  rescue: <LifeBuoy size={15} />,
};

function iconOf(entry: HistoryEntry): ReactNode {
  switch (entry.kind) {
    case "session":
      return null;
    case "restore":
      return restoreIcons[entry.how];
    case "import":
      return <FileDown size={15} />;
    case "damaged":
      return null;
    case "version":
      return entry.automatic ? <Sparkles size={13} /> : <Bookmark size={15} fill="currentColor" />;
  }
}

function headingClass(entry: HistoryEntry): string {
  if (entry.kind !== "version") return "font-medium";
  return entry.automatic ? "text-sm text-soft" : "font-semibold";
}

type Props = {
  readonly documentId: string;
  readonly row: Row;
  readonly now: number;
  readonly known: Known;
  /** Looked at, or one side of the comparison that is looked at. */
  readonly current: boolean;
  /** The one entry of the list that Tab reaches. */
  readonly inTabOrder: boolean;
  readonly canEdit: boolean;
  readonly onChoose: (row: Row) => void;
  readonly onAction: (row: Row, action: EntryAction) => void;
};

/** There is nothing to look at and nothing to do here, but the arrow keys lead over it like over any other. */
function DamagedRow({ heading, inTabOrder }: { readonly heading: string; readonly inTabOrder: boolean }) {
  return (
    <button
      type="button"
      aria-disabled="true"
      className="flex w-full cursor-default! flex-col gap-0.5 rounded-md px-2.5 py-2 text-left text-warn"
      tabIndex={inTabOrder ? 0 : -1}
      data-testid="history-entry"
      data-kind="damaged"
      data-main
    >
      <span className="flex items-baseline gap-2 font-medium">
        <TriangleAlert size={15} className="flex-none self-start pt-0.5" /> {heading}
      </span>
      <span className="text-xs">{historyText.damagedHint}</span>
    </button>
  );
}

export const EntryRow = memo(function EntryRow(props: Props) {
  const { documentId, row, now, known, current, inTabOrder, canEdit, onChoose, onAction } = props;
  const { entry, at: time } = row.placed;
  if (entry.kind === "damaged")
    return <DamagedRow heading={entryHeading(entry, now, known)} inTabOrder={inTabOrder} />;
  const icon = iconOf(entry);
  const heading = entryHeading(entry, now, known);
  const quiet = entry.kind === "version" && entry.automatic;
  const faint = current ? "text-soft" : "text-faint";
  const author = entry.kind === "session" ? null : entry.author;
  return (
    <div
      className={`group relative flex rounded-md ${current ? "bg-accent-soft" : "hover:bg-hover"} ${
        entry.kind === "version" && !entry.automatic && !current ? "bg-sunk" : ""
      }`}
    >
      <button
        type="button"
        className={`flex min-w-0 flex-1 flex-col gap-0.5 rounded-md px-2.5 text-left ${quiet ? "py-1.5" : "py-2"}`}
        aria-current={current ? "true" : undefined}
        tabIndex={inTabOrder ? 0 : -1}
        data-testid="history-entry"
        data-kind={entry.kind}
        data-seq={seqOf(entry)}
        data-main
        onClick={() => onChoose(row)}
      >
        <span className="flex w-full items-baseline gap-2 pr-7">
          {icon === null ? null : (
            <span className={`flex-none self-start pt-0.75 ${quiet ? "text-faint" : "text-accent"}`}>
              {icon}
            </span>
          )}
          <span className={`min-w-0 flex-1 wrap-anywhere ${headingClass(entry)}`}>{heading}</span>
          {entry.kind === "session" ? <Size inserted={entry.inserted} deleted={entry.deleted} /> : null}
          {quiet ? (
            <time className={`flex-none text-xs ${faint}`} dateTime={new Date(time).toISOString()}>
              {clockTime(time)}
            </time>
          ) : null}
        </span>
        {entry.kind === "version" && entry.description !== "" ? (
          <span className="line-clamp-3 text-sm wrap-anywhere whitespace-pre-line text-soft">
            {entry.description}
          </span>
        ) : null}
        {quiet ? null : (
          <span className={`flex items-center gap-1.5 text-xs ${faint}`}>
            {author === null ? null : <Dot author={author} />}
            <span className="min-w-0 truncate">
              {entry.kind === "session" ? null : `${clockTime(time)} · `}
              <time dateTime={new Date(time).toISOString()}>{agoText(time, now)}</time>
              {entry.kind === "version" && author !== null ? ` · ${author.name}` : null}
            </span>
            {entry.kind === "import" ? <Size inserted={entry.inserted} deleted={0} /> : null}
          </span>
        )}
        {entry.kind === "session" ? <Parts authors={entry.authors} /> : null}
      </button>
      <EntryMenu
        documentId={documentId}
        entry={entry}
        name={heading}
        canEdit={canEdit}
        inTabOrder={inTabOrder}
        low={quiet}
        onAction={(action) => onAction(row, action)}
      />
    </div>
  );
});

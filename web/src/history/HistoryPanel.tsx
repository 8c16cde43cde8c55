import { BookmarkPlus, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { IconButton } from "../app/IconButton.tsx";
import type { Room } from "../document/useRoom.ts";
import { momentText } from "./days.ts";
import { type Moment, momentOf } from "./entries.ts";
import { FilterSwitch } from "./FilterSwitch.tsx";
import { HistoryList } from "./HistoryList.tsx";
import { EntryDialogs } from "./keeping/EntryDialogs.tsx";
import { RescueList } from "./keeping/RescueList.tsx";
import type { Look } from "./look.ts";
import { historyText } from "./text.ts";
import { useEntryActions } from "./useEntryActions.ts";
import { type HistoryFilter, useHistoryRefresh } from "./useHistory.ts";

type Props = {
  readonly room: Room;
  /** What is looked at; null while the text is the present one. */
  readonly moment: Moment | null;
  /** The earlier side where two moments are compared. */
  readonly from?: Moment | null;
  readonly canEdit: boolean;
  readonly onLook: (look: Look) => void;
  readonly onNow: () => void;
  readonly onNameVersion: () => void;
  readonly onClose: () => void;
};

export default function HistoryPanel(props: Props) {
  const { room, moment, from = null, canEdit, onLook, onNow, onNameVersion, onClose } = props;
  const { documentId } = room;
  const [filter, setFilter] = useState<HistoryFilter>("all");
  const headingId = useId();
  const closeButton = useRef<HTMLButtonElement>(null);
  const entries = useEntryActions({ documentId, onLook });
  useHistoryRefresh(documentId, room.provider);
  useEffect(() => closeButton.current?.focus(), []);
  const chosen = [moment, from].filter((each) => each !== null);
  const { comparing, question } = entries;

  const stopComparing = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || comparing === null || event.defaultPrevented) return;
    event.preventDefault();
    entries.stopComparing();
  };

  return (
    <aside
      onKeyDown={stopComparing}
      aria-labelledby={headingId}
      className="history-panel screen-only fixed inset-y-0 right-0 z-45 flex w-full flex-col border-l border-line bg-raised shadow-lg sm:w-(--panel-width)"
      data-testid="history-panel"
    >
      <div className="flex h-(--header-height) flex-none items-center gap-1 pr-2 pl-4">
        <h2 id={headingId} className="flex-1 text-lg font-semibold">
          {historyText.title}
        </h2>
        {canEdit ? (
          <IconButton label={historyText.nameVersion} onClick={onNameVersion}>
            <BookmarkPlus size={18} />
          </IconButton>
        ) : null}
        <IconButton ref={closeButton} label={historyText.close} onClick={onClose}>
          <X size={18} />
        </IconButton>
      </div>
      <div className="flex-none px-4 pb-2">
        <FilterSwitch filter={filter} onFilter={setFilter} />
      </div>
      <RescueList documentId={documentId} canEdit={canEdit} />
      <div className="flex-none px-1.5 pb-1">
        <button
          type="button"
          className={`flex w-full flex-col rounded-md px-2.5 py-2 text-left ${
            moment === null ? "bg-accent-soft" : "hover:bg-hover"
          }`}
          aria-current={moment === null ? "true" : undefined}
          data-testid="history-now"
          onClick={() => {
            if (!entries.chooseNow(room.provider.state.seq ?? 0)) onNow();
          }}
        >
          <span className="font-semibold">{historyText.now}</span>
          <span className="text-xs text-soft">{historyText.nowHint}</span>
        </button>
      </div>
      {comparing === null ? null : (
        <div
          className="flex flex-none items-start gap-2 border-y border-line bg-accent-soft px-4 py-2 text-sm"
          role="status"
          data-testid="comparing"
        >
          <p className="min-w-0 flex-1 wrap-anywhere">
            {historyText.comparing(
              comparing.placed.entry.kind === "version"
                ? comparing.placed.entry.name
                : momentText(comparing.placed.at, Date.now()),
            )}
          </p>
          <IconButton
            label={historyText.stopComparing}
            className="-my-1 -mr-2 size-7!"
            onClick={entries.stopComparing}
          >
            <X size={16} />
          </IconButton>
        </div>
      )}
      <HistoryList
        documentId={documentId}
        filter={filter}
        chosen={comparing === null ? chosen : [momentOf(comparing.placed)]}
        canEdit={canEdit}
        onChoose={entries.choose}
        onAction={entries.act}
      />
      {question === null ? null : (
        <EntryDialogs
          documentId={documentId}
          question={question}
          onClose={entries.answer}
          onRestored={onNow}
        />
      )}
    </aside>
  );
}

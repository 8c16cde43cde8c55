import { BookmarkPlus, X } from "lucide-react";
import { useEffect, useId, useRef, useState } from "react";
import { IconButton } from "../app/IconButton.tsx";
import type { Room } from "../document/useRoom.ts";
import { type Moment, momentOf } from "./entries.ts";
import { HistoryList } from "./HistoryList.tsx";
import { historyText } from "./text.ts";
import { useHistoryRefresh } from "./useHistory.ts";

type Props = {
  readonly room: Room;
  readonly moment: Moment | null;
  readonly canEdit: boolean;
  readonly onMoment: (moment: Moment | null) => void;
  readonly onNameVersion: () => void;
  readonly onClose: () => void;
};

export default function HistoryPanel(props: Props) {
  const { room, moment, canEdit, onMoment, onNameVersion, onClose } = props;
  const [namedOnly, setNamedOnly] = useState(false);
  const headingId = useId();
  const closeButton = useRef<HTMLButtonElement>(null);
  useHistoryRefresh(room.documentId, room.provider);
  useEffect(() => closeButton.current?.focus(), []);

  return (
    <aside
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
      <label className="flex flex-none items-center gap-2 px-4 pb-3 text-sm text-soft">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={namedOnly}
          onChange={(event) => setNamedOnly(event.target.checked)}
        />
        {historyText.namedOnly}
      </label>
      <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-1.5 pb-6">
        <button
          type="button"
          className={`mb-3 flex w-full flex-col rounded-md px-2.5 py-2 text-left ${
            moment === null ? "bg-accent-soft" : "hover:bg-hover"
          }`}
          aria-current={moment === null ? "true" : undefined}
          data-testid="history-now"
          onClick={() => onMoment(null)}
        >
          <span className="font-semibold">{historyText.now}</span>
          <span className="text-xs text-soft">{historyText.nowHint}</span>
        </button>
        <HistoryList
          documentId={room.documentId}
          namedOnly={namedOnly}
          chosen={moment?.key ?? null}
          onChoose={(placed) => onMoment(momentOf(placed))}
        />
      </div>
    </aside>
  );
}

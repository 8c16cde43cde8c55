import { ArrowLeft, BookmarkPlus, List, RotateCcw } from "lucide-react";
import { IconButton } from "../../app/IconButton.tsx";
import { pastText } from "./text.ts";

type Props = {
  readonly said: string;
  readonly canEdit: boolean;
  readonly canRestore: boolean;
  readonly onRestore: () => void;
  readonly onNameVersion: () => void;
  readonly onList: () => void;
  readonly onNow: () => void;
};

/** Stands where the toolbar stands over the living text: it says that this is the past, and what can be done with it. */
export function PastStrip({ said, canEdit, canRestore, onRestore, onNameVersion, onList, onNow }: Props) {
  return (
    <section aria-label={said} className="past-strip screen-only" data-testid="preview-bar">
      <div className="past-strip-row">
        <p className="min-w-0 flex-1 text-md">
          <span className="line-clamp-2 wrap-anywhere">{said}</span>
        </p>
        <span className="flex flex-none items-center gap-1">
          <IconButton label={pastText.list} className="sm:hidden" onClick={onList}>
            <List size={18} />
          </IconButton>
          {canEdit ? (
            <>
              <IconButton label={pastText.nameVersion} className="max-sm:hidden" onClick={onNameVersion}>
                <BookmarkPlus size={18} />
              </IconButton>
              <button
                type="button"
                className="button past-small-button button-accent"
                disabled={!canRestore}
                data-testid="restore"
                onClick={onRestore}
              >
                <RotateCcw size={15} className="max-sm:hidden" aria-hidden="true" />
                <span>{pastText.restore}</span>
              </button>
            </>
          ) : null}
          <button
            type="button"
            className="button past-small-button"
            aria-label={pastText.toNow}
            title={pastText.toNowTitle}
            data-testid="back-to-now"
            onClick={onNow}
          >
            <ArrowLeft size={15} aria-hidden="true" />
            <span className="max-sm:hidden">{pastText.toNow}</span>
          </button>
        </span>
      </div>
    </section>
  );
}

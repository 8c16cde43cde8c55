import { ArrowLeft, BookmarkPlus, List, RotateCcw } from "lucide-react";
import { IconButton } from "../app/IconButton.tsx";
import { momentText } from "./days.ts";
import type { Moment } from "./entries.ts";
import { historyText } from "./text.ts";
import { useRestore } from "./useRestore.ts";

type Props = {
  readonly documentId: string;
  readonly moment: Moment;
  readonly canEdit: boolean;
  readonly onNameVersion: () => void;
  readonly onList: () => void;
  readonly onBack: () => void;
};

export function PreviewBar({ documentId, moment, canEdit, onNameVersion, onList, onBack }: Props) {
  const restore = useRestore(documentId, onBack);
  const when = momentText(moment.at, Date.now());
  const by = moment.by.length === 0 ? historyText.nobody : historyText.and(moment.by);
  return (
    <section
      aria-label={historyText.title}
      className="screen-only sticky top-(--header-height) z-25 border-b border-line bg-accent-soft"
      data-testid="preview-bar"
    >
      <div className="page-column flex min-h-(--toolbar-height) flex-wrap items-center gap-x-2 gap-y-1.5 py-1.5">
        <p className="min-w-44 flex-1 text-md wrap-anywhere">
          {moment.name === null
            ? historyText.previewing(when, by)
            : historyText.previewingNamed(moment.name, when)}
        </p>
        <span className="flex items-center gap-1.5">
          <IconButton label={historyText.list} className="sm:hidden" onClick={onList}>
            <List size={18} />
          </IconButton>
          {canEdit ? (
            <>
              <IconButton label={historyText.nameVersion} onClick={onNameVersion}>
                <BookmarkPlus size={18} />
              </IconButton>
              <button
                type="button"
                className="button button-accent"
                disabled={restore.isPending}
                data-testid="restore"
                onClick={() => restore.mutate(moment)}
              >
                <RotateCcw size={15} aria-hidden="true" />
                {restore.isPending ? historyText.restoring : historyText.restore}
              </button>
            </>
          ) : null}
          <button type="button" className="button" data-testid="back-to-now" onClick={onBack}>
            <ArrowLeft size={15} aria-hidden="true" />
            {historyText.back}
          </button>
        </span>
      </div>
    </section>
  );
}

import { lazy, Suspense, useState } from "react";
import { messageOf } from "../app/api.ts";
import { appText } from "../app/text.ts";
import { useNow } from "../app/useNow.ts";
import { DocumentRow, type RowAction } from "./DocumentRow.tsx";
import { type ListedDocument, readRecents, withRecents } from "./recents.ts";
import { homeText } from "./text.ts";
import { useDocuments } from "./useDocuments.ts";

const RowDialogs = lazy(() => import("./RowDialogs.tsx"));

type Asked = { readonly action: RowAction; readonly document: ListedDocument };

function ListSkeleton() {
  return (
    <div className="flex flex-col gap-5 px-3 py-3" role="status" aria-label={homeText.loading}>
      {[56, 40, 48].map((width) => (
        <div key={width} className="flex flex-col gap-2">
          <div className="skeleton h-4" style={{ width: `${width}%` }} />
          <div className="skeleton h-3 w-1/4" />
        </div>
      ))}
    </div>
  );
}

export function DocumentList() {
  const { data, error, isPending, refetch } = useDocuments();
  const [asked, setAsked] = useState<Asked | null>(null);
  const now = useNow();
  const documents = withRecents(data ?? [], readRecents());

  return (
    <>
      {error === null ? null : (
        <div
          role="alert"
          className="mb-4 flex items-center gap-3 rounded-lg bg-warn-soft px-4 py-3 text-warn"
        >
          <p className="flex-1">
            {documents.length > 0 ? homeText.listPartial : `${homeText.listFailed}. ${messageOf(error)}`}
          </p>
          <button type="button" className="button" onClick={() => void refetch()}>
            {appText.tryAgain}
          </button>
        </div>
      )}
      {isPending && documents.length === 0 ? <ListSkeleton /> : null}
      {documents.length > 0 ? (
        <ul className="-mx-3 flex flex-col" data-testid="document-list">
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              now={now}
              onAction={(action) => setAsked({ action, document })}
            />
          ))}
        </ul>
      ) : null}
      {data !== undefined && documents.length === 0 ? (
        <div className="py-10" data-testid="empty-list">
          <p className="font-serif text-xl">{homeText.emptyTitle}</p>
          <p className="mt-2 max-w-md text-soft">{homeText.emptyHint}</p>
        </div>
      ) : null}
      <Suspense>{asked === null ? null : <RowDialogs {...asked} onClose={() => setAsked(null)} />}</Suspense>
    </>
  );
}

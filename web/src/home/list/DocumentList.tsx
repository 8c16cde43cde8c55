import { LoaderCircle } from "lucide-react";
import {
  lazy,
  type ReactNode,
  type Ref,
  Suspense,
  useEffect,
  useId,
  useImperativeHandle,
  useRef,
  useState,
} from "react";
import { announce } from "../../app/announce.ts";
import { messageOf } from "../../app/api.ts";
import { appText } from "../../app/text.ts";
import { useNow } from "../../app/useNow.ts";
import type { ListedDocument } from "../documents.ts";
import type { HomeQuestion } from "../question.ts";
import { homeText } from "../text.ts";
import { DocumentRow } from "./DocumentRow.tsx";
import { EmptyList } from "./EmptyList.tsx";
import { ListSkeleton } from "./ListSkeleton.tsx";
import type { Asked } from "./RowDialogs.tsx";
import type { RowAction } from "./RowMenu.tsx";
import { rowFacts } from "./rowFacts.ts";
import { useDocumentActions } from "./useDocumentActions.ts";
import { useDocumentPages } from "./useDocumentPages.ts";
import { useRowFocus } from "./useRowFocus.ts";

const RowDialogs = lazy(() => import("./RowDialogs.tsx"));

export type ListHandle = { readonly focusFirst: () => void };

type Props = {
  readonly question: HomeQuestion;
  readonly myId: string | null;
  readonly handle: Ref<ListHandle>;
  /** The focus goes back above the list. */
  readonly onLeave: () => void;
  /** What somebody without documents can begin with. */
  readonly beginnings: ReactNode;
};

export function DocumentList({ question, myId, handle, onLeave, beginnings }: Props) {
  const pages = useDocumentPages(question);
  const actions = useDocumentActions();
  const [asked, setAsked] = useState<Asked | null>(null);
  const now = useNow();
  const keysId = useId();
  const { documents, status, error, hasMore } = pages;
  const isRemembered = status === "remembered";

  const take = (action: RowAction, document: ListedDocument) => {
    if (action === "rename" || action === "purge") {
      setAsked({ action, document });
      return;
    }
    const isGone =
      action === "trash" ||
      action === "leave" ||
      action === "restore" ||
      (action === "star" && question.view === "starred");
    if (isGone) focus.passOn(document.id);
    actions[action](document);
  };
  const focus = useRowFocus((key) => {
    const document = documents[key.index];
    if (document === undefined || isRemembered) return;
    const isTrashed = document.deletedAt !== null;
    if (key.do === "remove") take(isTrashed ? "purge" : document.isOwner ? "trash" : "leave", document);
    else if (!isTrashed && (key.do === "star" || document.role === "edit")) take(key.do, document);
  }, onLeave);
  useImperativeHandle(handle, () => ({ focusFirst: () => focus.focusRow(0) }), [focus.focusRow]);

  const end = useRef<HTMLDivElement>(null);
  const { loadMore, isLoadingMore } = pages;
  const canLoad = hasMore && !isLoadingMore && error === null;
  const load = useRef(loadMore);
  load.current = loadMore;
  useEffect(() => {
    const element = end.current;
    if (element === null || !canLoad) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && load.current(), {
      rootMargin: "600px",
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [canLoad]);

  const found = question.query === "" || pages.isLate || status === "loading" ? null : documents.length;
  useEffect(() => {
    if (found !== null && found > 0) announce(homeText.results(found, hasMore));
  }, [found, hasMore]);

  if (status === "loading") return <ListSkeleton />;
  const isPlain = question.query === "" && question.view === "recent";
  return (
    <>
      {error !== null && documents.length > 0 ? (
        <Failure
          text={
            !isRemembered
              ? messageOf(error)
              : question.query === ""
                ? homeText.listPartial
                : homeText.searchPartial
          }
          onRetry={pages.retry}
        />
      ) : null}
      {question.view === "trash" && documents.length > 0 ? (
        <p className="mb-2 px-3 text-sm text-faint">{homeText.trashHint}</p>
      ) : null}
      {documents.length === 0 ? (
        <EmptyList question={question} isRemembered={isRemembered}>
          {error === null ? null : (
            <button type="button" className="button mt-4" onClick={pages.retry}>
              {appText.tryAgain}
            </button>
          )}
          {isPlain && error === null ? beginnings : null}
        </EmptyList>
      ) : (
        <ul
          ref={focus.list}
          className={`flex flex-col ${pages.isLate ? "opacity-60" : ""}`}
          aria-label={homeText.list}
          aria-describedby={keysId}
          aria-busy={pages.isLate}
          data-testid="document-list"
          onKeyDown={focus.onKeyDown}
        >
          {documents.map((document) => (
            <DocumentRow
              key={document.id}
              document={document}
              facts={rowFacts(document, question, myId, now)}
              isRemembered={isRemembered}
              onAction={take}
            />
          ))}
        </ul>
      )}
      <p id={keysId} className="sr-only">
        {homeText.keysHint}
      </p>
      <div ref={end}>
        {isLoadingMore ? (
          <p className="flex items-center gap-2 px-3 py-3 text-sm text-faint" role="status">
            <LoaderCircle size={16} className="animate-spin" aria-hidden="true" />
            {homeText.loadingMore}
          </p>
        ) : hasMore ? (
          <button type="button" className="button mx-3 my-3" onClick={loadMore}>
            {homeText.more}
          </button>
        ) : null}
      </div>
      <Suspense>
        {asked === null ? null : (
          <RowDialogs
            {...asked}
            actions={actions}
            onPurge={(document) =>
              afterClosing(() => {
                focus.passOn(document.id);
                actions.purge(document);
              })
            }
            onClose={() => setAsked(null)}
          />
        )}
      </Suspense>
    </>
  );
}

/** A dialog gives the focus back in a turn of its own, after the one in which it closes. */
function afterClosing(act: () => void): void {
  setTimeout(() => setTimeout(act));
}

function Failure({ text, onRetry }: { readonly text: string; readonly onRetry: () => void }) {
  return (
    <div role="alert" className="mb-4 flex items-center gap-3 rounded-lg bg-warn-soft px-4 py-3 text-warn">
      <p className="flex-1">{text}</p>
      <button type="button" className="button" onClick={onRetry}>
        {appText.tryAgain}
      </button>
    </div>
  );
}

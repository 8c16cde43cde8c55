import type { Node, ResolvedPos } from "@tiptap/pm/model";
import type { RefObject } from "react";
import { TextSkeleton } from "../../app/PageSkeleton.tsx";
import { BlockHandle } from "./BlockHandle.tsx";
import { PassageCard } from "./PassageCard.tsx";
import type { PastText } from "./PastText.ts";
import { PastTitle } from "./PastTitle.tsx";
import { Refused } from "./Refused.tsx";
import { SelectionBubble } from "./SelectionBubble.tsx";
import { pastText } from "./text.ts";
import type { Marks } from "./useMarks.ts";
import type { Page } from "./usePages.ts";

type Props = {
  readonly main: RefObject<HTMLElement | null>;
  readonly place: RefObject<HTMLDivElement | null>;
  readonly text: PastText | null;
  readonly page: Page | null;
  readonly doc: Node | null;
  readonly failure: unknown;
  /** Null where asking again would not help. */
  readonly onRetry: (() => void) | null;
  readonly marks: Marks;
  /** Parts of what is shown can be brought back. */
  readonly restorable: boolean;
  readonly onNow: () => void;
  readonly onRestoreBlocks: (first: number, last: number) => void;
  readonly onRestoreSelection: ($from: ResolvedPos, $to: ResolvedPos) => void;
  /** Null where nothing may be put back. */
  readonly onPutBack: ((n: number) => void) | null;
};

function isBlank(doc: Node | null): boolean {
  return (
    doc !== null && doc.childCount === 1 && doc.firstChild?.isTextblock === true && doc.content.size === 2
  );
}

export function PastPage(props: Props) {
  const { main, place, text, page, doc, failure, marks, restorable, onPutBack } = props;
  const refused = failure !== null;
  const empty = isBlank(doc) && !refused;
  const { card } = marks;
  return (
    <main
      ref={main}
      className="past-page page-column"
      data-testid="preview"
      data-mode={page?.mode}
      data-seq={page === null ? "" : page.mode === "compare" ? page.answer.to.seq : page.answer.seq}
    >
      {refused ? <Refused error={failure} onRetry={props.onRetry} onNow={props.onNow} /> : null}
      {page === null && !refused ? (
        <div role="status" aria-label={pastText.loading}>
          <div className="skeleton mb-8 h-9 w-3/5" />
          <TextSkeleton />
        </div>
      ) : null}
      {page === null || refused ? null : <PastTitle page={page} />}
      {empty ? <p className="text-faint italic">{pastText.empty}</p> : null}
      <div ref={place} hidden={doc === null || refused || empty} data-testid="preview-body" />
      {text !== null && restorable && !refused ? (
        <>
          <BlockHandle text={text} page={main} shown={page?.key ?? ""} onRestore={props.onRestoreBlocks} />
          <SelectionBubble
            text={text}
            page={main}
            shown={page?.key ?? ""}
            onRestore={props.onRestoreSelection}
          />
        </>
      ) : null}
      {card === null ? null : (
        <PassageCard
          {...card}
          onPutBack={card.deletes && onPutBack !== null ? () => onPutBack(card.n) : null}
          onEnter={marks.keep}
          onLeave={marks.leave}
        />
      )}
    </main>
  );
}

import type { Provider } from "@palimpsest/provider";
import { useEffect, useLayoutEffect, useRef, useState } from "react";
import { toast } from "../../app/toast.ts";
import "../../editor/styles/content.css";
import { announce } from "../../app/announce.ts";
import { copyText } from "../../app/copyText.ts";
import { nowMoment } from "../entries.ts";
import { RestoreDialog } from "../keeping/RestoreDialog.tsx";
import type { Look } from "../look.ts";
import { AuthorsRow } from "./AuthorsRow.tsx";
import { searchOf } from "./address.ts";
import { CompareRow, type Side } from "./CompareRow.tsx";
import { PastBar } from "./PastBar.tsx";
import { PastPage } from "./PastPage.tsx";
import { PastStrip } from "./PastStrip.tsx";
import "./past.css";
import { lookSaid, momentSaid, nameOf, namesSaid, sidesSaid } from "./sayings.ts";
import { TimeSlider } from "./TimeSlider.tsx";
import { pastText } from "./text.ts";
import { useDrawn, usePastText } from "./useDrawn.ts";
import type { Looking } from "./useLook.ts";
import { useMarks } from "./useMarks.ts";
import { usePages } from "./usePages.ts";
import { useQuestions } from "./useQuestions.ts";
import { useTravel } from "./useTravel.ts";

type Props = {
  readonly documentId: string;
  readonly provider: Provider;
  readonly looking: Looking;
  /** Which end of a comparison the slider and the list choose. */
  readonly side: Side;
  readonly canEdit: boolean;
  readonly panelOpen: boolean;
  /** How far the living text was scrolled: the past opens at the same place. */
  readonly scrolled: number;
  readonly onLook: (look: Look | null) => void;
  readonly onSide: (side: Side) => void;
  readonly onNameVersion: (seq: number) => void;
  readonly onList: () => void;
};

/** What is to be loaded for a look: nothing while a comparison has but one end, the later moment alone when its changes are hidden. */
function pageFor(look: Look | null, changesShown: boolean): Look | null {
  if (look?.mode !== "compare") return look;
  if (look.from === null) return null;
  return changesShown ? look : { ...look, mode: "text" };
}

function useAnnouncedLook(look: Look | null): void {
  const inPast = look !== null;
  const entered = useRef(look);
  entered.current = look;
  useEffect(() => {
    const moment = entered.current?.moment;
    if (!inPast || moment === undefined) return;
    announce(pastText.shown(nameOf(moment, Date.now())));
    return () => announce(pastText.left);
  }, [inPast]);
}

/** The past: its text, the bar to travel with, and what can be brought back from it. */
export default function Past(props: Props) {
  const { documentId, provider, looking, side, canEdit, panelOpen, scrolled, onLook, onSide } = props;
  const look = looking.kind === "look" ? looking.look : null;
  const [changesShown, setChangesShown] = useState(true);
  const main = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const text = usePastText(place, documentId, looking.kind !== "now");
  const pages = usePages(documentId, pageFor(look, changesShown));
  const drawn = useDrawn(text, pages.page);
  const marks = useMarks(text, main, drawn, pages.page);
  const travel = useTravel({ documentId, provider, look, side, pages, onLook, onSide });
  const questions = useQuestions(documentId);
  useAnnouncedLook(look);

  const isDrawn = drawn !== null;
  useLayoutEffect(() => {
    if (isDrawn) window.scrollTo({ top: scrolled, behavior: "instant" });
  }, [isDrawn, scrolled]);

  const now = Date.now();
  const { page } = pages;
  const { timeline, chosen, seq, playing, toNow } = travel;
  const exact = page !== null && page.mode !== "compare" && page.answer.seq === seq ? page.answer : null;
  const said = chosen === null ? pastText.now : momentSaid(exact?.at ?? chosen.at, now);
  const author = exact !== null && "author" in exact ? exact.author : null;
  const by = chosen === null ? "" : (author?.name ?? namesSaid(chosen.by));
  const edit = pastText.edit(seq, timeline.head);
  const failure = looking.kind === "refused" ? looking.error : pages.error;
  const compared = page?.mode === "compare" ? page.answer : null;
  const putBack =
    canEdit && compared !== null
      ? (n: number) => questions.change(compared.from.seq, compared.to.seq, n)
      : null;
  const { deletion } = marks;

  const toMode = (mode: Look["mode"]) => {
    setChangesShown(true);
    travel.toMode(mode);
  };
  const copyLink = async () => {
    if (look === null) return;
    const copied = await copyText(`${window.location.origin}/d/${documentId}${searchOf(look)}`);
    if (copied) toast.success(pastText.linkCopied);
    else toast.error(pastText.copyFailed);
  };

  return (
    <>
      {look === null ? null : (
        <PastStrip
          said={lookSaid(look, said, by, now)}
          canEdit={canEdit}
          canRestore={look.moment.seq < timeline.head && failure === null}
          onRestore={() => questions.whole(look.moment.seq, nameOf(look.moment, now))}
          onNameVersion={() => props.onNameVersion(look.moment.seq)}
          onList={props.onList}
          onNow={toNow}
        />
      )}
      {looking.kind === "now" ? null : (
        <PastPage
          main={main}
          place={place}
          text={text}
          page={page}
          doc={drawn?.doc ?? null}
          failure={failure}
          onRetry={looking.kind === "look" ? pages.retry : null}
          marks={marks}
          restorable={canEdit && !playing && exact !== null && page?.mode === "text"}
          onNow={toNow}
          onRestoreBlocks={(first, last) => void questions.blocks(seq, said, first, last)}
          onRestoreSelection={($from, $to) => void questions.selection(seq, said, $from, $to)}
          onPutBack={putBack}
        />
      )}
      {look === null && !panelOpen ? null : (
        <PastBar
          mode={look?.mode ?? null}
          moment={said}
          by={by}
          edit={edit}
          playing={playing}
          canPlay={timeline.head > timeline.floor}
          speed={travel.speed}
          onPlay={travel.togglePlay}
          onSpeed={travel.setSpeed}
          onMode={toMode}
          onCopyLink={() => void copyLink()}
          onNow={toNow}
          slider={
            <TimeSlider
              timeline={timeline}
              seq={seq}
              valueText={pastText.valueText(said, by, edit)}
              other={
                look?.mode === "compare" ? ((side === "from" ? look.moment : look.from)?.seq ?? null) : null
              }
              onSeek={travel.seek}
              onGrab={travel.grab}
              onRelease={travel.release}
              onPlay={travel.togglePlay}
            />
          }
        >
          {look?.mode === "compare" && look.from !== null ? (
            <CompareRow
              comparison={compared}
              marks={marks}
              shown={changesShown}
              side={side}
              {...sidesSaid(look.from, look.moment, now)}
              isToNow={look.moment.seq >= timeline.head}
              onPutBack={putBack === null || deletion === null ? null : () => putBack(deletion)}
              onShown={setChangesShown}
              onSide={onSide}
              onSwap={() => onLook({ ...look, moment: look.from ?? look.moment, from: look.moment })}
              onCompareNow={() => onLook({ ...look, moment: nowMoment(timeline.head, Date.now()) })}
            />
          ) : null}
          {drawn?.mode === "authors" && page?.mode === "authors" ? (
            <AuthorsRow people={page.answer.people} shares={drawn.shares} marks={marks} />
          ) : null}
        </PastBar>
      )}
      {questions.question === null ? null : (
        <RestoreDialog
          documentId={documentId}
          {...questions.question}
          onClose={questions.close}
          onDone={() => {
            if (questions.question?.leaves) toNow();
          }}
        />
      )}
    </>
  );
}

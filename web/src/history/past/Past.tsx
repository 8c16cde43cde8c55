import type { Provider } from "@palimpsest/provider";
import type { ResolvedPos } from "@tiptap/pm/model";
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { toast } from "sonner";
import "../../editor/content.css";
import { announce } from "../../app/announce.ts";
import { messageOf } from "../../app/api.ts";
import { copyText } from "../../app/copyText.ts";
import { TextSkeleton } from "../../app/PageSkeleton.tsx";
import { type Moment, nowMoment } from "../entries.ts";
import { RestoreDialog } from "../keeping/RestoreDialog.tsx";
import type { RestoreRequest } from "../keeping/restoring.ts";
import { keepingText } from "../keeping/text.ts";
import type { Look } from "../look.ts";
import { searchOf } from "./address.ts";
import { fetchIds } from "./answers.ts";
import type { Passage } from "./authoredText.ts";
import { BlockHandle } from "./BlockHandle.tsx";
import { CompareRow, type Side } from "./CompareRow.tsx";
import type { ShownChange } from "./comparedText.ts";
import { Shares } from "./Legend.tsx";
import { PassageCard } from "./PassageCard.tsx";
import { PastBar } from "./PastBar.tsx";
import { PastStrip } from "./PastStrip.tsx";
import { PastTitle } from "./PastTitle.tsx";
import "./past.css";
import type { Speed } from "./pacing.ts";
import { blockIds, placeOf } from "./places.ts";
import { Refused } from "./Refused.tsx";
import { SelectionBubble } from "./SelectionBubble.tsx";
import { Steps } from "./Steps.tsx";
import { changeSaid, momentSaid, nameOf, namesSaid, passageSaid, restoredSaid } from "./sayings.ts";
import { TimeSlider } from "./TimeSlider.tsx";
import { pastText } from "./text.ts";
import { momentAt, momentBefore, type Timeline } from "./timeline.ts";
import { useDrawn, usePastText } from "./useDrawn.ts";
import type { Looking } from "./useLook.ts";
import { usePages } from "./usePages.ts";
import { usePassages } from "./usePassages.ts";
import { usePlayback } from "./usePlayback.ts";
import { useTimeline } from "./useTimeline.ts";

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

type Question = {
  readonly request: RestoreRequest;
  readonly heading: string;
  /** What is said when it is done. */
  readonly said?: string;
  readonly leaves: boolean;
};

/** What is shown while the answer says nothing: the ends that the timeline does not know yet. */
function spanning(timeline: Timeline | undefined, seq: number): Timeline {
  if (timeline === undefined)
    return { floor: 0, head: Math.max(1, seq), people: [], sessions: [], versions: [] };
  return seq > timeline.head ? { ...timeline, head: seq } : timeline;
}

function isBlank(doc: { readonly childCount: number; readonly textContent: string } | undefined): boolean {
  return doc !== undefined && doc.childCount <= 1 && doc.textContent === "";
}

export default function Past(props: Props) {
  const { documentId, provider, looking, side, canEdit, panelOpen, scrolled, onLook, onSide } = props;
  const look = looking.kind === "look" ? looking.look : null;
  const [held, setHeld] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(4);
  const [changesShown, setChangesShown] = useState(true);
  const [question, setQuestion] = useState<Question | null>(null);
  const { data: known } = useTimeline(documentId, provider, held || playing);
  const now = Date.now();

  const page = useRef<HTMLElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const { text, selections } = usePastText(place, looking.kind !== "now");
  const plain = look?.mode === "compare" && !changesShown;
  const pages = usePages(
    documentId,
    look === null || (look.mode === "compare" && look.from === null)
      ? null
      : plain
        ? { ...look, mode: "text" }
        : look,
  );
  const drawn = useDrawn(text, pages.page);

  const timeline = spanning(known, look?.moment.seq ?? 0);
  const chosen: Moment | null =
    look === null ? null : look.mode === "compare" && side === "from" ? look.from : look.moment;
  const seq = chosen?.seq ?? timeline.head;

  useEffect(() => {
    if (look?.mode === "compare" && look.from === null && known !== undefined)
      onLook({ ...look, from: momentBefore(look.moment.seq, known) });
  }, [look, known, onLook]);
  useEffect(() => {
    if (look === null) setPlaying(false);
  }, [look]);

  const looksBack = look !== null;
  const entered = useRef(look);
  entered.current = look;
  useEffect(() => {
    if (!looksBack) return;
    const moment = entered.current?.moment;
    if (moment !== undefined) announce(pastText.shown(nameOf(moment, Date.now())));
    return () => announce(pastText.left);
  }, [looksBack]);

  const isDrawn = drawn !== null;
  useLayoutEffect(() => {
    if (isDrawn) window.scrollTo({ top: scrolled, behavior: "instant" });
  }, [isDrawn, scrolled]);

  const seek = useCallback(
    (next: number) => {
      const moment = momentAt(next, timeline);
      if (look === null) onLook({ mode: "text", moment, from: null });
      else if (look.mode === "compare" && side === "from") onLook({ ...look, from: moment });
      else onLook({ ...look, moment });
    },
    [look, side, timeline, onLook],
  );
  const seekByHand = (next: number) => {
    setPlaying(false);
    seek(next);
  };

  usePlayback(playing, {
    pages,
    speed,
    start: () => ({ seq, at: chosen?.at ?? null }),
    end: timeline.head,
    onMoment: seek,
    onEnd: (error) => {
      setPlaying(false);
      if (error === null) announce(pastText.played);
      else toast.error(pastText.failed, { description: messageOf(error) });
    },
  });
  const togglePlay = () => {
    if (playing) {
      setPlaying(false);
      announce(pastText.paused(said));
      return;
    }
    const from = seq >= timeline.head ? timeline.floor : seq;
    onLook({ mode: "text", moment: momentAt(from, timeline), from: null });
    announce(pastText.playing(speed));
    setPlaying(true);
  };

  const toMode = (mode: Look["mode"]) => {
    setPlaying(false);
    setChangesShown(true);
    onSide("to");
    const moment = look?.moment ?? nowMoment(timeline.head, Date.now());
    onLook({ mode, moment, from: mode === "compare" ? (look?.from ?? null) : null });
  };
  const toNow = useCallback(() => {
    setPlaying(false);
    onLook(null);
  }, [onLook]);
  const copyLink = async () => {
    if (look === null) return;
    const copied = await copyText(`${window.location.origin}/d/${documentId}${searchOf(look)}`);
    if (copied) toast.success(pastText.linkCopied);
    else toast.error(pastText.copyFailed);
  };

  const frame = pages.page?.mode === "text" && pages.page.answer.seq === seq ? pages.page.answer : null;
  const said = chosen === null ? pastText.now : momentSaid(frame?.at ?? chosen.at, now);
  const by = chosen === null ? "" : frame?.author?.name || namesSaid(chosen.by);
  const edit = pastText.edit(seq, timeline.head);

  const restoreWhole = () => {
    if (look === null) return;
    setPlaying(false);
    setQuestion({
      request: { to: look.moment.seq },
      heading: pastText.restoreTo(nameOf(look.moment, now)),
      said: keepingText.restoredTo(nameOf(look.moment, now)),
      leaves: true,
    });
  };
  const restorePart = async (
    heading: string,
    part: (ids: Awaited<ReturnType<typeof fetchIds>>) => RestoreRequest | null,
  ) => {
    if (frame === null) return;
    try {
      const request = part(await fetchIds(documentId, frame.seq));
      if (request === null) toast.error(pastText.partFailed);
      else setQuestion({ request, heading, leaves: false });
    } catch (error) {
      toast.error(pastText.partFailed, { description: messageOf(error) });
    }
  };
  const restoreBlocks = (first: number, last: number) =>
    void restorePart(pastText.restoreBlocksTo(last - first + 1, said), ({ seq: to, content }) => {
      const blocks = blockIds(content, first, last);
      return blocks === null ? null : { to, blocks };
    });
  const restoreSelection = ($from: ResolvedPos, $to: ResolvedPos) =>
    void restorePart(pastText.restoreSelectionTo(said), ({ seq: to, content }) => {
      const [start, end] = [placeOf($from, content), placeOf($to, content)];
      return start === null || end === null ? null : { to, selection: { from: start, to: end } };
    });

  const answer = pages.page?.answer;
  const people = answer !== undefined && "people" in answer ? answer.people : [];
  const marked: readonly (ShownChange | Passage)[] | null =
    drawn?.mode === "compare" ? drawn.changes : drawn?.mode === "authors" ? drawn.passages : null;
  const sayingOf = (each: ShownChange | Passage) =>
    "kind" in each ? changeSaid(each, people, now) : passageSaid(each, people, now);
  const passages = usePassages(text, page, drawn !== null && drawn.mode !== "text" ? drawn.pieces : null);

  const canPutBack = (n: number) =>
    canEdit &&
    drawn?.mode === "compare" &&
    look?.from != null &&
    drawn.changes.find((change) => change.n === n)?.deletes === true;
  const putBack = (n: number) => {
    if (pages.page?.mode !== "compare") return;
    const { from, to } = pages.page.answer;
    setQuestion({
      request: { from: from.seq, to: to.seq, change: n },
      heading: pastText.putBackTitle,
      leaves: false,
    });
  };

  const step = (direction: -1 | 1) => {
    if (marked === null || marked.length === 0) return;
    const index = marked.findIndex(({ n }) => n === passages.current);
    const start = direction > 0 ? 0 : marked.length - 1;
    const next = index < 0 ? start : (index + direction + marked.length) % marked.length;
    const to = marked[next];
    if (to === undefined) return;
    passages.goTo(to.n, to.from);
    const say = "kind" in to ? pastText.changeSaid : pastText.passageSaid;
    announce(say(next + 1, marked.length, sayingOf(to), to.excerpt));
  };

  const card = passages.card === null ? undefined : marked?.find(({ n }) => n === passages.card?.n);
  const lines =
    card === undefined
      ? []
      : "kind" in card
        ? card.differences
        : [restoredSaid(card, people, now)].filter((line) => line !== null);
  const currentIndex = marked?.findIndex(({ n }) => n === passages.current) ?? -1;
  const compared = pages.page?.mode === "compare" ? pages.page.answer : null;

  const failure = looking.kind === "refused" ? looking.error : pages.error;
  const strip =
    look === null
      ? ""
      : look.mode === "compare"
        ? pastText.lookingAtChanges(
            look.from === null ? pastText.beginning : nameOf(look.from, now),
            nameOf(look.moment, now),
          )
        : look.mode === "authors"
          ? pastText.lookingAtAuthors(nameOf(look.moment, now))
          : look.moment.name === null
            ? pastText.lookingAt(said, by)
            : pastText.lookingAtNamed(look.moment.name, said);

  return (
    <>
      {look === null ? null : (
        <PastStrip
          said={strip}
          canEdit={canEdit}
          canRestore={look.moment.seq < timeline.head && failure === null}
          onRestore={restoreWhole}
          onNameVersion={() => props.onNameVersion(look.moment.seq)}
          onList={props.onList}
          onNow={toNow}
        />
      )}
      {looking.kind === "now" ? null : (
        <main
          ref={page}
          className="past-page page-column"
          data-testid="preview"
          data-mode={pages.page?.mode}
          data-seq={answer === undefined ? "" : "seq" in answer ? answer.seq : answer.to.seq}
        >
          {failure === null ? null : (
            <Refused error={failure} onRetry={looking.kind === "look" ? pages.retry : null} onNow={toNow} />
          )}
          {pages.page === null && failure === null ? (
            <div role="status" aria-label={pastText.loading}>
              <div className="skeleton mb-8 h-9 w-3/5" />
              <TextSkeleton />
            </div>
          ) : null}
          {pages.page === null || failure !== null ? null : <PastTitle page={pages.page} />}
          {isBlank(drawn?.doc) && failure === null ? (
            <p className="text-faint italic">{pastText.empty}</p>
          ) : null}
          <div
            ref={place}
            hidden={drawn === null || failure !== null || isBlank(drawn.doc)}
            data-testid="preview-body"
          />
          {text !== null && drawn?.mode === "text" && canEdit && !playing && failure === null ? (
            <>
              <BlockHandle text={text} page={page} shown={pages.page?.key ?? ""} onRestore={restoreBlocks} />
              <SelectionBubble text={text} page={page} changes={selections} onRestore={restoreSelection} />
            </>
          ) : null}
          {card === undefined || passages.card === null ? null : (
            <PassageCard
              place={passages.card}
              color={card.by === null ? undefined : people[card.by]?.color}
              said={sayingOf(card)}
              lines={lines}
              moved={"kind" in card && card.kind.startsWith("moved")}
              onPutBack={canPutBack(card.n) ? () => putBack(card.n) : null}
              onEnter={passages.keep}
              onLeave={passages.leave}
            />
          )}
        </main>
      )}
      {look === null && !panelOpen ? null : (
        <PastBar
          mode={look?.mode ?? null}
          moment={said}
          by={by}
          edit={edit}
          playing={playing}
          canPlay={timeline.head > timeline.floor}
          speed={speed}
          onPlay={togglePlay}
          onSpeed={setSpeed}
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
              onSeek={seekByHand}
              onGrab={() => {
                setHeld(true);
                setPlaying(false);
              }}
              onRelease={(at) => {
                setHeld(false);
                if (at >= timeline.head && look?.mode !== "compare") toNow();
              }}
              onPlay={togglePlay}
            />
          }
        >
          {look?.mode === "compare" && look.from !== null ? (
            <CompareRow
              comparison={compared}
              count={marked?.length ?? compared?.summary.changes ?? 0}
              current={currentIndex < 0 ? null : currentIndex + 1}
              shown={changesShown}
              side={side}
              from={nameOf(look.from, now)}
              to={nameOf(look.moment, now)}
              isToNow={look.moment.seq >= timeline.head}
              onPutBack={
                passages.current !== null && canPutBack(passages.current)
                  ? () => putBack(passages.current as number)
                  : null
              }
              onStep={step}
              onShown={setChangesShown}
              onSide={onSide}
              onSwap={() => onLook({ ...look, moment: look.from ?? look.moment, from: look.moment })}
              onCompareNow={() => onLook({ ...look, moment: nowMoment(timeline.head, Date.now()) })}
            />
          ) : null}
          {drawn?.mode === "authors" ? (
            <div className="past-row" data-testid="authors-row">
              <div className="past-row-line">
                <Steps
                  said={
                    currentIndex < 0
                      ? pastText.passages(drawn.passages.length)
                      : pastText.passageOf(currentIndex + 1, drawn.passages.length)
                  }
                  next={pastText.nextPassage}
                  previous={pastText.previousPassage}
                  disabled={drawn.passages.length === 0}
                  onStep={step}
                />
                <Shares people={people} shares={drawn.shares} />
              </div>
            </div>
          ) : null}
        </PastBar>
      )}
      {question === null ? null : (
        <RestoreDialog
          documentId={documentId}
          request={question.request}
          heading={question.heading}
          said={question.said}
          onClose={() => setQuestion(null)}
          onDone={() => {
            if (question.leaves) toNow();
          }}
        />
      )}
    </>
  );
}

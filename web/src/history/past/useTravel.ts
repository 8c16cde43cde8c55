import type { Provider } from "@palimpsest/provider";
import { useCallback, useEffect, useRef, useState } from "react";
import { announce } from "../../app/announce.ts";
import { messageOf } from "../../app/api.ts";
import { toast } from "../../app/toast.ts";
import { type Moment, nowMoment } from "../entries.ts";
import type { Look } from "../look.ts";
import type { Side } from "./CompareRow.tsx";
import type { Speed } from "./pacing.ts";
import { pastText } from "./text.ts";
import { momentAt, momentBefore, type Timeline } from "./timeline.ts";
import type { Pages } from "./usePages.ts";
import { usePlayback } from "./usePlayback.ts";
import { useTimeline } from "./useTimeline.ts";

/** The ends of the slider, also before the timeline is there, and when an address names what it does not know yet. */
function spanning(timeline: Timeline | undefined, seq: number): Timeline {
  if (timeline === undefined)
    return { floor: 0, head: Math.max(1, seq), people: [], sessions: [], versions: [] };
  return seq > timeline.head ? { ...timeline, head: seq } : timeline;
}

type Options = {
  readonly documentId: string;
  readonly provider: Provider;
  readonly look: Look | null;
  readonly side: Side;
  readonly pages: Pages;
  readonly onLook: (look: Look | null) => void;
  readonly onSide: (side: Side) => void;
};

/** Moving through time: by hand, by playing, from one way of looking to another, and back to now. */
export function useTravel({ documentId, provider, look, side, pages, onLook, onSide }: Options) {
  const [held, setHeld] = useState(false);
  const [playing, setPlaying] = useState(false);
  const [speed, setSpeed] = useState<Speed>(4);
  const { data: known } = useTimeline(documentId, provider, held || playing);
  const timeline = spanning(known, look?.moment.seq ?? 0);
  const chosen: Moment | null =
    look?.mode === "compare" && side === "from" ? look.from : (look?.moment ?? null);
  const seq = chosen?.seq ?? timeline.head;

  useEffect(() => {
    if (look?.mode === "compare" && look.from === null && known !== undefined)
      onLook({ ...look, from: momentBefore(look.moment.seq, known) });
  }, [look, known, onLook]);

  const played = useRef(seq);
  useEffect(() => {
    // Something else was chosen meanwhile, in the list or by the browser's back button.
    if (look === null || look.mode !== "text" || seq !== played.current) setPlaying(false);
  }, [look, seq]);

  const seek = useCallback(
    (next: number) => {
      const moment = momentAt(next, timeline);
      if (look === null) onLook({ mode: "text", moment, from: null });
      else if (look.mode === "compare" && side === "from") onLook({ ...look, from: moment });
      else onLook({ ...look, moment });
    },
    [look, side, timeline, onLook],
  );

  usePlayback(playing, {
    pages,
    speed,
    start: () => ({ seq: played.current, at: chosen?.at ?? null }),
    end: timeline.head,
    onMoment: (next) => {
      played.current = next;
      seek(next);
    },
    onEnd: (error) => {
      setPlaying(false);
      if (error === null) announce(pastText.played);
      else toast.error(pastText.failed, { description: messageOf(error) });
    },
  });

  const togglePlay = () => {
    if (playing) {
      setPlaying(false);
      announce(pastText.paused);
      return;
    }
    const from = seq >= timeline.head ? timeline.floor : seq;
    played.current = from;
    onLook({ mode: "text", moment: momentAt(from, timeline), from: null });
    announce(pastText.playing(speed));
    setPlaying(true);
  };

  const toNow = useCallback(() => {
    setPlaying(false);
    onLook(null);
  }, [onLook]);

  return {
    timeline,
    chosen,
    seq,
    playing,
    speed,
    setSpeed,
    togglePlay,
    toNow,
    seek: (next: number) => {
      setPlaying(false);
      seek(next);
    },
    grab: () => {
      setHeld(true);
      setPlaying(false);
    },
    release: (at: number) => {
      setHeld(false);
      if (at >= timeline.head && look?.mode !== "compare") toNow();
    },
    toMode: (mode: Look["mode"]) => {
      setPlaying(false);
      onSide("to");
      const moment = look?.moment ?? nowMoment(timeline.head, Date.now());
      onLook({ mode, moment, from: mode === "compare" ? (look?.from ?? null) : null });
    },
  } as const;
}

export type Travel = ReturnType<typeof useTravel>;

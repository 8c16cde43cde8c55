import { useEffect, useRef } from "react";
import { type Instant, play, type Speed } from "./pacing.ts";
import type { Page, Pages } from "./usePages.ts";

const pictureMs = 50;
// Who asked the system for less motion gets the same story in one picture a second.
const calmPictureMs = 1_000;

type Playback = {
  readonly pages: Pages;
  readonly speed: Speed;
  readonly start: () => Instant;
  readonly end: number;
  readonly onMoment: (seq: number) => void;
  readonly onEnd: (error: unknown) => void;
};

const timeOf = (at: string | null) => (at === null ? null : Date.parse(at));

/** While `playing`, shows the edits one after the other from where the reader is. */
export function usePlayback(playing: boolean, playback: Playback): void {
  const latest = useRef(playback);
  latest.current = playback;
  const { speed } = playback;
  useEffect(() => {
    if (!playing) return;
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    const run = async () => {
      const { pages, start, end } = latest.current;
      try {
        const result = await play<Instant & { readonly page: Page | null }>({
          start: { ...start(), page: null },
          end,
          speed,
          pictureMs: calm ? calmPictureMs : pictureMs,
          ahead: speed > 1 ? 4 : 2,
          load: async (seq) => {
            const page = await pages.load(seq);
            return { seq, at: timeOf(page.answer.at), page };
          },
          show: ({ seq, page }) => {
            if (page !== null) pages.show(page);
            latest.current.onMoment(seq);
          },
          now: () => performance.now(),
          wait: (ms) =>
            new Promise((resolve) => {
              timer = setTimeout(resolve, ms);
            }),
          stopped: () => stopped,
        });
        if (result === "ended" && !stopped) latest.current.onEnd(null);
      } catch (error) {
        if (!stopped) latest.current.onEnd(error);
      }
    };
    void run();
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [playing, speed]);
}

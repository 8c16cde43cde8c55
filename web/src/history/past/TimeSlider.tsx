import { type KeyboardEvent, memo, type PointerEvent, useRef, useState } from "react";
import { safeColor } from "../../people/color.ts";
import { momentSaid, namesSaid } from "./sayings.ts";
import { pastText } from "./text.ts";
import {
  type Band,
  bandsOf,
  fractionOf,
  type Move,
  momentAt,
  moved,
  seqAt,
  type Timeline,
  type TimelinePerson,
  ticksOf,
} from "./timeline.ts";

const percent = (fraction: number) => `${(100 * fraction).toFixed(3)}%`;

const tickNear = (fraction: number, timeline: Timeline, reach: number) =>
  ticksOf(timeline).find(({ at }) => Math.abs(at - fraction) < reach);

function coloursOf({ authors }: Band, people: readonly TimelinePerson[]): string {
  const colours = authors
    .slice(0, 4)
    .map((index) => `color-mix(in srgb, ${safeColor(people[index]?.color)} var(--band), var(--ink))`);
  if (colours.length < 2) return colours[0] ?? "var(--line-strong)";
  const stops = colours.map((colour, index) => {
    const [from, to] = [index / colours.length, (index + 1) / colours.length];
    return `${colour} ${percent(from)} ${percent(to)}`;
  });
  return `linear-gradient(${stops.join(", ")})`;
}

/** Drawn again only when the history grew: not while the thumb moves. */
const Track = memo(function Track({ timeline }: { readonly timeline: Timeline }) {
  return (
    <>
      <span className="time-bands" aria-hidden="true">
        {bandsOf(timeline).map((band) => (
          <span
            key={band.left}
            className="time-band"
            data-testid="time-band"
            style={{
              left: percent(band.left),
              width: percent(band.width),
              background: coloursOf(band, timeline.people),
            }}
          />
        ))}
      </span>
      {ticksOf(timeline).map(({ at, seq, automatic }) => (
        <span
          key={seq}
          className="time-tick"
          data-testid="time-tick"
          data-automatic={automatic}
          aria-hidden="true"
          style={{ left: percent(at) }}
        />
      ))}
    </>
  );
});

// Of the slider's width, to both sides: about as far as a hand can aim.
const tickReach = 0.008;

/** What stands above the pointer: the version whose tick it is at, or about when this was. */
function hint(seq: number, fraction: number, timeline: Timeline): string {
  const tick = tickNear(fraction, timeline, tickReach);
  if (tick !== undefined) return pastText.versionsMore(tick.names[0] ?? "", tick.names.length - 1);
  const { at, by } = momentAt(seq, timeline);
  return [momentSaid(at, Date.now()), namesSaid(by)].filter(Boolean).join(" – ");
}

function moveOf(event: KeyboardEvent): readonly [Move, -1 | 1] | null {
  switch (event.key) {
    case "ArrowLeft":
    case "ArrowDown":
      return [event.shiftKey ? "session" : "edit", -1];
    case "ArrowRight":
    case "ArrowUp":
      return [event.shiftKey ? "session" : "edit", 1];
    case "PageDown":
      return ["session", -1];
    case "PageUp":
      return ["session", 1];
    case "Home":
      return ["all", -1];
    case "End":
      return ["all", 1];
    default:
      return null;
  }
}

type Props = {
  readonly timeline: Timeline;
  readonly seq: number;
  readonly valueText: string;
  /** The other end of a comparison. */
  readonly other: number | null;
  readonly onSeek: (seq: number) => void;
  readonly onGrab: () => void;
  /** The thumb was let go of at `seq`. */
  readonly onRelease: (seq: number) => void;
  readonly onPlay: () => void;
};

export function TimeSlider(props: Props) {
  const { timeline, seq, valueText, other, onSeek, onGrab, onRelease, onPlay } = props;
  const track = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<number | null>(null);
  const [held, setHeld] = useState<number | null>(null);
  const shown = held ?? seq;

  const fractionUnder = ({ clientX }: PointerEvent) => {
    const { left, width } = (track.current as HTMLDivElement).getBoundingClientRect();
    return Math.min(1, Math.max(0, (clientX - left) / width));
  };
  const seek = (event: PointerEvent, snap = false) => {
    const fraction = fractionUnder(event);
    const tick = snap ? tickNear(fraction, timeline, tickReach) : undefined;
    const next = tick?.seq ?? seqAt(fraction, timeline);
    setHeld(next);
    if (next !== shown) onSeek(next);
    return next;
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    onGrab();
    seek(event, true);
  };
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    setPointed(fractionUnder(event));
    if (held !== null) seek(event);
  };
  const onPointerUp = () => {
    if (held === null) return;
    setHeld(null);
    onRelease(held);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") {
      event.preventDefault();
      onPlay();
      return;
    }
    const move = moveOf(event);
    if (move === null) return;
    event.preventDefault();
    onSeek(moved(seq, move[0], move[1], timeline));
  };

  const at = fractionOf(shown, timeline);
  const between = other === null ? null : fractionOf(other, timeline);
  return (
    <div
      ref={track}
      className="time-slider"
      data-testid="time-track"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => setHeld(null)}
      onPointerLeave={() => setPointed(null)}
    >
      <Track timeline={timeline} />
      {between === null ? null : (
        <>
          <span
            className="time-between"
            style={{ left: percent(Math.min(at, between)), width: percent(Math.abs(at - between)) }}
          />
          <span className="time-other" style={{ left: percent(between) }} />
        </>
      )}
      {pointed === null ? null : (
        <span
          className="time-hint"
          data-testid="time-hint"
          aria-hidden="true"
          style={{ left: `clamp(5rem, ${percent(pointed)}, 100% - 5rem)` }}
        >
          {hint(seqAt(pointed, timeline), pointed, timeline)}
        </span>
      )}
      <span
        role="slider"
        tabIndex={0}
        className="time-thumb"
        data-testid="time-slider"
        aria-label={pastText.slider}
        aria-valuemin={timeline.floor}
        aria-valuemax={timeline.head}
        aria-valuenow={shown}
        aria-valuetext={valueText}
        style={{ left: percent(at) }}
        onKeyDown={onKeyDown}
      />
    </div>
  );
}

import { ChevronsRight, GitCompareArrows, Link2, Pause, PenLine, Play, Text } from "lucide-react";
import { type ReactNode, useLayoutEffect, useRef } from "react";
import { IconButton } from "../../app/IconButton.tsx";
import type { Look } from "../look.ts";
import { type Speed, speeds } from "./pacing.ts";
import { pastText } from "./text.ts";

const modes: readonly {
  readonly mode: Look["mode"];
  readonly label: string;
  readonly Icon: typeof Text;
}[] = [
  { mode: "text", label: pastText.text, Icon: Text },
  { mode: "compare", label: pastText.compare, Icon: GitCompareArrows },
  { mode: "authors", label: pastText.authors, Icon: PenLine },
];

/** `--past-bar` is how much of the page the bar lies over: what must not end up below it keeps away by as much. */
function useHeight() {
  const bar = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = bar.current;
    if (element === null) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      const covered = window.innerHeight - element.getBoundingClientRect().top;
      style.setProperty("--past-bar", `${Math.max(0, Math.round(covered))}px`);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.removeProperty("--past-bar");
    };
  }, []);
  return bar;
}

type Props = {
  readonly mode: Look["mode"] | null;
  readonly slider: ReactNode;
  /** What belongs to a comparison or to the authors, above the slider. */
  readonly children: ReactNode;
  readonly moment: string;
  readonly by: string;
  readonly edit: string;
  readonly playing: boolean;
  readonly canPlay: boolean;
  readonly speed: Speed;
  readonly onPlay: () => void;
  readonly onSpeed: (speed: Speed) => void;
  readonly onMode: (mode: Look["mode"]) => void;
  readonly onCopyLink: () => void;
  readonly onNow: () => void;
};

export function PastBar(props: Props) {
  const { mode, slider, children, moment, by, edit, playing, canPlay, speed } = props;
  const bar = useHeight();
  return (
    <section
      ref={bar}
      aria-label={pastText.bar}
      className="past-bar screen-only"
      data-testid="past-bar"
      data-mode={mode ?? "now"}
    >
      {children}
      <div className="past-bar-slider">{slider}</div>
      <div className="past-bar-controls">
        <IconButton
          label={playing ? pastText.pause : pastText.play}
          disabled={!canPlay}
          data-testid="play"
          onClick={props.onPlay}
        >
          {playing ? <Pause size={18} /> : <Play size={18} />}
        </IconButton>
        <select
          className="past-select"
          aria-label={pastText.speed}
          value={speed}
          disabled={!canPlay}
          onChange={(event) => props.onSpeed(Number(event.target.value) as Speed)}
        >
          {speeds.map((each) => (
            <option key={each} value={each}>
              {pastText.times(each)}
            </option>
          ))}
        </select>
        <p className="past-moment" data-testid="past-moment">
          <span className="font-medium text-ink">{moment}</span>
          {by === "" ? null : <span> – {by}</span>}
          <span className="past-edit"> · {edit}</span>
        </p>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would bring the look of a form */}
        <div role="group" aria-label={pastText.modes} className="past-modes">
          {modes.map(({ mode: each, label, Icon }) => (
            <button
              key={each}
              type="button"
              className="past-mode"
              aria-pressed={mode === each}
              aria-label={label}
              title={label}
              data-testid={`mode-${each}`}
              onClick={() => props.onMode(each)}
            >
              <Icon size={16} aria-hidden="true" />
              <span className="max-lg:hidden">{label}</span>
            </button>
          ))}
        </div>
        {mode === null ? null : (
          <IconButton label={pastText.copyLink} data-testid="copy-moment-link" onClick={props.onCopyLink}>
            <Link2 size={18} />
          </IconButton>
        )}
        <button
          type="button"
          className="past-now"
          aria-pressed={mode === null}
          title={pastText.toNowTitle}
          data-testid="to-now"
          onClick={props.onNow}
        >
          {pastText.now}
          <ChevronsRight size={15} aria-hidden="true" />
        </button>
      </div>
    </section>
  );
}

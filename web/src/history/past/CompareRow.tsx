import { ArrowLeftRight, ArrowRight, Undo2 } from "lucide-react";
import { IconButton } from "../../app/IconButton.tsx";
import type { Comparison } from "./answers.ts";
import { Contributions } from "./Legend.tsx";
import { Steps } from "./Steps.tsx";
import { pastText } from "./text.ts";
import type { Marks } from "./useMarks.ts";

export type Side = "from" | "to";

type Props = {
  readonly comparison: Comparison | null;
  readonly marks: Marks;
  readonly shown: boolean;
  readonly side: Side;
  readonly from: string;
  readonly to: string;
  readonly isToNow: boolean;
  /** Null where the current change deleted nothing, or nobody may put it back. */
  readonly onPutBack: (() => void) | null;
  readonly onShown: (shown: boolean) => void;
  readonly onSide: (side: Side) => void;
  readonly onSwap: () => void;
  readonly onCompareNow: () => void;
};

export function CompareRow(props: Props) {
  const { comparison, marks, shown, side, from, to } = props;
  const { count, position } = marks;
  const said =
    count === 0
      ? pastText.noChanges
      : position === null
        ? pastText.changes(count)
        : pastText.changeOf(position, count);
  return (
    <div className="past-row" data-testid="compare-row">
      <div className="past-row-line">
        <Steps
          said={comparison === null ? "" : said}
          next={pastText.nextChange}
          previous={pastText.previousChange}
          disabled={!shown || count === 0}
          onStep={marks.step}
        />
        {props.onPutBack === null ? null : (
          <button
            type="button"
            className="button past-small-button"
            data-testid="put-back"
            onClick={props.onPutBack}
          >
            <Undo2 size={15} aria-hidden="true" />
            {pastText.putBack}
          </button>
        )}
        <label className="past-check">
          <input
            type="checkbox"
            className="size-4 accent-(--accent)"
            checked={shown}
            onChange={(event) => props.onShown(event.target.checked)}
          />
          {pastText.showChanges}
        </label>
        <span className="past-sides">
          <button
            type="button"
            className="past-side"
            aria-pressed={side === "from"}
            title={pastText.chooseFrom(from)}
            data-testid="side-from"
            onClick={() => props.onSide("from")}
          >
            <span className="past-side-name">{pastText.from}</span> <span className="truncate">{from}</span>
          </button>
          <ArrowRight size={14} className="flex-none text-faint" aria-hidden="true" />
          <button
            type="button"
            className="past-side"
            aria-pressed={side === "to"}
            title={pastText.chooseTo(to)}
            data-testid="side-to"
            onClick={() => props.onSide("to")}
          >
            <span className="past-side-name">{pastText.to}</span> <span className="truncate">{to}</span>
          </button>
          <IconButton label={pastText.swap} data-testid="swap" onClick={props.onSwap}>
            <ArrowLeftRight size={16} />
          </IconButton>
          {props.isToNow ? null : (
            <button
              type="button"
              className="past-link"
              data-testid="compare-now"
              onClick={props.onCompareNow}
            >
              {pastText.compareNow}
            </button>
          )}
        </span>
      </div>
      {comparison === null ? null : <Contributions people={comparison.people} summary={comparison.summary} />}
    </div>
  );
}

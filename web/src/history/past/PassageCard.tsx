import { MoveVertical, Undo2 } from "lucide-react";
import { safeColor } from "../../people/color.ts";
import { pastText } from "./text.ts";

export type CardPlace = { readonly top: number; readonly left: number };

type Props = {
  readonly place: CardPlace;
  readonly color: string | undefined;
  readonly said: string;
  readonly lines: readonly string[];
  readonly moved: boolean;
  readonly onPutBack: (() => void) | null;
  readonly onEnter: () => void;
  readonly onLeave: () => void;
};

/** Says of the passage under the pointer, or of the one that was stepped to, who did what and when. */
export function PassageCard({ place, color, said, lines, moved, onPutBack, onEnter, onLeave }: Props) {
  return (
    <div
      className="past-card floating screen-only"
      data-testid="passage-card"
      style={place}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
    >
      <p className="flex items-baseline gap-2">
        <span className="presence-dot" style={{ backgroundColor: safeColor(color) }} />
        <span className="min-w-0 wrap-anywhere">
          {moved ? <MoveVertical size={14} className="mr-1 inline" aria-hidden="true" /> : null}
          {said}
        </span>
      </p>
      {lines.map((line) => (
        <p key={line} className="mt-1 pl-4 text-sm wrap-anywhere text-soft">
          {line}
        </p>
      ))}
      {onPutBack === null ? null : (
        <button
          type="button"
          className="button past-small-button mt-2 w-full"
          data-testid="card-put-back"
          onClick={onPutBack}
        >
          <Undo2 size={15} aria-hidden="true" />
          {pastText.putBack}
        </button>
      )}
    </div>
  );
}

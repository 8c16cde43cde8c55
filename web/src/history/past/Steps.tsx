import { ChevronDown, ChevronUp } from "lucide-react";
import { useEffect } from "react";
import { IconButton } from "../../app/IconButton.tsx";

type Props = {
  readonly said: string;
  readonly next: string;
  readonly previous: string;
  readonly disabled: boolean;
  readonly onStep: (direction: -1 | 1) => void;
};

function directionOf({ key, shiftKey }: KeyboardEvent): -1 | 1 | null {
  if (key === "F8") return shiftKey ? -1 : 1;
  if (key === "n") return 1;
  return key === "p" ? -1 : null;
}

/** Goes from one change or passage to the next, also by the keys n, p and F8. */
export function Steps({ said, next, previous, disabled, onStep }: Props) {
  useEffect(() => {
    if (disabled) return;
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented)
        return;
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input:not([type=checkbox]), textarea, select"))
        return;
      if (document.querySelector("[role=dialog], [role=alertdialog], [role=menu]") !== null) return;
      const direction = directionOf(event);
      if (direction === null) return;
      event.preventDefault();
      onStep(direction);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [disabled, onStep]);

  return (
    <span className="flex flex-none items-center">
      <IconButton label={previous} shortcut="P" disabled={disabled} onClick={() => onStep(-1)}>
        <ChevronUp size={18} />
      </IconButton>
      <IconButton label={next} shortcut="N" disabled={disabled} onClick={() => onStep(1)}>
        <ChevronDown size={18} />
      </IconButton>
      <span className="ml-1 text-sm tabular-nums whitespace-nowrap" data-testid="step-count">
        {said}
      </span>
    </span>
  );
}

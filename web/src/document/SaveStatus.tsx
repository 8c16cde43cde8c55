import type { ProviderState } from "@palimpsest/provider";
import { Check, CloudOff, Eye, HardDrive, LoaderCircle, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { type SaveKind, type SaveView, saveView } from "./saveView.ts";

const icons: Record<SaveKind, ReactNode> = {
  opening: <LoaderCircle size={15} className="animate-spin" />,
  saved: <Check size={15} />,
  saving: <LoaderCircle size={15} className="animate-spin" />,
  catchingUp: <LoaderCircle size={15} className="animate-spin" />,
  readOnly: <Eye size={15} />,
  connecting: <LoaderCircle size={15} className="animate-spin" />,
  offline: <CloudOff size={15} />,
  kept: <HardDrive size={15} />,
  refused: <TriangleAlert size={15} />,
};

const steadyMs = 600;

/** While somebody types, "Saved" would blink between two keys: it is shown once it has been true for a moment. */
function useSteady(view: SaveView): SaveView {
  const [shown, setShown] = useState(view);
  const { kind, saved, short, long } = view;
  useEffect(() => {
    const next = { kind, saved, short, long };
    if (kind !== "saved") {
      setShown(next);
      return;
    }
    const timer = setTimeout(() => setShown(next), steadyMs);
    return () => clearTimeout(timer);
  }, [kind, saved, short, long]);
  return view.kind === "saved" && shown.kind === "saving" ? shown : view;
}

export function SaveStatus({ state }: { readonly state: ProviderState }) {
  const exact = saveView(state);
  const shown = useSteady(exact);
  const tone =
    shown.kind === "refused"
      ? "text-danger"
      : shown.kind === "offline" || shown.kind === "kept"
        ? "text-warn"
        : "text-faint";
  return (
    <span
      className={`flex items-center gap-1.5 text-sm whitespace-nowrap ${tone}`}
      title={shown.long}
      data-testid="save-status"
      data-saved={exact.saved}
      data-kind={exact.kind}
      data-status={state.status}
      data-synced={state.synced}
      data-copy={state.copy}
      data-seq={state.seq ?? ""}
    >
      <span aria-hidden="true">{icons[shown.kind]}</span>
      <span className={shown.kind === "saved" || shown.kind === "saving" ? "max-sm:sr-only" : ""}>
        {shown.short}
      </span>
      <span className="sr-only">{`. ${shown.long}`}</span>
    </span>
  );
}

import { LifeBuoy } from "lucide-react";
import { useId, useState } from "react";
import { ConfirmDialog } from "../../app/ConfirmDialog.tsx";
import { useNow } from "../../app/useNow.ts";
import { safeColor } from "../../people/color.ts";
import { agoText, clockTime } from "../days.ts";
import { type Rescue, useDismissRescue, usePutBack, useRescues } from "./rescues.ts";
import { keepingText } from "./text.ts";

type ItemProps = {
  readonly rescue: Rescue;
  readonly now: number;
  readonly canEdit: boolean;
  readonly busy: boolean;
  readonly onPutBack: () => void;
  readonly onDismiss: () => void;
};

function RescueItem({ rescue, now, canEdit, busy, onPutBack, onDismiss }: ItemProps) {
  const at = Date.parse(rescue.at);
  return (
    <li className="flex flex-col gap-1.5 border-t border-line py-2.5" data-testid="rescue">
      <p className="flex items-center gap-1.5 text-sm text-soft">
        <span className="presence-dot" style={{ backgroundColor: safeColor(rescue.author.color) }} />
        <span className="min-w-0 truncate font-medium text-ink">{rescue.author.name}</span>
        <time className="flex-none text-xs text-faint" dateTime={rescue.at}>
          {clockTime(at)} · {agoText(at, now)}
        </time>
      </p>
      <blockquote className="max-h-32 overflow-y-auto font-serif text-md wrap-anywhere whitespace-pre-line">
        {rescue.text.trim() === "" ? keepingText.rescueNoText : rescue.text}
      </blockquote>
      {canEdit ? (
        <p className="flex gap-1.5">
          <button type="button" className="button min-h-8! px-2.5!" disabled={busy} onClick={onPutBack}>
            {keepingText.putBack}
          </button>
          <button
            type="button"
            className="button min-h-8! border-transparent! bg-transparent! px-2.5! text-soft!"
            disabled={busy}
            onClick={onDismiss}
          >
            {keepingText.dismiss}
          </button>
        </p>
      ) : null}
    </li>
  );
}

type Props = { readonly documentId: string; readonly canEdit: boolean };

/** What was kept aside and waits for somebody to decide; nothing where nothing waits. */
export function RescueList({ documentId, canEdit }: Props) {
  const { data: rescues = [] } = useRescues(documentId);
  const putBack = usePutBack(documentId);
  const dismiss = useDismissRescue(documentId);
  const [dismissing, setDismissing] = useState<Rescue | null>(null);
  const now = useNow();
  const headingId = useId();
  if (rescues.length === 0) return null;
  return (
    <section
      aria-labelledby={headingId}
      className="mx-1.5 mb-2 max-h-[45%] flex-none overflow-y-auto rounded-md bg-sunk px-2.5 pt-2"
      data-testid="rescues"
    >
      <h3 id={headingId} className="flex items-center gap-2 font-semibold">
        <LifeBuoy size={16} className="flex-none text-accent" aria-hidden="true" />
        {keepingText.rescuesTitle(rescues.length)}
      </h3>
      <p className="mt-0.5 mb-2 text-xs text-soft">{keepingText.rescuesHint}</p>
      <ul>
        {rescues.map((rescue) => (
          <RescueItem
            key={rescue.id}
            rescue={rescue}
            now={now}
            canEdit={canEdit}
            busy={putBack.isPending || dismiss.isPending}
            onPutBack={() => putBack.mutate(rescue)}
            onDismiss={() => setDismissing(rescue)}
          />
        ))}
      </ul>
      {dismissing === null ? null : (
        <ConfirmDialog
          title={keepingText.dismissTitle(dismissing.author.name)}
          hint={keepingText.dismissHint}
          action={keepingText.dismiss}
          onConfirm={() => dismiss.mutate(dismissing)}
          onClose={() => setDismissing(null)}
        />
      )}
    </section>
  );
}

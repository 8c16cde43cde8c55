import { useQuery } from "@tanstack/react-query";
import { AlertDialog } from "radix-ui";
import { request as ask, messageOf } from "../../app/api.ts";
import { appText } from "../../app/text.ts";
import { useReturnFocus } from "../../app/useReturnFocus.ts";
import type { Part } from "../entries.ts";
import { type Comparison, type Loss, lossOf } from "./loss.ts";
import {
  documentPath,
  kindOf,
  type Restored,
  type RestoreKind,
  type RestoreRequest,
  useRestoring,
} from "./restoring.ts";
import { keepingText } from "./text.ts";

const actions: Record<RestoreKind, string> = {
  whole: keepingText.restore,
  part: keepingText.putBack,
  change: keepingText.putBack,
  undo: keepingText.takeBack,
  person: keepingText.undoPerson,
};

async function weigh(documentId: string, to: number | string, signal: AbortSignal): Promise<Loss> {
  const { head } = await ask<{ head: number }>(documentPath(documentId, "/stats"), { signal });
  const path = documentPath(documentId, `/diff?from=${head}&to=${encodeURIComponent(to)}`);
  return lossOf(await ask<Comparison>(path, { signal }));
}

function Quotes({ passages }: { readonly passages: readonly string[] }) {
  return passages.map((passage) => (
    <q key={passage} className="mt-0.5 block font-serif font-normal wrap-anywhere text-soft">
      {passage}
    </q>
  ));
}

function Weighed({ loss }: { readonly loss: Loss }) {
  if (loss.kind === "same") return <p data-testid="restore-same">{keepingText.sameAlready}</p>;
  const { goes, by, comesBack, goesLike, comesLike, title } = loss;
  return (
    <>
      {goes === 0 && comesBack === 0 ? (
        title === null ? (
          <p>{keepingText.noTextChanges}</p>
        ) : null
      ) : (
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2" data-testid="restore-loss">
          <dt className="text-soft">{keepingText.goes}</dt>
          <dd className={goes > 0 ? "font-medium text-danger" : ""}>
            <span data-testid="restore-goes">
              {goes > 0
                ? keepingText.goesText(goes, by.length === 0 ? null : keepingText.names(by))
                : keepingText.nothingGoes}
            </span>
            <Quotes passages={goesLike} />
          </dd>
          <dt className="text-soft">{keepingText.comesBack}</dt>
          <dd className={comesBack > 0 ? "font-medium text-good" : ""}>
            <span data-testid="restore-comes">
              {comesBack > 0 ? keepingText.comesText(comesBack) : keepingText.nothingComes}
            </span>
            <Quotes passages={comesLike} />
          </dd>
        </dl>
      )}
      {title === null ? null : (
        <p className="mt-2 wrap-anywhere">
          {keepingText.titleChanges(title.before || appText.untitled, title.after || appText.untitled)}
        </p>
      )}
    </>
  );
}

function WholeHint({ documentId, to }: { readonly documentId: string; readonly to: number | string }) {
  const { data, error } = useQuery({
    queryKey: ["loss", documentId, to],
    queryFn: ({ signal }) => weigh(documentId, to, signal),
    staleTime: 0,
    gcTime: 0,
  });
  if (data !== undefined) return <Weighed loss={data} />;
  if (error !== null)
    return (
      <p role="alert">
        {keepingText.weighFailed}. {messageOf(error)} {keepingText.weighFailedHint}
      </p>
    );
  return (
    <div role="status" aria-label={keepingText.weighing} className="flex flex-col gap-2 py-1">
      <div className="skeleton h-3.5 w-4/5" />
      <div className="skeleton h-3.5 w-3/5" />
    </div>
  );
}

type Props = {
  readonly documentId: string;
  readonly request: RestoreRequest;
  /** The question that the dialog asks. */
  readonly heading: string;
  /** What is said when it is done; by default a sentence for this kind of restore. */
  readonly said?: string | undefined;
  /** Whose changes are undone and how much they are, where a person's are. */
  readonly part?: Part | undefined;
  readonly onClose: () => void;
  readonly onDone: (restored: Restored) => void;
};

/** Says what a restore will do before it is done. It is mounted while it is open. */
export function RestoreDialog({ documentId, request, heading, said, part, onClose, onDone }: Props) {
  const returnFocus = useReturnFocus();
  const restore = useRestoring(documentId);
  const kind = kindOf(request);
  const confirm = () =>
    restore.mutate(
      { request, said },
      {
        onSuccess: (restored) => {
          onDone(restored);
          onClose();
        },
      },
    );
  return (
    <AlertDialog.Root open onOpenChange={(open) => !open && !restore.isPending && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className="scrim" />
        <AlertDialog.Content
          onCloseAutoFocus={returnFocus}
          className="dialog"
          data-testid="restore-dialog"
          data-restore={kind}
        >
          <AlertDialog.Title className="mb-3 text-lg font-semibold wrap-anywhere">
            {heading}
          </AlertDialog.Title>
          <AlertDialog.Description asChild>
            <div className="mb-5 flex flex-col gap-3">
              <div>
                {kind === "whole" && "to" in request ? (
                  <WholeHint documentId={documentId} to={request.to} />
                ) : null}
                {kind === "part" ? keepingText.partHint : null}
                {kind === "change" ? keepingText.changeHint : null}
                {kind === "undo" ? keepingText.undoHint : null}
                {kind === "person" && part !== undefined
                  ? keepingText.personHint(part.name, part.inserted, part.deleted)
                  : null}
              </div>
              <p className="text-sm text-soft">
                {keepingText.promiseKept} {keepingText.promiseTyping}
              </p>
            </div>
          </AlertDialog.Description>
          <div className="flex justify-end gap-2">
            <AlertDialog.Cancel className="button">{appText.cancel}</AlertDialog.Cancel>
            <button
              type="button"
              className="button button-accent"
              disabled={restore.isPending}
              data-testid="restore-confirm"
              onClick={confirm}
            >
              {restore.isPending ? keepingText.restoring : actions[kind]}
            </button>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

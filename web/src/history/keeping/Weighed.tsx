import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { request as ask, messageOf } from "../../app/api.ts";
import { appText } from "../../app/text.ts";
import { type Comparison, type Loss, lossOf } from "./loss.ts";
import { documentPath } from "./restoring.ts";
import { keepingText } from "./text.ts";

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

function Told({ loss }: { readonly loss: Loss }) {
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

/** What restoring to `to` would do to the present; idle where that is null. */
export function useWeighing(documentId: string, to: number | string | null): UseQueryResult<Loss> {
  return useQuery({
    queryKey: ["loss", documentId, to],
    queryFn: ({ signal }) => weigh(documentId, to ?? 0, signal),
    enabled: to !== null,
    staleTime: 0,
    gcTime: 0,
  });
}

/** Says what a restore would lose and gain, once that is known. */
export function Weighed({ weighing: { data, error } }: { readonly weighing: UseQueryResult<Loss> }) {
  if (data !== undefined) return <Told loss={data} />;
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

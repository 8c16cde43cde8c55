import type { ProviderState } from "@palimpsest/provider";
import { TextSkeleton } from "../app/PageSkeleton.tsx";
import { documentText } from "./text.ts";

type Props = { readonly progress: ProviderState["progress"]; readonly offline?: boolean };

/** Before the first sync: an editor on a document that is not there yet would show it empty, and let people write into it. */
export function Opening({ progress, offline = false }: Props) {
  const percent =
    progress === null || progress.total === 0 ? null : Math.round((100 * progress.received) / progress.total);
  return (
    <main className="page-column pt-10" data-testid="opening">
      <span className="sr-only" role="status">
        {documentText.opening}
      </span>
      {offline ? (
        <p className="mb-6 text-warn" role="status" data-testid="opening-offline">
          {documentText.openingOffline}
        </p>
      ) : null}
      <div className="skeleton mb-8 h-9 w-3/5" aria-hidden="true" />
      {percent === null ? null : (
        <div className="mb-6 text-sm text-faint">
          <progress
            className="mb-2 block h-1 w-full overflow-hidden rounded-full accent-(--accent)"
            max={100}
            value={percent}
            aria-label={documentText.opening}
          />
          {documentText.openingProgress(percent)}
        </div>
      )}
      <TextSkeleton />
    </main>
  );
}

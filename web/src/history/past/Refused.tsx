import { ApiError, messageOf } from "../../app/api.ts";
import { appText } from "../../app/text.ts";
import { pastText } from "./text.ts";

function sentences(error: unknown): string {
  const told = messageOf(error);
  const own = error instanceof ApiError ? pastText.refused[error.code] : undefined;
  return own === undefined ? told : `${own} ${told}`.trim();
}

type Props = {
  readonly error: unknown;
  readonly onRetry: (() => void) | null;
  readonly onNow: () => void;
};

/** Instead of a moment that cannot be shown: why not, and the way back. */
export function Refused({ error, onRetry, onNow }: Props) {
  return (
    <div role="alert" className="past-refused" data-testid="moment-refused">
      <h1 className="font-serif text-[1.75rem] leading-tight font-semibold text-balance">
        {pastText.refusedTitle}
      </h1>
      <p className="text-lg text-soft">{sentences(error)}</p>
      <p className="mt-3 flex flex-wrap gap-2">
        <button type="button" className="button button-accent" data-testid="refused-to-now" onClick={onNow}>
          {pastText.toNow}
        </button>
        {onRetry === null ? null : (
          <button type="button" className="button" onClick={onRetry}>
            {appText.tryAgain}
          </button>
        )}
      </p>
    </div>
  );
}

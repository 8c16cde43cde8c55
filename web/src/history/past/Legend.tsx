import { safeColor } from "../../people/color.ts";
import type { Comparison, Person } from "./answers.ts";
import type { Share } from "./authoredText.ts";
import { personSaid } from "./sayings.ts";
import { pastText } from "./text.ts";

function Name({ by, people }: { readonly by: number | null; readonly people: readonly Person[] }) {
  const colour = safeColor(by === null ? null : people[by]?.color);
  return (
    <>
      <span className="presence-dot" style={{ backgroundColor: colour }} />
      <span className="max-w-40 truncate">{personSaid(by, people)}</span>
    </>
  );
}

/** Who inserted and deleted how much between two moments. */
export function Contributions({ people, summary }: Pick<Comparison, "people" | "summary">) {
  return (
    <ul aria-label={pastText.contributions} className="past-legend" data-testid="contributions">
      {summary.people.map(({ person, inserted, deleted }) => (
        <li key={person ?? "nobody"}>
          <Name by={person} people={people} />
          {inserted > 0 ? (
            <span className="font-mono text-xs text-good">
              <span aria-hidden="true">+{pastText.number(inserted)}</span>
              <span className="sr-only">{pastText.inserted(inserted)}</span>
            </span>
          ) : null}
          {deleted > 0 ? (
            <span className="font-mono text-xs text-danger">
              <span aria-hidden="true">−{pastText.number(deleted)}</span>
              <span className="sr-only">{pastText.deleted(deleted)}</span>
            </span>
          ) : null}
        </li>
      ))}
    </ul>
  );
}

type SharesProps = { readonly people: readonly Person[]; readonly shares: readonly Share[] };

/** Whose how much of a text is. */
export function Shares({ people, shares }: SharesProps) {
  if (shares.length === 0) return <p className="text-sm text-soft">{pastText.nobodyWrote}</p>;
  return (
    <ul aria-label={pastText.shares} className="past-legend" data-testid="shares">
      {shares.map(({ by, part }) => (
        <li key={by ?? "nobody"} title={pastText.shareSaid(personSaid(by, people), part)}>
          <Name by={by} people={people} />
          <span className="text-faint tabular-nums">{pastText.share(part)}</span>
        </li>
      ))}
    </ul>
  );
}

import type { Person } from "./answers.ts";
import type { Share } from "./authoredText.ts";
import { Shares } from "./Legend.tsx";
import { Steps } from "./Steps.tsx";
import { pastText } from "./text.ts";
import type { Marks } from "./useMarks.ts";

type Props = {
  readonly people: readonly Person[];
  readonly shares: readonly Share[];
  readonly marks: Marks;
};

export function AuthorsRow({ people, shares, marks: { count, position, step } }: Props) {
  return (
    <div className="past-row" data-testid="authors-row">
      <div className="past-row-line">
        <Steps
          said={position === null ? pastText.passages(count) : pastText.passageOf(position, count)}
          next={pastText.nextPassage}
          previous={pastText.previousPassage}
          disabled={count === 0}
          onStep={step}
        />
        <Shares people={people} shares={shares} />
      </div>
    </div>
  );
}

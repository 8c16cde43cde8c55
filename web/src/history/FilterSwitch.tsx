import { historyText } from "./text.ts";
import type { HistoryFilter } from "./useHistory.ts";

const filters: readonly HistoryFilter[] = ["all", "named"];

type Props = { readonly filter: HistoryFilter; readonly onFilter: (filter: HistoryFilter) => void };

export function FilterSwitch({ filter, onFilter }: Props) {
  return (
    <fieldset className="flex rounded-md bg-sunk p-0.5 text-sm">
      <legend className="sr-only">{historyText.filter}</legend>
      {filters.map((each) => (
        <label
          key={each}
          className="flex flex-1 cursor-pointer items-center justify-center rounded-sm px-3 py-1 text-soft has-checked:bg-raised has-checked:font-medium has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="history-filter"
            className="sr-only"
            checked={filter === each}
            onChange={() => onFilter(each)}
          />
          {historyText[each]}
        </label>
      ))}
    </fieldset>
  );
}

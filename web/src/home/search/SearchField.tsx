import { Search, X } from "lucide-react";
import type { KeyboardEvent, Ref } from "react";
import { homeText } from "../text.ts";

type Props = {
  readonly field: Ref<HTMLInputElement>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Into the results. */
  readonly onDown: () => void;
};

export function SearchField({ field, value, onChange, onDown }: Props) {
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape" && value !== "") onChange("");
    else if (event.key === "ArrowDown" || event.key === "Enter") onDown();
    else return;
    event.preventDefault();
  };
  return (
    <search className="relative block">
      <Search
        size={18}
        className="pointer-events-none absolute top-1/2 left-3.5 -translate-y-1/2 text-faint"
        aria-hidden="true"
      />
      <input
        ref={field}
        type="search"
        className="field min-h-11! rounded-lg! pr-11! pl-10.5! text-lg! [&::-webkit-search-cancel-button]:hidden"
        aria-label={homeText.search}
        placeholder={homeText.search}
        title={homeText.searchHint}
        maxLength={200}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
      />
      {value === "" ? (
        <kbd className="pointer-events-none absolute top-1/2 right-3.5 -translate-y-1/2 rounded-[5px] border border-line px-1.5 text-sm text-faint pointer-coarse:hidden">
          /
        </kbd>
      ) : (
        <button
          type="button"
          className="icon-button absolute! top-1/2 right-1.5 -translate-y-1/2"
          aria-label={homeText.clearSearch}
          title={homeText.clearSearch}
          onClick={() => onChange("")}
        >
          <X size={17} />
        </button>
      )}
    </search>
  );
}

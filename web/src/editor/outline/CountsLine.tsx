import type { Editor } from "@tiptap/core";
import { readingMinutes } from "./countText.ts";
import { outlineText } from "./text.ts";
import { useTextCounts } from "./useTextCounts.ts";

/** Words, characters and reading time of the text, or of what is selected. */
export function CountsLine({ editor }: { readonly editor: Editor }) {
  const { all, chosen } = useTextCounts(editor);
  return (
    <div
      className="outline-counts"
      data-testid="counts"
      data-words={(chosen ?? all)?.words}
      data-characters={(chosen ?? all)?.characters}
    >
      {all === null ? (
        <p>{outlineText.counting}</p>
      ) : (
        <>
          <p className="font-medium text-ink">
            {chosen === null ? outlineText.words(all.words) : outlineText.wordsOf(chosen.words, all.words)}
          </p>
          <p>
            {chosen === null
              ? outlineText.characters(all.characters)
              : outlineText.charactersOf(chosen.characters, all.characters)}
          </p>
          <p>{outlineText.minutes(readingMinutes(chosen ?? all))}</p>
        </>
      )}
    </div>
  );
}

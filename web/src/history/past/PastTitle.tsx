import { appText } from "../../app/text.ts";
import { pastText } from "./text.ts";
import type { Page } from "./usePages.ts";

/** The title of the moment; in a comparison, the one that it replaced stands before it. */
export function PastTitle({ page }: { readonly page: Page }) {
  const { title } = page.answer;
  const { before, after } = typeof title === "string" ? { before: title, after: title } : title;
  return (
    <h1
      className={`mb-4 font-serif text-(length:--size-title) leading-[1.15] font-semibold tracking-[-0.012em] wrap-anywhere ${
        after.trim() ? "" : "text-faint"
      }`}
      data-testid="preview-title"
    >
      {before === after ? (
        after.trim() || appText.untitled
      ) : (
        <>
          <span className="sr-only">{pastText.titleWas} </span>
          <del className="past-title-before">{before.trim() || appText.untitled}</del>{" "}
          <ins className="past-title-after">{after.trim() || appText.untitled}</ins>
        </>
      )}
    </h1>
  );
}

import { MAX_LATEX } from "@palimpsest/schema";
import katex from "katex";
import "katex/dist/katex.min.css";
import { mathText } from "./text.ts";

/** What KaTeX says of its own position in the source means nothing to who reads it. */
function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^KaTeX parse error:\s*/, "").replace(/ at position \d+:.*$/s, "");
}

/**
 * Shows a formula in an element; what cannot be set is shown as its source.
 * @returns what is wrong with it, or null.
 */
export function setFormula(element: HTMLElement, latex: string, block: boolean): string | null {
  try {
    if (latex.length > MAX_LATEX) throw new RangeError(mathText.tooLong);
    // Of what others wrote: no links or pictures (trust), no macro that grows without end, nothing larger than the page.
    katex.render(latex, element, {
      displayMode: block,
      throwOnError: true,
      trust: false,
      strict: "ignore",
      maxSize: 20,
      maxExpand: 200,
      output: "htmlAndMathml",
    });
    return null;
  } catch (error) {
    element.textContent = latex;
    return error instanceof RangeError ? error.message : mathText.wrong(reason(error));
  }
}

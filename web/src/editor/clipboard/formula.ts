/** A formula in the page as LaTeX: KaTeX, MathJax and Wikipedia keep the source beside what they draw. */
export interface Formula {
  readonly latex: string;
  readonly alone: boolean;
}

const drawn = ".katex, .katex-display, .mwe-math-element, mjx-container, math, script[type^='math/tex']";

export function formulaOf(element: Element): Formula | null {
  if (!element.matches(drawn)) return null;
  const source = element.matches("script")
    ? element.textContent
    : (element.querySelector("annotation[encoding='application/x-tex']")?.textContent ??
      (element.matches("math") ? element : element.querySelector("math"))?.getAttribute("alttext") ??
      element.getAttribute("data-latex"));
  if (!source || source.trim() === "") return null;
  const alone =
    element.matches(
      ".katex-display, mjx-container[display=true], script[type*='mode=display'], math[display=block]",
    ) || element.querySelector("math[display=block]") !== null;
  const latex = source.trim().replace(/^\{\\displaystyle\s+([\s\S]*)\}$/, "$1");
  return { latex: latex.trim(), alone };
}

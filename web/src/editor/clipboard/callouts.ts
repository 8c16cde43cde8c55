import { calloutKind } from "@palimpsest/schema";

const signs: readonly (readonly [RegExp, string])[] = [
  [/\b(?:warning|panel-warning)\b/, "warning"],
  [/\b(?:caution|danger|error)\b/, "caution"],
  [/\bimportant\b/, "important"],
  [/\b(?:tip|success|hint)\b/, "tip"],
  [/\b(?:note|info|information)\b/, "note"],
];

/** The kind of a box that GitHub, Confluence and the generators of documentation set apart; null for other elements. */
export function calloutIn(element: Element): string | null {
  if (element.getAttribute("data-type") === "callout") return calloutKind(element.getAttribute("data-kind"));
  const panel = element.getAttribute("data-panel-type");
  const words = (panel ?? element.className).toLowerCase().replaceAll("_", "-");
  const isBox =
    panel !== null ||
    /\bmarkdown-alert\b|\bconfluence-information-macro\b|\badmonition\b|\btheme-admonition\b/.test(words);
  if (
    !isBox ||
    /-(?:title|body|icon|heading|content)\b/.test(words.replace(/markdown-alert-\w+ markdown/g, ""))
  )
    return null;
  return signs.find(([test]) => test.test(words.replaceAll("-", " ")))?.[1] ?? "note";
}

/** The line of a box that only says its kind. */
export function isCalloutTitle(element: Element): boolean {
  return /\bmarkdown-alert-title\b|\bconfluence-information-macro-icon\b|\badmonition-heading\b/.test(
    element.className,
  );
}

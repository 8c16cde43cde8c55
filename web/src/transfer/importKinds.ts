/** What a file's name or type says it holds. */
export type ImportKind = "markdown" | "text" | "html" | "docx";

const byEnding: readonly (readonly [RegExp, ImportKind])[] = [
  [/\.(?:md|markdown|mdown|mkd)$/i, "markdown"],
  [/\.(?:txt|text)$/i, "text"],
  [/\.(?:html?|xhtml)$/i, "html"],
  [/\.docx$/i, "docx"],
];

const byType: Readonly<Record<string, ImportKind>> = {
  "text/markdown": "markdown",
  "text/plain": "text",
  "text/html": "html",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
};

/** For the `accept` of a file input. */
export const importAccept =
  ".md,.markdown,.mdown,.txt,.html,.htm,.docx,text/markdown,text/plain,text/html,application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** The kind of a file that can be read as a document; null for others. */
export function importKind(name: string, type: string): ImportKind | null {
  return (
    byEnding.find(([ending]) => ending.test(name))?.[1] ?? byType[type.split(";")[0]?.trim() ?? ""] ?? null
  );
}

/** Atoms that stand in a line of text. The Yjs binding stores no marks on them: they look like the text around them. */
export const inlineAtoms: ReadonlySet<string> = new Set(["hardBreak", "inlineMath", "mention"]);

/** Nodes that stand in a line of text; where any of them stands there are no blocks. */
export const inlineTypes: ReadonlySet<string> = new Set(["text", ...inlineAtoms]);

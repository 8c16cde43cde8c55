/** What a line of a small picture of a document looks like; `width` in hundredths. */
export type Stroke = {
  readonly kind: "title" | "heading" | "text" | "item" | "task" | "quote" | "table";
  readonly width: number;
};

const mostStrokes = 9;

function kindOf(line: string): Stroke["kind"] {
  if (/^#/.test(line)) return "heading";
  if (/^[-*] \[[ x]\]/.test(line)) return "task";
  if (/^([-*]|\d+\.)(\s|$)/.test(line)) return "item";
  if (/^>/.test(line)) return "quote";
  return /^\|/.test(line) ? "table" : "text";
}

/** The first lines of a template, as strokes of about the length of what stands in them. */
export function outlineOf(title: string, markdown: string): readonly Stroke[] {
  const strokes: Stroke[] = title === "" ? [] : [{ kind: "title", width: 62 }];
  for (const raw of markdown.split("\n")) {
    const line = raw.trim();
    if (line === "" || line === "---" || /^\|[\s|-]+\|$/.test(line)) continue;
    const kind = kindOf(line);
    const letters = line.replace(/^[#>*\d.[\]\sx|-]+/, "").length;
    const width = kind === "table" ? 92 : Math.max(28, Math.min(94, Math.round(letters * 1.7)));
    strokes.push({ kind, width: kind === "heading" ? Math.min(width, 52) : width });
    if (strokes.length === mostStrokes) break;
  }
  return strokes;
}

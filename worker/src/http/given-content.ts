import { checkJSON, type MarkdownImport, markdownToJSON, type ProseMirrorJSON } from "@palimpsest/schema";
import { isTooLarge } from "./document-size.ts";
import { Problem } from "./problem.ts";

/** As JSON a long text takes several times the room that it takes as Markdown. */
export const MAX_CONTENT_BYTES = 8 * 1024 * 1024;

/**
 * The text that a body gives, as Markdown or as JSON; null where it gives none.
 *
 * @throws Problem for what is no document, or too large for one
 */
export function givenContent(
  markdown: string | undefined,
  json: unknown,
  reading: MarkdownImport = {},
): ProseMirrorJSON | null {
  if (json === undefined) return markdown === undefined ? null : fitting(markdownToJSON(markdown, reading));
  if (markdown !== undefined) throw new Problem("bad-request", "Give markdown or json, not both.");
  const checked = checkJSON(json);
  if (!checked.ok) throw new Problem("bad-request", `json: ${checked.reason}`);
  return fitting(json as ProseMirrorJSON);
}

function fitting(json: ProseMirrorJSON): ProseMirrorJSON {
  if (isTooLarge(json)) throw new Problem("document-too-large");
  return json;
}

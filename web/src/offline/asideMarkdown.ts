import { jsonToMarkdown, yDocTitle, yDocToJSON } from "@palimpsest/schema";
import * as Y from "yjs";

/** What was put aside, for a person who opens it in any other program. */
export function asideMarkdown(updates: readonly Uint8Array[]): {
  readonly title: string;
  readonly text: string;
} {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  const title = yDocTitle(doc);
  const body = jsonToMarkdown(yDocToJSON(doc));
  doc.destroy();
  return { title, text: title === "" ? body : `# ${title}\n\n${body}` };
}

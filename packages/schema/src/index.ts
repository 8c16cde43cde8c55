export { type CheckResult, checkJSON } from "./checkJSON.ts";
export { documentExtensions } from "./documentExtensions.ts";
export {
  emptyDocument,
  type JSONMark,
  type JSONNode,
  MAX_DEPTH,
  type ProseMirrorJSON,
} from "./documentJSON.ts";
export { documentSchema } from "./documentSchema.ts";
export { jsonToHTML } from "./jsonToHTML.ts";
export { jsonToMarkdown } from "./jsonToMarkdown.ts";
export { jsonToText } from "./jsonToText.ts";
export { markdownToJSON } from "./markdownToJSON.ts";
export { replaceDocument } from "./replaceDocument.ts";
export { replaceText } from "./replaceText.ts";
export { isSafeHref } from "./safeHref.ts";
export { FRAGMENT_NAME, META_NAME, SCHEMA_VERSION, TITLE_KEY } from "./schemaVersion.ts";
export { jsonToYUpdate, marksOf, type NewDocument, yDocTitle, yDocToJSON } from "./yDocument.ts";

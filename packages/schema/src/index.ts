export { calloutKind, calloutKinds } from "./callout.ts";
export { type CheckResult, checkJSON } from "./checkJSON.ts";
export { colourName, colourNames } from "./colours.ts";
export { documentExtensions } from "./documentExtensions.ts";
export {
  emptyDocument,
  type JSONMark,
  type JSONNode,
  MAX_DEPTH,
  type ProseMirrorJSON,
} from "./documentJSON.ts";
export { documentSchema } from "./documentSchema.ts";
export { fileMime, fileName, fileSize, MAX_FILE_NAME } from "./file.ts";
export { type HTMLImport, htmlToJSON } from "./htmlToJSON.ts";
export {
  type AssetAddress,
  imageAlignment,
  imageAlignments,
  imageRatio,
  imageWidth,
  MAX_IMAGE_WIDTH,
} from "./image.ts";
export { assetIdOf, isSafeImageSource } from "./imageSource.ts";
export { type HTMLExport, jsonToHTML } from "./jsonToHTML.ts";
export { jsonToMarkdown, type MarkdownExport } from "./jsonToMarkdown.ts";
export { jsonToText } from "./jsonToText.ts";
export { type MarkdownImport, markdownToJSON } from "./markdownToJSON.ts";
export { MAX_LATEX } from "./math.ts";
export { mentionId, mentionLabel } from "./mention.ts";
export { replaceDocument } from "./replaceDocument.ts";
export { replaceText } from "./replaceText.ts";
export { isSafeHref } from "./safeHref.ts";
export { FRAGMENT_NAME, META_NAME, SCHEMA_VERSION, TITLE_KEY } from "./schemaVersion.ts";
export { jsonToYUpdate, marksOf, type NewDocument, yDocTitle, yDocToJSON } from "./yDocument.ts";

export type ContentFormat = "markdown" | "html" | "text" | "json";

export function contentAddress(documentId: string, format: ContentFormat, at?: number): string {
  const moment = at === undefined ? "" : `&at=${at}`;
  return `/api/documents/${encodeURIComponent(documentId)}/content?format=${format}${moment}`;
}

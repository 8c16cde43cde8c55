/** Where the bytes of a document's asset are. */
export function assetAddressIn(documentId: string): (assetId: string) => string {
  return (assetId) =>
    `/api/documents/${encodeURIComponent(documentId)}/assets/${encodeURIComponent(assetId)}`;
}

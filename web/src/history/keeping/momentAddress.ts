/** The address that opens this document at a moment of its past. */
export function momentAddress(documentId: string, seq: number): string {
  return `${window.location.origin}/d/${encodeURIComponent(documentId)}?at=${seq}`;
}

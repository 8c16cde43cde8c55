/** Where a file's bytes are in the bucket: below its document's own id, so that no other document can lead to them. */
export function assetKey(documentId: string, assetId: string): string {
  return `${prefixOf(documentId)}${assetId}`;
}

function prefixOf(documentId: string): string {
  return `${documentId}/`;
}

/** Removes every byte that is kept for a document, a thousand files at a time; again after a failure. */
export async function removeAllOf(bucket: R2Bucket, documentId: string): Promise<void> {
  for (;;) {
    const { objects, truncated } = await bucket.list({ prefix: prefixOf(documentId), limit: 1000 });
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key));
    if (!truncated) return;
  }
}

/** Sizes in bytes by id, of all that is there. */
export async function storedSizes(bucket: R2Bucket, documentId: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  const prefix = prefixOf(documentId);
  let cursor: string | undefined;
  do {
    const page = await bucket.list({ prefix, limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key, size } of page.objects) sizes.set(key.slice(prefix.length), size);
    cursor = page.truncated ? page.cursor : undefined;
  } while (cursor !== undefined);
  return sizes;
}

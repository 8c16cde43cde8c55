import { assetIdOf, type JSONNode } from "@palimpsest/schema";

/** The bytes of a document's own picture, or why there are none. */
export type Fetched =
  | { readonly kind: "bytes"; readonly blob: Blob }
  | { readonly kind: "missing" }
  | { readonly kind: "large" };

export function assetPath(documentId: string, assetId: string): string {
  return `/api/documents/${encodeURIComponent(documentId)}/assets/${encodeURIComponent(assetId)}`;
}

/** The ids of the assets in a document, in reading order: of its pictures, or of its files. */
export function assetsIn(root: JSONNode, type: "image" | "file"): readonly string[] {
  const found = new Set<string>();
  const walk = (node: JSONNode): void => {
    const id = node.type === type ? assetIdOf(node.attrs?.src) : null;
    if (id !== null) found.add(id);
    for (const child of node.content ?? []) walk(child);
  };
  walk(root);
  return [...found];
}

/**
 * Fetches pictures one after the other, as many as may be put into one file.
 *
 * @param most bytes of one, and of all together; what goes beyond is not kept, so that a file can be opened by what it is for
 */
export async function fetchPictures(
  documentId: string,
  ids: readonly string[],
  most: { readonly each: number; readonly all: number },
): Promise<ReadonlyMap<string, Fetched>> {
  const fetched = new Map<string, Fetched>();
  let total = 0;
  for (const id of ids) {
    const response = await fetch(assetPath(documentId, id), { credentials: "same-origin" }).catch(() => null);
    if (response === null || !response.ok) {
      fetched.set(id, { kind: "missing" });
      continue;
    }
    const blob = await response.blob();
    const isLarge = blob.size > most.each || total + blob.size > most.all;
    if (!isLarge) total += blob.size;
    fetched.set(id, isLarge ? { kind: "large" } : { kind: "bytes", blob });
  }
  return fetched;
}

export function countKinds(fetched: ReadonlyMap<string, Fetched>): { missing: number; large: number } {
  const kinds = [...fetched.values()].map(({ kind }) => kind);
  return {
    missing: kinds.filter((kind) => kind === "missing").length,
    large: kinds.filter((kind) => kind === "large").length,
  };
}

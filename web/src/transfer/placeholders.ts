import { assetIdOf, type JSONNode } from "@palimpsest/schema";

const PREFIX = "import-picture-";

/** Stands for the nth picture of a file until it has been uploaded. */
export function placeholder(n: number): string {
  return `asset:${PREFIX}${String(n).padStart(6, "0")}`;
}

function numberOf(src: unknown): number | null {
  const id = assetIdOf(src);
  return id?.startsWith(PREFIX) ? Number(id.slice(PREFIX.length)) : null;
}

/** The document with every picture where it was uploaded to; those that were not are left out. */
export function withPictures(node: JSONNode, uploaded: ReadonlyMap<number, string>): JSONNode {
  if (node.content === undefined) return node;
  const content = node.content.flatMap((child): JSONNode[] => {
    const number = child.type === "image" ? numberOf(child.attrs?.src) : null;
    if (number === null) return [withPictures(child, uploaded)];
    const src = uploaded.get(number);
    return src === undefined ? [] : [{ ...child, attrs: { ...child.attrs, src } }];
  });
  // What holds blocks cannot be without any.
  const filled = content.length > 0 || !holdsBlocks.has(node.type) ? content : [{ type: "paragraph" }];
  const { content: _before, ...rest } = node;
  return filled.length > 0 ? { ...rest, content: filled } : rest;
}

const holdsBlocks = new Set(["doc", "blockquote", "callout", "detailsContent", "tableCell", "tableHeader"]);

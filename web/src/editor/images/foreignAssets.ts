import { assetIdOf } from "@palimpsest/schema";
import { Fragment, type Node, Slice } from "@tiptap/pm/model";
import { assetAddressIn } from "./assetAddress.ts";
import { sendAsset } from "./sendAsset.ts";

const isFile = (node: Node) => node.type.name === "image" || node.type.name === "file";

/** The ids of the assets that a piece of a document refers to. */
export function assetsIn(slice: Slice): readonly string[] {
  const ids = new Set<string>();
  slice.content.descendants((node) => {
    const id = isFile(node) ? assetIdOf(node.attrs.src) : null;
    if (id !== null) ids.add(id);
  });
  return [...ids];
}

/** The same piece, referring to copies. What has no copy is left out. */
export function withAssets(slice: Slice, copies: ReadonlyMap<string, string>): Slice {
  const mapped = (fragment: Fragment): Fragment => {
    const nodes: Node[] = [];
    fragment.forEach((node) => {
      const id = isFile(node) ? assetIdOf(node.attrs.src) : null;
      const src = id === null ? undefined : copies.get(id);
      if (id === null) nodes.push(node.isLeaf ? node : node.copy(mapped(node.content)));
      else if (src !== undefined) nodes.push(node.type.create({ ...node.attrs, src }, null, node.marks));
    });
    return Fragment.fromArray(nodes);
  };
  return new Slice(mapped(slice.content), slice.openStart, slice.openEnd);
}

/** Copies assets of one document to another; those that this person may not read any more are left out. */
export async function copyAssets(
  from: string,
  to: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const copies = new Map<string, string>();
  for (const id of ids) {
    try {
      const response = await fetch(assetAddressIn(from)(id));
      if (!response.ok) continue;
      const said = /filename\*=UTF-8''([^;]+)/.exec(response.headers.get("content-disposition") ?? "")?.[1];
      const sent = await sendAsset(
        to,
        await response.blob(),
        said === undefined ? "" : decodeURIComponent(said),
      );
      copies.set(id, sent.src);
    } catch (cause) {
      console.warn("A picture could not be brought along", cause);
    }
  }
  return copies;
}

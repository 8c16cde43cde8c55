import { assetIdOf } from "@palimpsest/schema";
import type { AppContext } from "./caller.ts";

export interface AssetAddresses {
  /** Where anybody who may read the document gets an asset, from wherever its text is shown. */
  readonly assetAddress: (assetId: string) => string;
  /** The asset of this document that an address stands for: exported text comes back as it was. */
  readonly ownAsset: (address: string) => string | null;
}

export function assetAddresses(context: AppContext, documentId: string): AssetAddresses {
  const own = new URL(`/api/documents/${documentId}/assets/`, context.req.url).href;
  return {
    assetAddress: (assetId) => own + assetId,
    ownAsset: (address) => (address.startsWith(own) ? assetIdOf(`asset:${address.slice(own.length)}`) : null),
  };
}

import { request } from "../app/api.ts";

/** The largest picture that is tried; the server has its own word. */
const MAX_BYTES = 25_000_000;

const endings: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
};

/** The bytes of a `data:` address, without asking the network for them: the page's policy forbids that. */
export function bytesOf(address: string): Blob | null {
  const [, type, base64] = /^data:([\w.+-]+\/[\w.+-]+);base64,([A-Za-z0-9+/=\s]+)$/.exec(address) ?? [];
  if (type === undefined || base64 === undefined || base64.length > MAX_BYTES * 1.4) return null;
  try {
    const binary = atob(base64.replace(/\s+/g, ""));
    return new Blob([Uint8Array.from(binary, (character) => character.charCodeAt(0))], { type });
  } catch (_notBase64) {
    return null;
  }
}

async function upload(documentId: string, blob: Blob, name: string): Promise<string> {
  const path = `/api/documents/${encodeURIComponent(documentId)}/assets?name=${encodeURIComponent(name)}`;
  const { src } = await request<{ src: string }>(path, { method: "POST", file: blob });
  return src;
}

/** Makes assets of a document of pictures; where each of them is, by its number. Those that are refused are left out. */
export async function uploadPictures(
  documentId: string,
  pictures: readonly string[],
): Promise<ReadonlyMap<number, string>> {
  const uploaded = new Map<number, string>();
  for (const [number, address] of pictures.entries()) {
    const blob = bytesOf(address);
    if (blob === null) continue;
    const name = `picture-${number + 1}.${endings[blob.type] ?? "bin"}`;
    try {
      uploaded.set(number, await upload(documentId, blob, name));
    } catch (cause) {
      console.warn("A picture of the imported file was refused", cause);
    }
  }
  return uploaded;
}

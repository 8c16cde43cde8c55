import type { Identity } from "@palimpsest/protocol";
import type { FileLine } from "../history-file/format.ts";
import type { documentStub } from "../http/access.ts";
import { joined } from "./announced.ts";
import { assetKey } from "./asset-key.ts";
import { judgePicture } from "./judging.ts";
import { kindOf, TELLING_BYTES } from "./kinds.ts";

/**
 * Keeps a file that came with a history. What the history says of it is believed as little as what its name says.
 *
 * @returns why it cannot be kept; null when it is, or when nothing is kept here
 */
export async function keepImported(
  bucket: R2Bucket | undefined,
  document: ReturnType<typeof documentStub>,
  documentId: string,
  user: Identity,
  { file: id, name, t }: FileLine,
  content: Uint8Array,
): Promise<string | null> {
  if (bucket === undefined) return null;
  const kind = kindOf(content.subarray(0, TELLING_BYTES), name);
  if (kind.kind === "other") return "files of this kind are not taken";
  const judged = kind.kind === "picture" ? judgePicture(kind.type, content) : null;
  if (judged?.kind === "refused") return `the picture cannot be kept (${judged.sentence})`;
  const bytes = judged === null ? content : joined(judged.parts);
  const size = { size: bytes.length, width: judged?.width ?? null, height: judged?.height ?? null };
  const asset = { id, name, mime: kind.type, ...size, by: user.id, uploadedAt: Math.min(t, Date.now()) };
  const reserved = await document.reserveFiles([asset], true);
  if (!reserved.ok) return "there is no room for more files";
  const stored = { httpMetadata: { contentType: kind.type }, customMetadata: { name } };
  await bucket.put(assetKey(documentId, id), bytes, stored);
  await document.keepFile(id);
  return null;
}

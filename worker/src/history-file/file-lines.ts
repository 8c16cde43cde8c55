import type { StoredAsset } from "@palimpsest/store";
import { assetKey } from "../assets/asset-key.ts";
import { type FileLine, fileLimits, type PartLine } from "./format.ts";

const PART_BYTES = 512 * 1024;

/** The lines of a document's files behind those of its history. What is too much to bring along is named all the same. */
export function withFiles(
  lines: ReadableStream<Uint8Array>,
  files: readonly StoredAsset[],
  bucket: R2Bucket | undefined,
  documentId: string,
): ReadableStream<Uint8Array> {
  if (files.length === 0) return lines;
  let brought = 0;
  return lines.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async flush(controller) {
        const write = (line: FileLine | PartLine) =>
          controller.enqueue(new TextEncoder().encode(`${JSON.stringify(line)}\n`));
        for (const { id, name, mime, size, uploadedAt } of files) {
          const fits = brought + size <= fileLimits.fileBytes;
          const stored = fits ? await bucket?.get(assetKey(documentId, id)) : null;
          const content = stored === null || stored === undefined ? null : await stored.bytes();
          const isThere = content !== null && content.length === size;
          const parts = isThere ? Math.ceil(size / PART_BYTES) : 0;
          write({ file: id, name, mime, size, t: uploadedAt, parts });
          if (!isThere) continue;
          brought += size;
          for (let part = 0; part < parts; part++)
            write({ part, b: content.subarray(part * PART_BYTES, (part + 1) * PART_BYTES).toBase64() });
        }
      },
    }),
  );
}

import { type JSONNode, jsonToMarkdown } from "@palimpsest/schema";
import type { Fetched } from "./assets.ts";

const endings: Readonly<Record<string, string>> = {
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/gif": "gif",
  "image/webp": "webp",
  "image/avif": "avif",
};

/** The text with its title as the first heading, as an import reads it back. */
export function titledMarkdown(
  title: string,
  json: JSONNode,
  assetAddress: (id: string) => string | null,
): string {
  const heading = jsonToMarkdown({
    type: "doc",
    content:
      title.trim() === ""
        ? []
        : [{ type: "heading", attrs: { level: 1 }, content: [{ type: "text", text: title }] }],
  });
  const body = jsonToMarkdown(json, { assetAddress });
  return heading === "" || body === "" ? heading + body : `${heading}\n${body}`;
}

/** The text and the pictures it shows, in one archive: `name.md` beside a folder of pictures. */
export async function markdownArchive(
  name: string,
  title: string,
  json: JSONNode,
  pictures: ReadonlyMap<string, Fetched>,
  elsewhere: (id: string) => string,
): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import("fflate");
  const files: Record<string, Uint8Array> = {};
  const paths = new Map<string, string>();
  for (const [id, fetched] of pictures) {
    if (fetched.kind !== "bytes") continue;
    const path = `pictures/${paths.size + 1}.${endings[fetched.blob.type] ?? "bin"}`;
    paths.set(id, path);
    files[path] = new Uint8Array(await fetched.blob.arrayBuffer());
  }
  files[name] = strToU8(titledMarkdown(title, json, (id) => paths.get(id) ?? elsewhere(id)));
  // What pictures are made of is compressed already.
  return zipSync(files, { level: 1 }) as Uint8Array<ArrayBuffer>;
}

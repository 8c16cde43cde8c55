import type { Node, Schema } from "@tiptap/pm/model";
import { storedWidth } from "./pictureSize.ts";
import type { UploadState } from "./upload.ts";

type Done = Extract<UploadState, { kind: "done" }>;

/** @param column how wide the text is: a larger picture takes the whole of it */
export function pictureNode(schema: Schema, { asset, size }: Done, column: number): Node {
  const width = size?.width ?? asset.width;
  const height = size?.height ?? asset.height;
  return schema.node("image", {
    src: asset.src,
    width: width === null ? null : storedWidth(width, column),
    ratio: width === null || height === null ? null : Math.round((width / height) * 10_000) / 10_000,
  });
}

export function fileNode(schema: Schema, { asset }: Done): Node {
  const { src, name, size, mime } = asset;
  return schema.node("file", { src, name, size, mime });
}

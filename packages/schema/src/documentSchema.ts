import { getSchema } from "@tiptap/core";
import type { Schema } from "@tiptap/pm/model";
import { documentExtensions } from "./documentExtensions.ts";

let memo: Schema | undefined;

/** The ProseMirror schema of {@link documentExtensions}, built once; needs no DOM. */
export function documentSchema(): Schema {
  memo ??= getSchema(documentExtensions());
  return memo;
}

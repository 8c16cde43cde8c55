import { FILE_TYPE } from "../../history-file/format.ts";
import { object, operation } from "./operation.ts";
import { count, id, made, moment, nullable, query, text } from "./schemas.ts";

/** Pictures and files, copies, and whole histories. */
export const filesPaths = {
  "/api/documents/import": {
    post: operation(
      "A new document of the caller's with the history in a file from `export`. The people in it become people of that name by hearsay; only the caller stays himself. At most 64 MB.",
      { 201: made },
      { file: FILE_TYPE },
    ),
  },
  "/api/documents/{id}/export": {
    get: operation(
      "The document with its whole history as one file, which POST /api/documents/import takes. worker/HISTORY-FILE.md says what is in it.",
      { 200: { description: "gzip of JSON Lines" } },
      { parameters: [id], type: FILE_TYPE },
    ),
  },
  "/api/documents/{id}/copy": {
    post: operation(
      "A new document of the caller's with the content at a moment, and no history of its own yet",
      { 201: made },
      { parameters: [id], body: { at: moment, title: text } },
    ),
  },
  "/api/documents/{id}/assets": {
    post: operation(
      "Bring a picture or another file: the body is its bytes, with a content-length. What it is is told by its bytes; SVG and HTML are not taken. Pictures are kept without what a camera says of place and time. A node of the document refers to it by `src`",
      {
        201: object({
          asset: text,
          src: { type: "string", pattern: "^asset:" },
          url: text,
          name: text,
          mime: text,
          size: count,
          width: nullable(count),
          height: nullable(count),
        }),
      },
      { parameters: [id, query("name", text)], file: "application/octet-stream" },
    ),
  },
  "/api/documents/{id}/assets/{asset}": {
    get: operation(
      "A picture, or another file to download; in parts where Range asks for one",
      { 200: { description: "Its bytes" } },
      { parameters: [id, { ...id, name: "asset" }], type: "application/octet-stream" },
    ),
  },
};

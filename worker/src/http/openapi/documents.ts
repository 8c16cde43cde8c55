import { sorts, views } from "../../directory/listing.ts";
import { object, operation } from "./operation.ts";
import {
  audits,
  document,
  garbageCollected,
  id,
  listed,
  made,
  moment,
  nullable,
  person,
  query,
  role,
  seq,
  text,
  time,
} from "./schemas.ts";

/** Who the caller is, the documents there are, and what stands in one. */
export const documentsPaths = {
  "/api/openapi.json": { get: operation("This description", { 200: { type: "object" } }) },
  "/api/session": {
    get: operation("Who the caller is", { 200: object({ user: person }) }),
    post: operation(
      "Begin as a guest, or change the own name or colour. Sets the session cookie.",
      { 200: object({ user: person, token: text }) },
      { body: { name: text, color: text } },
    ),
  },
  "/api/documents": {
    get: operation(
      'The documents that the caller owns or has opened, a page at a time. With `query` those in whose title or text (its first 200,000 characters, as of the last time the document told it) all words are found, the best first: a word is found by its beginning, accents do not matter, "words in quotes" stand together. `found` says where: hits are [from, to) in UTF-16 units of plain text',
      { 200: object({ documents: { type: "array", items: listed }, next: nullable(text) }) },
      {
        parameters: [
          query("query", { type: "string", maxLength: 200 }),
          query("view", { enum: views, default: "recent" }),
          query("sort", {
            enum: sorts,
            description: "without a query; `opened` by default, in the trash `deleted`",
          }),
          query("cursor", { type: "string", description: "`next` of the page before" }),
          query("limit", { type: "integer", minimum: 1, maximum: 200, default: 50 }),
        ],
      },
    ),
    post: operation(
      "Make a document, with content from Markdown or ProseMirror JSON (as `content?format=json` has it) if given; at most 8 MB and about 25,000 paragraphs",
      { 201: made },
      { body: { title: text, markdown: text, json: { type: "object" } } },
    ),
  },
  "/api/documents/{id}": {
    get: operation("Read what is known about a document", { 200: document }, { parameters: [id] }),
    patch: operation("Rename", { 200: document }, { parameters: [id], body: { title: text } }),
    delete: operation(
      "Move to the trash, from where it can be brought back for 30 days; with `forever` remove everything of it at once. Owners only",
      { 204: null },
      { parameters: [id, query("forever", { enum: ["0", "1"], default: "0" })] },
    ),
  },
  "/api/documents/{id}/untrash": {
    post: operation("Bring back from the trash; owners only", { 200: document }, { parameters: [id] }),
  },
  "/api/documents/{id}/star": {
    put: operation("Star it for the caller", { 204: null }, { parameters: [id] }),
    delete: operation("Take the caller's star off it", { 204: null }, { parameters: [id] }),
  },
  "/api/documents/{id}/visit": {
    delete: operation(
      "Take a document that the caller has opened off their list; what they own stays there",
      { 204: null },
      { parameters: [id] },
    ),
  },
  "/api/documents/{id}/ticket": {
    post: operation(
      "A ticket that opens the WebSocket within 60 seconds, as its token parameter",
      { 200: object({ token: text, expiresAt: time, role }) },
      { parameters: [id] },
    ),
  },
  "/api/documents/{id}/content": {
    get: operation(
      "The content now or at any moment; the header x-palimpsest-seq tells the position. json is {seq, at, author, title, content}: when and by whom the position was written, and ProseMirror JSON; yjs one V1 update. Markdown is CommonMark and GFM with alerts (`> [!NOTE]`), `<details>`, formulas (`$x$`, `$$`), mentions `[@name](mention:id)`, files as links with a comment that says what they are; in it and in html, which is a fragment without styles, pictures and files have absolute addresses. Above about 25,000 paragraphs only yjs is there; the others answer document-too-large.",
      { 200: { description: "In the format asked for" } },
      {
        parameters: [
          id,
          query("format", { enum: ["json", "markdown", "html", "text", "yjs"], default: "json" }),
          query("at", moment),
          query("ids", {
            enum: ["1"],
            description: "json: each node with the id of its item, `client:clock`",
          }),
        ],
      },
    ),
    put: operation(
      "Replace the text by Markdown, in which addresses of the document's own files mean these files, or by ProseMirror JSON (as `content?format=json` has it), as one edit that changes as little as possible; the version `kept` holds what was there before",
      { 200: object({ seq, changed: { type: "boolean" }, kept: { type: ["string", "null"] } }) },
      { parameters: [id], body: { markdown: text, json: { type: "object" } } },
    ),
  },
  "/api/documents/{id}/stats": {
    get: operation(
      "Sizes and counters",
      { 200: { type: "object", properties: { garbageCollected, audits } } },
      { parameters: [id] },
    ),
  },
};

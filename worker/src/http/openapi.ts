import { SUBPROTOCOL } from "@palimpsest/protocol";
import { sorts, views } from "../directory/listing.ts";
import { FILE_TYPE } from "../history-file/format.ts";
import { problems } from "./problem.ts";

const text = { type: "string" } as const;
const time = { type: "string", format: "date-time" } as const;
const seq = {
  type: "integer",
  minimum: 0,
  description: "A log position: 1 for the first frame; 0 is the empty document.",
} as const;
const person = object({ id: text, name: text, color: { type: "string", pattern: "^#[0-9a-f]{6}$" } });
const role = { enum: ["view", "edit"] } as const;
const nullable = (schema: object) => ({ oneOf: [schema, { type: "null" }] });
const named = object({ id: text, name: text });
const described = {
  id: text,
  title: text,
  url: text,
  createdAt: time,
  updatedAt: time,
  role,
  owner: named,
  isOwner: { type: "boolean" },
  changedBy: nullable(named),
  deletedAt: nullable(time),
  purgedAt: nullable(time),
} as const;
const document = object(described);
const hits = {
  type: "array",
  items: { type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 },
} as const;
const listed = object({
  ...described,
  openedAt: nullable(time),
  starred: { type: "boolean" },
  found: nullable(object({ title: hits, text: nullable(object({ text, hits })) })),
});
const version = object({
  id: text,
  name: text,
  description: text,
  seq,
  createdAt: time,
  author: person,
  automatic: { type: "boolean" },
});
const made = object({ id: text, title: text, url: text });
const moment = {
  description: "A log position, an ISO time with a time zone, or a version's id. Absent: now.",
  oneOf: [seq, time, { type: "string", pattern: "^v_" }],
} as const;
const count = { type: "integer", minimum: 0 } as const;
const band = {
  description: "A session, an import, a restore, or what was joined of them.",
  ...object({
    firstSeq: seq,
    lastSeq: seq,
    startedAt: time,
    endedAt: time,
    authors: { type: "array", items: count },
    kind: { enum: ["session", "import", "restore"] },
  }),
};
const historyEntry = {
  description: "`kind` is session, restore, import or version; each carries its positions, times and people.",
  type: "object",
  required: ["kind"],
  properties: { kind: { enum: ["session", "restore", "import", "version"] } },
} as const;
const garbageCollected = {
  type: ["boolean", "null"],
  description:
    "Whether the newest snapshot left out the content of what was deleted; false for a document too large for that, null without a snapshot.",
} as const;
const audits = {
  type: "object",
  description:
    "How often a client's copy was found to differ from the document and mended. contentDifferences: each is a mistake somewhere. deletionDifferences: mostly deletions that follow from others', which clients find out by themselves.",
  properties: { contentDifferences: { type: "integer" }, deletionDifferences: { type: "integer" } },
  required: ["contentDifferences", "deletionDifferences"],
} as const;
const id = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^[0-9A-Za-z]{22}$" },
} as const;
const versionId = { ...id, name: "version", schema: { type: "string", pattern: "^v_" } } as const;
const rescue = { name: "rescue", in: "path", required: true, schema: text } as const;
const query = (name: string, schema: object) => ({ name, in: "query", required: false, schema });
const filter = query("filter", { enum: ["all", "named"], default: "all" });

const point = object({ seq, at: nullable(time) });

/** The HTTP interface as OpenAPI 3.1 describes it. A test holds it against the routes that exist. */
export const openapi = {
  openapi: "3.1.0",
  info: {
    title: "Palimpsest",
    version: "1",
    description: `Collaborative documents with their whole history. Documents are edited over a WebSocket at /sync/{id} (y-protocols; subprotocol ${SUBPROTOCOL} adds acknowledgements and resuming).`,
  },
  components: {
    securitySchemes: {
      bearer: { type: "http", scheme: "bearer", description: "The token that POST /api/session returns." },
      cookie: { type: "apiKey", in: "cookie", name: "palimpsest-session" },
    },
    schemas: {
      Problem: object({
        type: text,
        title: text,
        status: { type: "integer" },
        code: { enum: Object.keys(problems) },
      }),
    },
  },
  security: [{ bearer: [] }, { cookie: [] }],
  paths: {
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
    "/api/documents/import": {
      post: operation(
        "A new document of the caller's with the history in a file from `export`. The people in it become people of that name by hearsay; only the caller stays himself. At most 64 MB.",
        { 201: made },
        { file: FILE_TYPE },
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
    "/api/documents/{id}/diff": {
      get: operation(
        "What became of the document between two moments, whichever is the earlier one. `content` is one ProseMirror document with all that was there at either; a node that differs has `change`: kind (inserted, deleted, moved, moved-away, attributes, marks, type), n (its number in reading order), by (an index into people), at, and before (type, attrs or marks at `from`).",
        {
          200: object({
            from: point,
            to: point,
            people: { type: "array", items: person },
            title: object({ before: text, after: text }),
            summary: {
              type: "object",
              description: "changes; inserted and deleted in UTF-16 units, in all and by person",
            },
            content: { type: "object" },
          }),
        },
        { parameters: [id, query("from", moment), query("to", moment)] },
      ),
    },
    "/api/documents/{id}/authorship": {
      get: operation(
        "Who wrote each span, now or at any moment. A node of `content` has by (an index into people), at and until, and restored (by, at) where a restore brought it back.",
        {
          200: object({
            seq,
            at: nullable(time),
            people: { type: "array", items: person },
            title: text,
            content: { type: "object" },
          }),
        },
        { parameters: [id, query("at", moment)] },
      ),
    },
    "/api/documents/{id}/history": {
      get: operation(
        "Sessions, restores, imports and versions, newest first; `named`: only versions that people made",
        {
          200: object({
            head: seq,
            floor: seq,
            next: { type: ["integer", "null"] },
            entries: { type: "array", items: historyEntry },
          }),
        },
        {
          parameters: [
            id,
            query("before", seq),
            query("limit", { type: "integer", minimum: 1, maximum: 200, default: 50 }),
            filter,
          ],
        },
      ),
    },
    "/api/documents/{id}/timeline": {
      get: operation(
        "The whole history at a glance, oldest first: at most 2,000 stretches, each with its people as indexes into `people`",
        {
          200: object({
            head: seq,
            floor: seq,
            people: { type: "array", items: person },
            sessions: { type: "array", items: band },
            versions: {
              type: "array",
              items: object({ id: text, seq, name: text, automatic: { type: "boolean" } }),
            },
          }),
        },
        { parameters: [id] },
      ),
    },
    "/api/documents/{id}/verify": {
      get: operation(
        "Look at everything that is stored: whether it can be read, whether the log is the one that was sealed, whether each stored state is what the log gives. `bad` is the first thing that is not, with a sentence; `sealed` the position through which the seals are right",
        {
          200: object({
            ok: { type: "boolean" },
            frames: count,
            segments: count,
            snapshots: count,
            versions: count,
            sealed: seq,
            bad: nullable(
              object({
                part: { enum: ["frame", "snapshot", "version", "file"] },
                seq,
                through: seq,
                sentence: text,
              }),
            ),
          }),
        },
        { parameters: [id] },
      ),
    },
    "/api/documents/{id}/export": {
      get: operation(
        "The document with its whole history as one file, which POST /api/documents/import takes. worker/HISTORY-FILE.md says what is in it.",
        { 200: { description: "gzip of JSON Lines" } },
        { parameters: [id], type: FILE_TYPE },
      ),
    },
    "/api/documents/{id}/versions": {
      get: operation(
        "The versions, newest first; `named`: those that people made",
        { 200: object({ versions: { type: "array", items: version } }) },
        { parameters: [id, filter] },
      ),
      post: operation(
        "Name a version: the present, or the moment at `seq`",
        { 201: version },
        { parameters: [id], body: { name: text, description: text, seq } },
      ),
    },
    "/api/documents/{id}/versions/{version}": {
      patch: operation(
        "Correct a version's name or description",
        { 200: version },
        { parameters: [id, versionId], body: { name: text, description: text } },
      ),
      delete: operation(
        "Take a version's name away; the text and its history stay",
        { 204: null },
        { parameters: [id, versionId] },
      ),
    },
    "/api/documents/{id}/copy": {
      post: operation(
        "A new document of the caller's with the content at a moment, and no history of its own yet",
        { 201: made },
        { parameters: [id], body: { at: moment, title: text } },
      ),
    },
    "/api/documents/{id}/restore": {
      post: operation(
        "Bring something back as a new edit, after keeping the present as a version. The body is one of: {to} everything as it was; {to, blocks} these blocks as they were, by id; {to, selection: {from: {block, offset}, to: {block, offset}}} a stretch of text, offsets as ProseMirror counts in a block; {from, to, change} what this change of the comparison deleted; {undo} exactly the restore at this position taken back, later work stays; {by, after, through} what this person did there taken back, others' later work stays. Restoring to the answer's `undo` is the state before; {undo: seq} takes back this restore alone. Above about 25,000 paragraphs: document-too-large",
        { 200: object({ seq, undo: seq, changed: { type: "boolean" }, kept: { type: ["string", "null"] } }) },
        { parameters: [id], body: { to: moment, undo: seq, by: text, after: seq, through: seq } },
      ),
    },
    "/api/documents/{id}/rescues": {
      get: operation(
        "What was written into something that a restore had removed, by people who had not heard of it yet: whose it is and its text",
        { 200: object({ rescues: { type: "array", items: { type: "object" } } }) },
        { parameters: [id] },
      ),
    },
    "/api/documents/{id}/rescues/{rescue}": {
      post: operation(
        "Put it back where it was written",
        { 200: object({ seq, changed: { type: "boolean" } }) },
        { parameters: [id, rescue] },
      ),
      delete: operation(
        "Take it from the list; its text stays in the history",
        { 204: null },
        { parameters: [id, rescue] },
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
    "/api/documents/{id}/stats": {
      get: operation(
        "Sizes and counters",
        { 200: { type: "object", properties: { garbageCollected, audits } } },
        { parameters: [id] },
      ),
    },
  },
};

function object(properties: Readonly<Record<string, object>>) {
  return { type: "object", properties, required: Object.keys(properties) };
}

interface OperationOptions {
  readonly parameters?: readonly object[];
  readonly body?: Readonly<Record<string, object>>;
  /** The body is a file of this type. */
  readonly file?: string;
  /** What the answer is, where it is not JSON. */
  readonly type?: string;
}

function operation(
  summary: string,
  answers: Readonly<Record<number, object | null>>,
  { parameters, body, file, type = "application/json" }: OperationOptions = {},
) {
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses: Record<string, object> = { default: { description: "A refusal", content: problem } };
  for (const [status, schema] of Object.entries(answers)) {
    responses[status] =
      schema === null ? { description: "Done" } : { description: summary, content: { [type]: { schema } } };
  }
  const content =
    file === undefined
      ? { "application/json": { schema: { type: "object", properties: body } } }
      : { [file]: { schema: { type: "string", format: "binary" } } };
  return {
    summary,
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined && file === undefined ? {} : { requestBody: { content } }),
    responses,
  };
}

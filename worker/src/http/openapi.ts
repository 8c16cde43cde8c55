import { SUBPROTOCOL } from "@palimpsest/protocol";
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
const document = object({ id: text, title: text, url: text, createdAt: time, updatedAt: time, role });
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
const query = (name: string, schema: object) => ({ name, in: "query", required: false, schema });
const filter = query("filter", { enum: ["all", "named"], default: "all" });

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
      get: operation("The documents that the caller owns or has opened", {
        200: object({ documents: { type: "array", items: document } }),
      }),
      post: operation(
        "Make a document, with content from Markdown if given",
        { 201: made },
        { body: { title: text, markdown: text } },
      ),
    },
    "/api/documents/{id}": {
      get: operation("Read what is known about a document", { 200: document }, { parameters: [id] }),
      patch: operation("Rename", { 200: document }, { parameters: [id], body: { title: text } }),
      delete: operation("Move to the trash; owners only", { 204: null }, { parameters: [id] }),
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
        "The content now or at any moment; the header x-palimpsest-seq tells the position. json is {seq, at, author, title, content}: when and by whom the position was written, and ProseMirror JSON; yjs one V1 update. Above about 25,000 paragraphs only yjs is there; the others answer document-too-large.",
        { 200: { description: "In the format asked for" } },
        {
          parameters: [
            id,
            query("format", { enum: ["json", "markdown", "html", "text", "yjs"], default: "json" }),
            query("at", moment),
          ],
        },
      ),
      put: operation(
        "Replace the text by Markdown, as one edit that changes as little as possible; the version `kept` holds what was there before",
        { 200: object({ seq, changed: { type: "boolean" }, kept: { type: ["string", "null"] } }) },
        { parameters: [id], body: { markdown: text } },
      ),
    },
    "/api/documents/{id}/history": {
      get: operation(
        "Sessions, restores, imports and versions, newest first",
        {
          200: object({
            head: seq,
            next: { type: ["integer", "null"] },
            entries: { type: "array", items: historyEntry },
          }),
        },
        {
          parameters: [
            id,
            query("before", seq),
            query("limit", { type: "integer", minimum: 1, maximum: 200, default: 50 }),
          ],
        },
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
        "Bring a moment back as a new edit; restoring to `undo` takes it back. Above about 25,000 paragraphs: document-too-large",
        { 200: object({ seq, undo: seq, changed: { type: "boolean" } }) },
        { parameters: [id], body: { to: moment } },
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

function operation(
  summary: string,
  answers: Readonly<Record<number, object | null>>,
  {
    parameters,
    body,
  }: { readonly parameters?: readonly object[]; readonly body?: Readonly<Record<string, object>> } = {},
) {
  const problem = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  const responses: Record<string, object> = { default: { description: "A refusal", content: problem } };
  for (const [status, schema] of Object.entries(answers)) {
    responses[status] =
      schema === null
        ? { description: "Done" }
        : { description: summary, content: { "application/json": { schema } } };
  }
  return {
    summary,
    ...(parameters === undefined ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: { content: { "application/json": { schema: { type: "object", properties: body } } } },
        }),
    responses,
  };
}

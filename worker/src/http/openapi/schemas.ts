import { object } from "./operation.ts";

export const text = { type: "string" } as const;
export const time = { type: "string", format: "date-time" } as const;
export const seq = {
  type: "integer",
  minimum: 0,
  description: "A log position: 1 for the first frame; 0 is the empty document.",
} as const;
export const person = object({ id: text, name: text, color: { type: "string", pattern: "^#[0-9a-f]{6}$" } });
export const role = { enum: ["view", "edit"] } as const;
export const nullable = (schema: object) => ({ oneOf: [schema, { type: "null" }] });
export const named = object({ id: text, name: text });
export const described = {
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
export const document = object(described);
export const hits = {
  type: "array",
  items: { type: "array", items: { type: "integer" }, minItems: 2, maxItems: 2 },
} as const;
export const listed = object({
  ...described,
  openedAt: nullable(time),
  starred: { type: "boolean" },
  found: nullable(object({ title: hits, text: nullable(object({ text, hits })) })),
});
export const version = object({
  id: text,
  name: text,
  description: text,
  seq,
  createdAt: time,
  author: person,
  automatic: { type: "boolean" },
});
export const made = object({ id: text, title: text, url: text });
export const moment = {
  description: "A log position, an ISO time with a time zone, or a version's id. Absent: now.",
  oneOf: [seq, time, { type: "string", pattern: "^v_" }],
} as const;
export const count = { type: "integer", minimum: 0 } as const;
export const band = {
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
export const historyEntry = {
  description: "`kind` is session, restore, import or version; each carries its positions, times and people.",
  type: "object",
  required: ["kind"],
  properties: { kind: { enum: ["session", "restore", "import", "version"] } },
} as const;
export const garbageCollected = {
  type: ["boolean", "null"],
  description:
    "Whether the newest snapshot left out the content of what was deleted; false for a document too large for that, null without a snapshot.",
} as const;
export const audits = {
  type: "object",
  description:
    "How often a client's copy was found to differ from the document and mended. contentDifferences: each is a mistake somewhere. deletionDifferences: mostly deletions that follow from others', which clients find out by themselves.",
  properties: { contentDifferences: { type: "integer" }, deletionDifferences: { type: "integer" } },
  required: ["contentDifferences", "deletionDifferences"],
} as const;
export const id = {
  name: "id",
  in: "path",
  required: true,
  schema: { type: "string", pattern: "^[0-9A-Za-z]{22}$" },
} as const;
export const versionId = { ...id, name: "version", schema: { type: "string", pattern: "^v_" } } as const;
export const rescue = { name: "rescue", in: "path", required: true, schema: text } as const;
export const query = (name: string, schema: object) => ({ name, in: "query", required: false, schema });
export const filter = query("filter", { enum: ["all", "named"], default: "all" });

export const point = object({ seq, at: nullable(time) });

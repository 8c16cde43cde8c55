import { object, operation } from "./operation.ts";
import {
  band,
  count,
  filter,
  historyEntry,
  id,
  moment,
  nullable,
  person,
  point,
  query,
  rescue,
  seq,
  text,
  time,
  version,
  versionId,
} from "./schemas.ts";

/** What a document was, what became of it, and what can be brought back. */
export const pastPaths = {
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
};

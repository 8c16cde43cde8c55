import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkJSON,
  documentSchema,
  jsonToMarkdown,
  markdownToJSON,
  type ProseMirrorJSON,
} from "../src/index.ts";
import { arbitraryDocument } from "./arbitraryDocument.ts";

function normal(json: ProseMirrorJSON): unknown {
  return documentSchema().nodeFromJSON(json).toJSON();
}

const runs = Number(process.env["SCHEMA_RUNS"] ?? 2000);

test("any document Markdown can express comes back from Markdown as it was", () => {
  fc.assert(
    fc.property(arbitraryDocument, (json) => {
      expect(checkJSON(json)).toEqual({ ok: true });
      const markdown = jsonToMarkdown(json);
      expect(normal(markdownToJSON(markdown)), markdown).toEqual(normal(json));
    }),
    { numRuns: runs, seed: Number(process.env["SCHEMA_SEED"] ?? 20261122) },
  );
}, 120_000);

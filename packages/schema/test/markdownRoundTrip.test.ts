import fc from "fast-check";
import { expect, test } from "vitest";
import {
  checkJSON,
  documentSchema,
  jsonToMarkdown,
  markdownToJSON,
  type ProseMirrorJSON,
} from "../src/index.ts";
import { arbitraryDocument, arbitraryWhole } from "./arbitraryDocument.ts";

function normal(json: ProseMirrorJSON): unknown {
  return documentSchema().nodeFromJSON(json).toJSON();
}

const host = "https://host.example/api/documents/d/assets/";
const addresses = {
  assetAddress: (id: string) => host + id,
  ownAsset: (address: string) => (address.startsWith(host) ? address.slice(host.length) : null),
};

const runs = Number(process.env.SCHEMA_RUNS ?? 300);

test("[SC11] any document Markdown can express comes back from Markdown as it was", () => {
  fc.assert(
    fc.property(arbitraryDocument, (json) => {
      expect(checkJSON(json)).toEqual({ ok: true });
      const markdown = jsonToMarkdown(json);
      expect(normal(markdownToJSON(markdown)), JSON.stringify(markdown)).toEqual(normal(json));
      const addressed = jsonToMarkdown(json, addresses);
      expect(normal(markdownToJSON(addressed, addresses)), JSON.stringify(addressed)).toEqual(normal(json));
    }),
    { numRuns: runs, seed: Number(process.env.SCHEMA_SEED ?? 20261122) },
  );
}, 120_000);

test("[SC11] what Markdown makes of anything in the schema is a document, and the same again from then on", () => {
  fc.assert(
    fc.property(arbitraryWhole, (json) => {
      const read = markdownToJSON(jsonToMarkdown(json));
      expect(checkJSON(read)).toEqual({ ok: true });
      const markdown = jsonToMarkdown(read);
      expect(normal(markdownToJSON(markdown)), JSON.stringify(markdown)).toEqual(normal(read));
    }),
    { numRuns: Math.ceil(runs / 3), seed: Number(process.env.SCHEMA_SEED ?? 20261122) },
  );
}, 120_000);

test.each([
  [
    "a heading that is a hash",
    "# \\#",
    { type: "heading", attrs: { level: 1 }, content: [{ type: "text", text: "#" }] },
  ],
  [
    "a paragraph that looks like an item",
    "\\- x",
    { type: "paragraph", content: [{ type: "text", text: "- x" }] },
  ],
  [
    "a paragraph that looks numbered",
    "1\\. x",
    { type: "paragraph", content: [{ type: "text", text: "1. x" }] },
  ],
  ["a paragraph that looks quoted", "\\> x", { type: "paragraph", content: [{ type: "text", text: "> x" }] }],
  [
    "snake case stays readable",
    "snake_case",
    { type: "paragraph", content: [{ type: "text", text: "snake_case" }] },
  ],
  [
    "an address that is no link",
    "https\\://a.b",
    { type: "paragraph", content: [{ type: "text", text: "https://a.b" }] },
  ],
])("%s is written as little escaped as possible", (_name, markdown, block) => {
  expect(jsonToMarkdown({ type: "doc", content: [block] })).toBe(`${markdown}\n`);
});

test("code in a link that would make a definition of it comes back (seed 101)", () => {
  const marks = [{ type: "link", attrs: { href: "https://a.b" } }, { type: "code" }];
  const json = {
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "text", text: "]: c", marks }] }],
  };
  expect(markdownToJSON(jsonToMarkdown(json))).toEqual(json);
});

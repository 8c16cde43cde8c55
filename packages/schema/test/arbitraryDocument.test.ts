import fc from "fast-check";
import { expect, test } from "vitest";
import type { JSONMark, JSONNode } from "../src/documentJSON.ts";
import { documentSchema } from "../src/documentSchema.ts";
import { inlineAtoms, inlineTypes } from "../src/inlineTypes.ts";
import { arbitraryDocument, arbitraryWhole } from "./arbitraryDocument.ts";

function seen(documents: readonly JSONNode[]): Set<string> {
  const found = new Set<string>();
  const note = ({ type, attrs }: JSONMark) => {
    found.add(type);
    for (const [name, value] of Object.entries(attrs ?? {})) if (value !== null) found.add(`${type}.${name}`);
  };
  const walk = (node: JSONNode) => {
    note(node);
    for (const mark of node.marks ?? []) note(mark);
    for (const child of node.content ?? []) walk(child);
  };
  for (const json of documents) walk(json);
  return found;
}

/** Every node and mark of the schema, and every attribute of each. */
function all(): string[] {
  const { nodes, marks } = documentSchema();
  return [...Object.values(nodes), ...Object.values(marks)].flatMap(({ name, spec }) => [
    name,
    ...Object.keys(spec.attrs ?? {}).map((attribute) => `${name}.${attribute}`),
  ]);
}

test("[SC10] the property tests know the whole schema: nothing in it is never generated", () => {
  const found = seen(fc.sample(arbitraryWhole, { numRuns: 600, seed: 1 }));
  expect(all().filter((name) => !found.has(name))).toEqual([]);
});

test("[SC11] what Markdown documents are never generated with is what Markdown is documented to lose", () => {
  const found = seen(fc.sample(arbitraryDocument, { numRuns: 600, seed: 1 }));
  const lost = all().filter((name) => !found.has(name));
  expect([...new Set(lost.map((name) => name.split(".")[1]))].sort()).toEqual(
    ["colspan", "colwidth", "dir", "rowspan", "textAlign", "tint", "type"].sort(),
  );
});

test("the list of inline nodes is the schema's", () => {
  const inline = Object.values(documentSchema().nodes).filter(({ isInline }) => isInline);
  expect(new Set(inline.map(({ name }) => name))).toEqual(inlineTypes);
  expect(new Set(inline.filter(({ isText }) => !isText).map(({ name }) => name))).toEqual(inlineAtoms);
});

import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { documentSchema, SCHEMA_VERSION } from "../src/index.ts";

/** What a client must agree on to hold a document: names, attributes with defaults, content, groups, mark rules. */
function shape(): unknown {
  const { nodes, marks } = documentSchema().spec;
  const attributes = (attrs: Record<string, { default?: unknown }> | null | undefined) =>
    Object.entries(attrs ?? {})
      .map(([name, { default: fallback }]) => [name, fallback ?? null])
      .sort();
  const found: unknown[] = [];
  nodes.forEach((name, spec) => {
    found.push([
      name,
      spec.content ?? "",
      spec.marks ?? null,
      spec.group ?? "",
      spec.inline ?? false,
      attributes(spec.attrs),
    ]);
  });
  marks.forEach((name, spec) => {
    found.push([name, spec.excludes ?? null, attributes(spec.attrs)]);
  });
  return found;
}

test("the schema's shape changes only together with its version", () => {
  const hash = createHash("sha256").update(JSON.stringify(shape())).digest("hex").slice(0, 16);
  // Another hash means that older clients may delete content: read SCHEMA_VERSION's comment, then change both.
  expect({ version: SCHEMA_VERSION, hash }).toEqual({ version: 2, hash: "c71794ed61f3dd1b" });
});

test("marks stand in an order that puts links outside and excludes nothing but themselves", () => {
  const marks = documentSchema().marks;
  expect(Object.keys(marks)[0]).toBe("link");
  expect(marks.code?.excludes(marks.link as never)).toBe(false);
  // The Yjs binding stores marks that may overlap themselves under other names.
  for (const mark of Object.values(marks)) expect(mark.excludes(mark)).toBe(true);
});

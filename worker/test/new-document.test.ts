import { expect, it } from "vitest";
import { call, guest, json, newDocument } from "./support/api.ts";
import { refusal } from "./support/refusal.ts";

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const textOf = async (id: string) => (await call("GET", `/api/documents/${id}/content?format=text`)).text();

it("[WK100] a document is made from JSON of the schema, with its title", async () => {
  const ada = await guest("Ada");
  const heading = { type: "heading", attrs: { level: 2 }, content: [{ type: "text", text: "Why" }] };
  const body = { title: "From a file", json: { type: "doc", content: [heading, paragraph("Because.")] } };
  const id = await newDocument(ada, body);
  expect(await textOf(id)).toBe("Why\n\nBecause.");
  expect(await json(call("GET", `/api/documents/${id}`))).toMatchObject({ title: "From a file" });
  // what is read can be given back
  const { content } = await json<{ content: object }>(
    call("GET", `/api/documents/${id}/content?format=json`),
  );
  expect(await textOf(await newDocument(ada, { json: content }))).toBe("Why\n\nBecause.");
});

it("[WK100] JSON that is no document of the schema, or too much for one, is refused and nothing is made", async () => {
  const ada = await guest("Ada");
  const post = (body: object) => refusal(call("POST", "/api/documents", { token: ada.token, body }));
  const deep = (levels: number): object =>
    levels === 0 ? paragraph("x") : { type: "blockquote", content: [deep(levels - 1)] };
  const refused: readonly unknown[] = [
    null,
    "text",
    [],
    {},
    { type: "doc" },
    { type: "doc", content: [{ type: "unheard-of" }] },
    { type: "doc", content: [{ ...paragraph("x"), attrs: { madeUp: 1 } }] },
    { type: "doc", content: "text" },
    { type: "doc", content: [deep(200)] },
    paragraph("x"),
  ];
  for (const given of refused) expect(await post({ json: given }), JSON.stringify(given)).toBe("bad-request");
  expect(await post({ json: { type: "doc", content: [paragraph("x")] }, markdown: "x" })).toBe("bad-request");
  const many = { type: "doc", content: Array.from({ length: 40_000 }, () => paragraph("x")) };
  expect(await post({ json: many })).toBe("document-too-large");
  expect(await post({ markdown: "x\n\n".repeat(40_000) })).toBe("document-too-large");
  const { documents } = await json<{ documents: unknown[] }>(
    call("GET", "/api/documents", { token: ada.token }),
  );
  expect(documents).toEqual([]);
});

import fc from "fast-check";
import { Window } from "happy-dom";
import { expect, test } from "vitest";
import { checkJSON, documentSchema, htmlToJSON, jsonToHTML, type ProseMirrorJSON } from "../src/index.ts";
import { arbitraryWhole } from "./arbitraryDocument.ts";

function normal(json: ProseMirrorJSON): unknown {
  return documentSchema().nodeFromJSON(json).toJSON();
}

function parse(html: string): unknown {
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } });
  document.body.innerHTML = html;
  return document.body;
}

const host = "https://host.example/api/documents/d/assets/";
const addresses = {
  assetAddress: (id: string) => host + id,
  ownAsset: (address: string) => (address.startsWith(host) ? address.slice(host.length) : null),
};

test("[SC20] any document of the schema comes back from its HTML as it was", () => {
  fc.assert(
    fc.property(arbitraryWhole, (json) => {
      expect(checkJSON(json)).toEqual({ ok: true });
      const html = jsonToHTML(json);
      expect(normal(htmlToJSON(html, parse, { isExact: true })), html).toEqual(normal(json));
      const addressed = htmlToJSON(jsonToHTML(json, addresses), parse, { ...addresses, isExact: true });
      expect(normal(addressed)).toEqual(normal(json));
    }),
    { numRuns: Number(process.env.SCHEMA_RUNS ?? 150), seed: Number(process.env.SCHEMA_SEED ?? 20261122) },
  );
}, 120_000);

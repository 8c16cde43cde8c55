import { readdirSync, readFileSync } from "node:fs";
import { checkJSON, documentSchema } from "@palimpsest/schema";
import { DOMParser, type Node } from "@tiptap/pm/model";
import { JSDOM } from "jsdom";
import { expect, test } from "vitest";
import { cleanHTML } from "../src/editor/clipboard/cleanHTML.ts";

const folder = new URL("./fixtures/clipboard/", import.meta.url);
const names = readdirSync(folder)
  .filter((name) => name.endsWith(".html"))
  .map((name) => name.replace(/\.html$/, ""));

/** As JSON, without what an attribute is anyway. */
function short(node: Node): object {
  const attrs = Object.fromEntries(
    Object.entries(node.attrs).filter(([name, value]) => value !== node.type.spec.attrs?.[name]?.default),
  );
  return {
    type: node.type.name,
    ...(node.isText ? { text: node.text } : {}),
    ...(Object.keys(attrs).length > 0 ? { attrs } : {}),
    ...(node.marks.length > 0
      ? {
          marks: node.marks.map(({ type, attrs: { href, color } }) =>
            [type.name, href ?? color].filter(Boolean).join(" "),
          ),
        }
      : {}),
    ...(node.childCount > 0 ? { content: node.children.map(short) } : {}),
  };
}

for (const name of names) {
  test(`[S13] the clipboard of ${name} becomes the document it means`, async () => {
    const html = readFileSync(new URL(`${name}.html`, folder), "utf8");
    const { body, lostPictures } = cleanHTML(html, (source) => new JSDOM(source).window.document);
    const document = DOMParser.fromSchema(documentSchema()).parse(body);
    expect(checkJSON(document.toJSON())).toEqual({ ok: true });
    const seen = JSON.stringify({ lostPictures, document: short(document) }, null, 1);
    await expect(`${seen}\n`).toMatchFileSnapshot(`./fixtures/clipboard/${name}.json`);
  });
}

import { Window } from "happy-dom";
import { expect, test } from "vitest";
import { checkJSON, htmlToJSON, type JSONNode, jsonToHTML, jsonToMarkdown } from "../src/index.ts";

const id = "0123456789abcdefABCDEF";

function parse(html: string): unknown {
  const { document } = new Window({ settings: { disableJavaScriptEvaluation: true } });
  document.body.innerHTML = html;
  return document.body;
}

function said(html: string): string {
  const json = htmlToJSON(html, parse);
  expect(checkJSON(json)).toEqual({ ok: true });
  return jsonToHTML(json);
}

test("[SC21] what the schema's rules do not know does not get in", () => {
  expect(
    said(
      '<style>p{}</style><script>alert(1)</script><p id="x" class="y" onclick="alert(1)" style="color:red;position:fixed;text-align:center">a<iframe src="https://e.vil"></iframe></p>' +
        '<a href="javascript:alert(1)">b</a><img src="data:image/png;base64,x" alt="c"><img src="x" onerror="alert(1)"><svg onload="alert(1)"></svg>',
    ),
  ).toBe('<p style="text-align: center">a</p><p>b</p>');
  const table = '<table><tr><td colspan="99999" colwidth="x">a</td></tr></table>';
  expect(said(table)).toBe('<table><tbody><tr><td colspan="1000"><p>a</p></td></tr></tbody></table>');
});

test("[SC21] a caption is the picture's or a paragraph, not both", () => {
  const img = '<img src="https://a.b/c.png" alt="x">';
  expect(said(`<figure>${img}<figcaption> Words </figcaption></figure>`)).toBe(
    `<figure>${img}<figcaption>Words</figcaption></figure>`,
  );
  expect(said("<figure><pre>a</pre><figcaption>Words</figcaption></figure>")).toBe(
    "<pre><code>a</code></pre><p>Words</p>",
  );
});

test("[SC21] an asset is the document's own only at the document's own address", () => {
  const html = `<img src="https://a.b/${id}" data-asset="asset:${id}" alt="">`;
  const own = (address: string) => (address === `https://a.b/${id}` ? id : null);
  const src = (json: JSONNode) => json.content?.[0]?.attrs?.src;
  expect(src(htmlToJSON(html, parse))).toBe(`https://a.b/${id}`);
  expect(src(htmlToJSON(html, parse, { ownAsset: own }))).toBe(`asset:${id}`);
  expect(src(htmlToJSON(`<img data-asset="asset:${id}">`, parse))).toBe(`asset:${id}`);
  expect(src(htmlToJSON(`<img src="https://a.b/${id}">`, parse, { ownAsset: own }))).toBe(`asset:${id}`);
});

test("[SC22] atoms in marked text have no marks of their own and look like the text around them", () => {
  const html =
    '<p><strong>a<br>b <span data-type="mention" data-id="u" data-label="A">@A</span> c</strong></p>';
  const json = htmlToJSON(html, parse);
  const atoms = json.content?.[0]?.content?.filter(({ type }) => type !== "text");
  expect(atoms).toEqual([{ type: "hardBreak" }, { type: "mention", attrs: { id: "u", label: "A" } }]);
  expect(jsonToHTML(json)).toBe(html);
  expect(jsonToMarkdown(json)).toBe("**a\\\nb [@A](mention:u) c**\n");
});

test("HTML nested too deep to be kept leaves its text", () => {
  const deep = `${"<blockquote>".repeat(150)}<p>a</p>${"</blockquote>".repeat(150)}<p>b</p>`;
  const json = htmlToJSON(deep, parse);
  expect(checkJSON(json)).toEqual({ ok: true });
  expect(JSON.stringify(json)).toContain("ab");
});

import { describe, expect, it } from "vitest";
import { call, guest, json, newDocument } from "./support/api.ts";

const asset = "0123456789abcdefABCDEF";

const source = `# Formats

> [!WARNING]
> Mind the [@Ada](mention:u_1), it costs \\$5 and \\$6, not $x^2$.

<details>
<summary>More &amp; <em>more</em></summary>

$$
\\frac{a}{b}
$$

</details>

<img src="asset:${asset}" alt="A plan" title="Ground floor" width="320" data-align="left" data-ratio="1.5">

[plan.pdf](asset:${asset})<!-- file 1024 application/pdf -->

<span data-color="red">red</span> and <mark data-color="green">green</mark>
`;

async function content(id: string, format: string): Promise<string> {
  const response = await call("GET", `/api/documents/${id}/content?format=${format}`);
  expect(response.status).toBe(200);
  return response.text();
}

describe("the formats of a document with everything in it", () => {
  it("[SC30] Markdown, HTML and text say it, with addresses that anybody who may read it can follow", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Formats", markdown: source });
    const address = `/api/documents/${id}/assets/${asset}`;
    const markdown = await content(id, "markdown");
    const own = /src="(https?:\/\/[^/"]+)\/api/.exec(markdown)?.[1];
    expect(markdown).toBe(source.replaceAll(`asset:${asset}`, `${own}${address}`));
    const html = await content(id, "html");
    expect(html).toContain(
      '<div data-kind="warning" data-type="callout"><p>Mind the <span data-type="mention"',
    );
    expect(html).toContain("<details><summary>More &amp; <em>more</em></summary>");
    expect(html).toContain(`<figure><img src="${own}${address}" data-asset="asset:${asset}" alt="A plan"`);
    expect(html).toContain(`href="${own}${address}" download="plan.pdf" data-size="1024"`);
    expect(html).toContain('<span data-color="red">red</span>');
    expect(await content(id, "text")).toBe(
      "Formats\n\nMind the @Ada, it costs $5 and $6, not $x^2$.\n\nMore & more\n\n$$\n\\frac{a}{b}\n$$\n\nA plan\nGround floor\n\nplan.pdf\n\nred and green",
    );
  });

  it("[SC30] a document's own Markdown put back changes nothing; elsewhere its addresses are just addresses", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: source });
    const markdown = await content(id, "markdown");
    const put = call("PUT", `/api/documents/${id}/content`, { token: ada.token, body: { markdown } });
    expect(await json(put)).toMatchObject({ changed: false });
    const other = await newDocument(ada, { markdown: markdown.replaceAll("http://", "https://") });
    const copied = await content(other, "json");
    expect(copied).not.toContain("asset:");
    expect(copied).toContain(`/api/documents/${id}/assets/${asset}`);
  });

  it("[SC23] 100 kB of hostile Markdown become a document, and every format of it is given", async () => {
    const ada = await guest("Ada");
    for (const unit of ["$", "$$\n", "<details>\n\n", "[!", "> [!NOTE]\n"]) {
      const id = await newDocument(ada, { markdown: unit.repeat(100_000 / unit.length) });
      for (const format of ["markdown", "html", "text", "json"]) await content(id, format);
    }
  });
});

import { jsonToHTML, jsonToMarkdown, jsonToText } from "@palimpsest/schema";
import { Hono } from "hono";
import * as v from "valibot";
import { openDocument } from "./access.ts";
import { type AssetAddresses, assetAddresses } from "./asset-address.ts";
import { Markdown, readBody } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { givenContent, MAX_CONTENT_BYTES } from "./given-content.ts";
import { granted } from "./granted.ts";
import { answer } from "./looking.ts";
import { Problem } from "./problem.ts";

const Replacing = v.object({ markdown: v.optional(Markdown), json: v.optional(v.unknown()) });

/** Everything that is about a moment of a document: reading it, naming it, bringing it back. */
export const moments = new Hono<App>()
  .get("/:id/content", async (context) => {
    const { document, entry } = await openDocument(context, "view");
    const format = context.req.query("format") ?? "json";
    const at = context.req.query("at") ?? null;
    if (format === "yjs") {
      const raw = granted(await document.rawContent(at));
      return new Response(raw.update, { headers: contentHeaders("application/octet-stream", raw.seq) });
    }
    const ids = context.req.query("ids") === "1";
    // a moment of the past is shown again and again while somebody drags a slider: by what is kept for that
    if (format === "json" && (ids || at !== null)) return answer(granted(await document.moment(at, ids)));
    const writer = writers.get(format);
    if (writer === undefined) throw new Problem("bad-format");
    const { seq, at: writtenAt, author, title, content } = granted(await document.content(at));
    const shown = { seq, at: writtenAt, author, title, content };
    const written = writer.write(shown, assetAddresses(context, entry.id));
    return new Response(written, { headers: contentHeaders(writer.type, seq) });
  })
  .put("/:id/content", async (context) => {
    const user = await requireCaller(context);
    const { document, entry } = await openDocument(context, "edit");
    const { markdown, json } = await readBody(context, Replacing, MAX_CONTENT_BYTES);
    const content = givenContent(markdown, json, assetAddresses(context, entry.id));
    if (content === null) throw new Problem("bad-request", "Give markdown or json.");
    const { ok, ...replaced } = granted(await document.replaceContent(content, user));
    return context.json(replaced);
  })
  .get("/:id/stats", async (context) => {
    const { document } = await openDocument(context, "view");
    return context.json(await document.stats());
  });

interface Shown {
  readonly seq: number;
  readonly content: unknown;
}

interface Writer {
  readonly type: string;
  readonly write: (shown: Shown, addresses: AssetAddresses) => string;
}

const writers = new Map<string, Writer>([
  ["json", { type: "application/json", write: (shown) => JSON.stringify(shown) }],
  [
    "markdown",
    { type: "text/markdown; charset=utf-8", write: ({ content }, to) => jsonToMarkdown(content, to) },
  ],
  ["html", { type: "text/html; charset=utf-8", write: ({ content }, to) => jsonToHTML(content, to) }],
  ["text", { type: "text/plain; charset=utf-8", write: ({ content }) => jsonToText(content) }],
]);

/** What people wrote is served from our own origin: it must never run there, nor be taken for another type. */
function contentHeaders(type: string, seq: number): Record<string, string> {
  return {
    "content-type": type,
    "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
    "x-palimpsest-seq": String(seq),
  };
}

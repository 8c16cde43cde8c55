import { type JSONNode, jsonToHTML, jsonToMarkdown, jsonToText, markdownToJSON } from "@palimpsest/schema";
import { Hono } from "hono";
import * as v from "valibot";
import { openDocument } from "./access.ts";
import { Markdown, Moment, readBody } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { granted } from "./granted.ts";
import { Problem } from "./problem.ts";
import { readWhole } from "./query.ts";

const Replacing = v.object({ markdown: Markdown });
const Restoring = v.object({ to: Moment });
const PAGE_LIMIT = 200;

/** Everything that is about a moment of a document: reading it, naming it, bringing it back. */
export const moments = new Hono<App>()
  .get("/:id/content", async (context) => {
    const { document } = await openDocument(context, "view");
    const format = context.req.query("format") ?? "json";
    const at = context.req.query("at") ?? null;
    if (format === "yjs") {
      const raw = granted(await document.rawContent(at));
      return new Response(raw.update, { headers: contentHeaders("application/octet-stream", raw.seq) });
    }
    const writer = writers.get(format);
    if (writer === undefined) throw new Problem("bad-format");
    const { seq, at: writtenAt, author, title, content } = granted(await document.content(at));
    const shown = { seq, at: writtenAt, author, title, content };
    return new Response(writer.write(shown), { headers: contentHeaders(writer.type, seq) });
  })
  .put("/:id/content", async (context) => {
    const user = await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { markdown } = await readBody(context, Replacing);
    const json = markdownToJSON(markdown);
    if (isTooLarge(json)) throw new Problem("document-too-large");
    const { ok, ...replaced } = granted(await document.replaceContent(json, user));
    return context.json(replaced);
  })
  .get("/:id/history", async (context) => {
    const { document } = await openDocument(context, "view");
    const before = readWhole(context, "before");
    const limit = readWhole(context, "limit") ?? 50;
    if (limit < 1 || limit > PAGE_LIMIT)
      throw new Problem("bad-request", `limit must be between 1 and ${PAGE_LIMIT}.`);
    return context.json(await document.history(before, limit));
  })
  .post("/:id/restore", async (context) => {
    const user = await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { to } = await readBody(context, Restoring);
    const { ok, ...restored } = granted(await document.restore(String(to), user));
    return context.json(restored);
  })
  .get("/:id/stats", async (context) => {
    const { document } = await openDocument(context, "view");
    return context.json(await document.stats());
  });

/** Nodes take about as much memory as Yjs's structs do: see `defaultDocumentBudget`. */
const MAX_NODES = 75_000;

function isTooLarge(json: JSONNode): boolean {
  let count = 0;
  const waiting = [json];
  for (let node = waiting.pop(); node !== undefined && count <= MAX_NODES; node = waiting.pop()) {
    count++;
    for (const child of node.content ?? []) waiting.push(child);
  }
  return count > MAX_NODES;
}

interface Shown {
  readonly seq: number;
  readonly content: unknown;
}

const writers = new Map<string, { readonly type: string; readonly write: (shown: Shown) => string }>([
  ["json", { type: "application/json", write: (shown) => JSON.stringify(shown) }],
  ["markdown", { type: "text/markdown; charset=utf-8", write: ({ content }) => jsonToMarkdown(content) }],
  ["html", { type: "text/html; charset=utf-8", write: ({ content }) => jsonToHTML(content) }],
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

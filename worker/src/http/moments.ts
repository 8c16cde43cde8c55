import { jsonToHTML, jsonToMarkdown, jsonToText } from "@palimpsest/schema";
import { Hono } from "hono";
import * as v from "valibot";
import { openDocument } from "./access.ts";
import { Moment, readBody, SeqNumber, VersionName } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { Problem, type ProblemCode, problems } from "./problem.ts";

const NewVersion = v.object({ name: VersionName, seq: v.optional(SeqNumber) });
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
    const { seq, title, content } = granted(await document.content(at));
    return new Response(writer.write({ seq, title, content }), { headers: contentHeaders(writer.type, seq) });
  })
  .get("/:id/history", async (context) => {
    const { document } = await openDocument(context, "view");
    const before = readWhole(context.req.query("before"), "before");
    const limit = readWhole(context.req.query("limit"), "limit") ?? 50;
    if (limit < 1 || limit > PAGE_LIMIT)
      throw new Problem("bad-request", `limit must be between 1 and ${PAGE_LIMIT}.`);
    return context.json(await document.history(before, limit));
  })
  .post("/:id/versions", async (context) => {
    const user = await requireCaller(context);
    const { document } = await openDocument(context, "edit");
    const { name, seq } = await readBody(context, NewVersion);
    const { ok, ...version } = granted(
      await document.nameVersion(name, seq === undefined ? null : String(seq), user),
    );
    return context.json(version, 201);
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

interface Shown {
  readonly seq: number;
  readonly title: string;
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

type Refusal = {
  readonly ok: false;
  readonly code: ProblemCode;
  readonly head?: number;
  readonly floor?: number;
};

/** The value of a result that is one. @throws Problem with the document's own refusal */
function granted<T extends { readonly ok: boolean }>(result: T): Extract<T, { readonly ok: true }> {
  if (result.ok) return result as Extract<T, { readonly ok: true }>;
  const { code, head, floor } = result as unknown as Refusal;
  if (!Object.hasOwn(problems, code)) throw new Error(`a document refused with an unknown code: ${code}`);
  if (head !== undefined) throw new Problem(code, `The newest position is ${head}.`);
  if (floor !== undefined) throw new Problem(code, `The oldest position that is kept is ${floor}.`);
  throw new Problem(code);
}

function readWhole(text: string | undefined, name: string): number | null {
  if (text === undefined) return null;
  if (!/^\d{1,15}$/.test(text)) throw new Problem("bad-request", `${name} must be a whole number.`);
  return Number(text);
}

import type { NewAsset } from "@palimpsest/store";
import { Hono } from "hono";
import { Announced, joined } from "../assets/announced.ts";
import { assetKey } from "../assets/asset-key.ts";
import { assetLimits, judgePicture } from "../assets/judging.ts";
import { type Kind, kindOf, TELLING_BYTES } from "../assets/kinds.ts";
import { readRange } from "../assets/range.ts";
import { isAssetId } from "../assets/references.ts";
import { randomId } from "../identity/random-id.ts";
import { openDocument } from "./access.ts";
import { type App, type AppContext, requireCaller } from "./caller.ts";
import { granted } from "./granted.ts";
import { Problem } from "./problem.ts";

/** Longest name of a file. */
const MAX_NAME = 255;

/** Pictures and files of documents. */
export const assets = new Hono<App>()
  .post("/:id/assets", async (context) => {
    const user = await requireCaller(context);
    const { document, entry } = await openDocument(context, "edit");
    const bucket = bucketOf(context);
    const name = nameOf(context);
    const body = announcedBody(context);
    const kind = kindOf(await body.head(TELLING_BYTES), name);
    const file = await contentOf(kind, body);
    const asset: NewAsset = {
      id: randomId(),
      name,
      mime: file.mime,
      size: file.size,
      width: file.width,
      height: file.height,
      by: user.id,
      uploadedAt: Date.now(),
    };
    granted(await document.reserveFiles([asset]));
    const key = assetKey(entry.id, asset.id);
    try {
      const { content, sent } = file.open();
      const stored = { httpMetadata: { contentType: file.mime }, customMetadata: { name } };
      await Promise.all([sent, bucket.put(key, content, stored)]);
    } catch (error) {
      // what was noted is forgotten last: cut off here, an alarm does it
      await bucket.delete(key);
      await document.dropFile(asset.id);
      throw body.isCut ? new Problem("bad-request", "The file ended before it was whole.") : error;
    }
    if (!(await document.keepFile(asset.id))) {
      // it took so long that an alarm has given it up: nobody would find it any more
      await bucket.delete(key);
      throw new Error("a file was given up while it was written");
    }
    const { width, height, size, mime } = asset;
    const url = `/api/documents/${entry.id}/assets/${asset.id}`;
    return context.json(
      { asset: asset.id, src: `asset:${asset.id}`, url, name, mime, size, width, height },
      201,
    );
  })
  .get("/:id/assets/:asset", async (context) => {
    const { entry } = await openDocument(context, "view");
    const id = context.req.param("asset");
    if (!isAssetId(id)) throw new Problem("unknown-file");
    return serve(context, assetKey(entry.id, id));
  });

function bucketOf(context: AppContext): R2Bucket {
  const { UPLOADS } = context.env;
  if (UPLOADS === undefined) throw new Problem("no-uploads");
  return UPLOADS;
}

function nameOf(context: AppContext): string {
  const name = context.req.query("name") ?? "";
  return name
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, " ")
    .trim()
    .slice(-MAX_NAME)
    .toWellFormed();
}

function announcedBody(context: AppContext): Announced {
  const { body } = context.req.raw;
  const length = context.req.header("content-length");
  if (length === undefined || !/^\d{1,12}$/.test(length)) throw new Problem("length-required");
  if (body === null || Number(length) === 0) throw new Problem("bad-request", "The file is empty.");
  if (Number(length) > assetLimits.fileBytes) throw tooLarge(assetLimits.fileBytes);
  return new Announced(body, Number(length));
}

interface FileContent {
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  /** Its bytes. `sent` is resolved when all of them were passed on. */
  open(): { readonly content: ReadableStream | Uint8Array; readonly sent: Promise<void> };
}

/** Pictures are looked at as a whole, and kept without what they tell besides; files pass through as they are. */
async function contentOf(kind: Kind, body: Announced): Promise<FileContent> {
  switch (kind.kind) {
    case "other":
      throw new Problem("unknown-kind");
    case "file":
      return { mime: kind.type, size: body.length, width: null, height: null, open: () => body.rest() };
    case "picture": {
      if (body.length > assetLimits.pictureBytes) throw tooLarge(assetLimits.pictureBytes);
      const whole = await body.whole();
      if (whole === null) throw new Problem("bad-request", "The file ended before it was whole.");
      const judged = judgePicture(kind.type, whole);
      if (judged.kind === "refused") throw new Problem("bad-picture", judged.sentence);
      const { width, height } = judged;
      const content = joined(judged.parts);
      const open = () => ({ content, sent: Promise.resolve() });
      return { mime: kind.type, size: content.length, width, height, open };
    }
  }
}

function tooLarge(limit: number): Problem {
  return new Problem("file-too-large", `At most ${limit / 1024 / 1024} MB are accepted.`);
}

async function serve(context: AppContext, key: string): Promise<Response> {
  const bucket = bucketOf(context);
  const asked = context.req.header("range");
  let range: R2Range | undefined;
  if (asked !== undefined) {
    const found = await bucket.head(key);
    if (found === null) throw new Problem("unknown-file");
    const read = readRange(asked, found.size);
    if (read === "unsatisfiable") return outOfRange(found.size);
    range = read ?? undefined;
  }
  const object = await bucket.get(key, {
    onlyIf: context.req.raw.headers,
    ...(range === undefined ? {} : { range }),
  });
  if (object === null) throw new Problem("unknown-file");
  const headers = headersOf(object);
  if (!("body" in object)) return new Response(null, { status: 304, headers });
  if (range === undefined) {
    headers.set("content-length", String(object.size));
    return new Response(object.body, { headers });
  }
  const { offset = 0, length = 0 } = range as { readonly offset?: number; readonly length?: number };
  headers.set("content-range", `bytes ${offset}-${offset + length - 1}/${object.size}`);
  headers.set("content-length", String(length));
  return new Response(object.body, { status: 206, headers });
}

function outOfRange(size: number): Response {
  return new Response(null, { status: 416, headers: { "content-range": `bytes */${size}` } });
}

/** What people have brought is served from our own origin: it must never run there, nor be taken for another type. */
function headersOf(object: R2Object): Headers {
  const type = object.httpMetadata?.contentType ?? "application/octet-stream";
  const name = object.customMetadata?.name ?? "";
  const isPicture = type.startsWith("image/");
  const encoded = encodeURIComponent(name === "" ? "file" : name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16)}`,
  );
  return new Headers({
    "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type,
    "content-disposition": isPicture ? "inline" : `attachment; filename*=UTF-8''${encoded}`,
    "content-security-policy": "sandbox; default-src 'none'",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "accept-ranges": "bytes",
    // an id has one content for ever; nobody between the browser and us may keep it
    "cache-control": "private, max-age=31536000, immutable",
    etag: object.httpEtag,
  });
}

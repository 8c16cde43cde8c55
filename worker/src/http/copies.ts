import { Hono } from "hono";
import * as v from "valibot";
import { keepImported } from "../assets/keep-imported.ts";
import { withFiles } from "../history-file/file-lines.ts";
import { FILE_ENDING, FILE_TYPE, type FileLine, fileLimits } from "../history-file/format.ts";
import { Unreadable } from "../history-file/read-lines.ts";
import { receiveFile } from "../history-file/receive-file.ts";
import { sealed } from "../history-file/sealed.ts";
import { openDocument } from "./access.ts";
import { Moment, readBody, Title } from "./body.ts";
import { type App, requireCaller } from "./caller.ts";
import { granted } from "./granted.ts";
import { makeDocument } from "./new-document.ts";
import { Problem } from "./problem.ts";

const Copying = v.object({ at: v.optional(Moment), title: v.optional(Title) });

/** Documents that are made from others, here or elsewhere. */
export const copies = new Hono<App>()
  .post("/import", async (context) => {
    const user = await requireCaller(context);
    const { body } = context.req.raw;
    if (Number(context.req.header("content-length") ?? 0) > fileLimits.packedBytes) throw tooLarge();
    if (body === null) throw new Problem("bad-history-file", "Line 1: the file is empty.");
    const made = await makeDocument(context, user, async (document, id) => {
      try {
        const target = {
          begin: (start: { readonly createdAt: number; readonly floor: number }) =>
            document.beginHistory({ ...start, documentId: id }),
          take: (...args: Parameters<typeof document.takeHistory>) => document.takeHistory(...args),
          takeFile: (file: FileLine, content: Uint8Array) =>
            keepImported(context.env.UPLOADS, document, id, user, file, content),
        };
        await receiveFile(body, target, user, Date.now());
        return (await document.finishHistory()).title;
      } catch (error) {
        await document.abandonHistory();
        throw error instanceof Unreadable ? problemOf(error) : error;
      }
    });
    return context.json(made, 201);
  })
  .post("/:id/copy", async (context) => {
    const user = await requireCaller(context);
    const { document, entry } = await openDocument(context, "edit");
    const { at, title } = await readBody(context, Copying);
    const copy = granted(await document.copy(at === undefined ? null : String(at), title ?? null));
    const made = await makeDocument(context, user, async (target, id) => {
      const files = copy.files.map((file) => ({ ...file, by: user.id, uploadedAt: Date.now() }));
      granted(await target.createFrom(id, user, copy.update, files));
      try {
        while (files.length > 0 && (await target.adoptFiles(entry.id)));
      } catch (error) {
        // a copy without some of its pictures would look whole
        await target.purge(id);
        throw error;
      }
      return copy.title;
    });
    return context.json(made, 201);
  })
  .get("/:id/export", async (context) => {
    const { document, entry } = await openDocument(context, "view");
    const { title, frames, lines, files } = granted(await document.export());
    const whole = withFiles(lines, files, context.env.UPLOADS, entry.id);
    const file = sealed(whole, frames).pipeThrough(new CompressionStream("gzip"));
    return new Response(file, {
      headers: {
        "content-type": FILE_TYPE,
        "content-disposition": `attachment; filename="document${FILE_ENDING}"; filename*=UTF-8''${fileName(title)}`,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      },
    });
  });

function problemOf({ line, sentence, isTooLarge }: Unreadable): Problem {
  if (isTooLarge) return tooLarge();
  return new Problem("bad-history-file", `Line ${line}: ${sentence}.`);
}

function tooLarge(): Problem {
  const [packed, unpacked] = [fileLimits.packedBytes, fileLimits.bytes].map((bytes) => bytes / 1024 / 1024);
  return new Problem("too-large", `A history may have at most ${packed} MB, and ${unpacked} MB unpacked.`);
}

/** As RFC 8187 has it. */
function fileName(title: string): string {
  const name = title
    .replace(/[\p{Cc}/\\:*?"<>|]+/gu, " ")
    .trim()
    .slice(0, 100)
    .toWellFormed();
  const encoded = encodeURIComponent(name === "" ? "Untitled" : name);
  return encoded.replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`) + FILE_ENDING;
}

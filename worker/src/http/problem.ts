import type { Context } from "hono";

interface ProblemRow {
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 411 | 413 | 415 | 416 | 422 | 426 | 429 | 500 | 501;
  readonly title: string;
}

/** Every refusal of the HTTP interface. `code` is stable; the sentences may be improved. */
export const problems = {
  "bad-json": { status: 400, title: "The request's body is not JSON." },
  "bad-request": { status: 400, title: "The request does not have the expected form." },
  "bad-moment": {
    status: 400,
    title: "That is not a moment: give a log position, an ISO time with a time zone, or a version's id.",
  },
  "bad-format": { status: 400, title: "Unknown format: use markdown, html, text, json or yjs." },
  unauthenticated: { status: 401, title: "Who you are is not known: POST /api/session first." },
  forbidden: { status: 403, title: "You do not have the right to do this." },
  "foreign-origin": { status: 403, title: "Pages of another origin may not do this." },
  "not-found": { status: 404, title: "There is no such document, or you do not have access to it." },
  "in-trash": {
    status: 410,
    title: "This document is in the trash. Whoever owns it can bring it back within 30 days.",
  },
  "no-such-route": { status: 404, title: "There is nothing at this address." },
  "unknown-version": { status: 404, title: "This document has no such version." },
  "unknown-passage": {
    status: 404,
    title: "That part is not in the document at that moment, or nothing of it was deleted since.",
  },
  "unknown-person": { status: 404, title: "This person has not written in this document." },
  "unknown-rescue": { status: 404, title: "This text was put back or dismissed already." },
  "not-a-restore": { status: 409, title: "There was no restore at that position that could be taken back." },
  "bad-stretch": { status: 400, title: "The stretch must end after it begins." },
  "beyond-head": { status: 404, title: "Nobody has written that far yet." },
  "before-floor": { status: 410, title: "That moment is no longer kept." },
  "too-many-versions": { status: 409, title: "This document has as many versions as it can hold." },
  "too-large": { status: 413, title: "The request is too large." },
  // not a 5xx: it is no failure that passes, and asking again in the same way cannot succeed
  "document-too-large": {
    status: 413,
    title:
      "This document is too large to be shown or restored here. Its editors and format=yjs have all of it.",
  },
  "document-damaged": {
    status: 500,
    title:
      "What is stored of this moment cannot be read. Nothing was changed; earlier moments may still be shown.",
  },
  "bad-history-file": { status: 422, title: "This is not a whole history of a document. Nothing was made." },
  "unknown-file": { status: 404, title: "This document has no such picture or file." },
  "length-required": { status: 411, title: "A file must say how long it is: send its content-length." },
  "file-too-large": { status: 413, title: "This file is too large." },
  "unknown-kind": {
    status: 415,
    title:
      "Files of this kind are not taken. Pictures: PNG, JPEG, GIF, WebP, AVIF. Files: PDF, Office and OpenDocument, ZIP, EPUB, text, Markdown, CSV, RTF, and sound or films as MP3, MP4, WebM, Ogg, WAV, FLAC.",
  },
  "bad-picture": { status: 422, title: "This picture cannot be kept." },
  "document-full": {
    status: 409,
    title: "This document has as many pictures and files as it can hold.",
  },
  "no-uploads": {
    status: 501,
    title: "This server keeps no pictures and files: its deployer has given it no bucket.",
  },
  "not-a-websocket": { status: 426, title: "This address is for WebSockets." },
  internal: { status: 500, title: "Something went wrong on the server. Nothing was changed; try again." },
} as const satisfies Record<string, ProblemRow>;

export type ProblemCode = keyof typeof problems;

/** A refusal as RFC 9457 has it, with a `code` for programs. */
export function problemResponse(code: ProblemCode, detail?: string): Response {
  const { status, title } = problems[code];
  const body = { type: "about:blank", title, status, code, ...(detail === undefined ? {} : { detail }) };
  return Response.json(body, {
    status,
    headers: { "content-type": "application/problem+json", "cache-control": "no-store" },
  });
}

/** Thrown by a handler to end the request with a problem. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly detail: string | undefined;
  constructor(code: ProblemCode, detail?: string) {
    super(problems[code].title);
    this.code = code;
    this.detail = detail;
  }
}

/** Turns what a handler threw into an answer; what was not foreseen is logged without content. */
export function onError(error: Error, context: Context): Response {
  if (error instanceof Problem) return problemResponse(error.code, error.detail);
  console.error(
    JSON.stringify({ event: "request-failed", route: context.req.routePath, reason: String(error) }),
  );
  return problemResponse("internal");
}

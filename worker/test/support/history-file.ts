import type { HistoryLine } from "../../src/history-file/format.ts";
import { call, type Guest, json } from "./api.ts";

/** A line of a history file as a test reads and changes it. */
export type Line = Record<string, unknown>;

export async function exported(id: string): Promise<Line[]> {
  const response = await call("GET", `/api/documents/${id}/export`);
  if (response.body === null || response.status !== 200) throw new Error(`no export, but ${response.status}`);
  return unpacked(response.body);
}

export async function unpacked(file: ReadableStream): Promise<Line[]> {
  const text = await new Response(file.pipeThrough(new DecompressionStream("gzip"))).text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Line);
}

export function gzip(content: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const { body } = new Response(content);
  if (body === null) throw new Error("a response with content has a body");
  return bytesOf(body.pipeThrough(new CompressionStream("gzip")));
}

async function bytesOf(stream: ReadableStream): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** The lines as a file; the last one is made to fit them, as anybody can who forges the others. */
export async function pack(lines: readonly (Line | HistoryLine)[]): Promise<Uint8Array<ArrayBuffer>> {
  const frames = lines.filter((line) => "s" in line).length;
  const body = lines
    .filter((line) => !("end" in line))
    .map((line) => `${JSON.stringify(line)}\n`)
    .join("");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(body));
  const sha256 = new Uint8Array(digest).toHex();
  return gzip(`${body}${JSON.stringify({ end: true, frames, sha256 })}\n`);
}

export function importFile(who: Guest, file: Uint8Array<ArrayBuffer>): Promise<Response> {
  return call("POST", "/api/documents/import", { token: who.token, raw: file });
}

export async function importedId(who: Guest, lines: readonly Line[]): Promise<string> {
  const response = await importFile(who, await pack(lines));
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  return (await json<{ id: string }>(response)).id;
}

/** What makes a document what it was, moment by moment: for comparing two that should not differ. */
export async function wholeHistory(id: string, from = 0) {
  const path = `/api/documents/${id}`;
  const { head, entries } = await json<{ head: number; entries: object[] }>(
    call("GET", `${path}/history?limit=200`),
  );
  const contents: unknown[] = [];
  for (let at = from; at <= head; at++) {
    const { title, content, at: time } = await json(call("GET", `${path}/content?at=${at}`));
    contents.push({ title, content, time });
  }
  return { head, entries, contents };
}

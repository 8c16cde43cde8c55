import type { SqliteStore } from "@palimpsest/store";
import { SqliteAssets } from "@palimpsest/store";
import { DocumentAssets } from "../../src/assets/document-assets.ts";
import { sqlDriver } from "../../src/document/sql-driver.ts";
import { bindings, call, type Guest, json } from "./api.ts";

/** What looks after a document's files, as its object has it. */
export function filesOf(
  storage: DurableObjectStorage,
  store: SqliteStore,
  bucket: R2Bucket | undefined = bindings().UPLOADS,
): DocumentAssets {
  return new DocumentAssets({ store, assets: new SqliteAssets(sqlDriver(storage)), bucket });
}

export interface Uploaded {
  readonly asset: string;
  readonly src: string;
  readonly url: string;
  readonly name: string;
  readonly mime: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
}

export function upload(
  id: string,
  who: Guest,
  raw: Uint8Array<ArrayBuffer>,
  name = "",
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const path = `/api/documents/${id}/assets?name=${encodeURIComponent(name)}`;
  return call("POST", path, {
    token: who.token,
    raw,
    headers: { "content-length": String(raw.length), ...headers },
  });
}

export async function uploaded(
  id: string,
  who: Guest,
  raw: Uint8Array<ArrayBuffer>,
  name = "",
): Promise<Uploaded> {
  const response = await upload(id, who, raw, name);
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  return json<Uploaded>(response);
}

export function bucket(): R2Bucket {
  const { UPLOADS } = bindings();
  if (UPLOADS === undefined) throw new Error("wrangler.toml binds a bucket");
  return UPLOADS;
}

/** What is in the bucket of a document: the ids. */
export async function bucketOf(id: string): Promise<string[]> {
  const { objects } = await bucket().list({ prefix: `${id}/` });
  return objects.map(({ key }) => key.slice(id.length + 1)).sort();
}

export async function bytesOf(response: Response | Promise<Response>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await response).arrayBuffer());
}

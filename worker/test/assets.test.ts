import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { assetLimits } from "../src/assets/judging.ts";
import { app } from "../src/index.ts";
import { bindings, call, type Guest, guest, newDocument, ORIGIN, stubOf } from "./support/api.ts";
import { bucketOf, bytesOf, upload, uploaded } from "./support/files.ts";
import { bytes, exif, jpeg, pictures, png, u32 } from "./support/pictures.ts";
import { refusal } from "./support/refusal.ts";
import { onlyView } from "./support/viewer.ts";

const text = (content: string) => new Uint8Array(new TextEncoder().encode(content));

describe("bringing a file", () => {
  it("[WK80] a picture of each kind is kept and comes back as what it is", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    for (const [name, make] of Object.entries(pictures)) {
      const picture = make(64, 48);
      const kept = await uploaded(id, ada, picture, `of the house.${name}`);
      expect(kept).toEqual({
        asset: kept.asset,
        src: `asset:${kept.asset}`,
        url: `/api/documents/${id}/assets/${kept.asset}`,
        name: `of the house.${name}`,
        mime: `image/${name}`,
        size: picture.length,
        width: 64,
        height: 48,
      });
      expect(kept.asset).toMatch(/^[0-9A-Za-z]{22}$/);
      const response = await call("GET", kept.url);
      expect(response.status).toBe(200);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        "content-type": `image/${name}`,
        "content-disposition": "inline",
        "content-length": String(picture.length),
        "x-content-type-options": "nosniff",
        "content-security-policy": "sandbox; default-src 'none'",
        "cross-origin-resource-policy": "same-origin",
        "cache-control": "private, max-age=31536000, immutable",
      });
      expect(await bytesOf(response)).toEqual(picture);
    }
    expect(await bucketOf(id)).toHaveLength(5);
  });

  it("[WK83] what a camera says of the place is not in what is kept", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const kept = await uploaded(id, ada, jpeg(64, 48, [exif(8)]));
    expect(kept).toMatchObject({ width: 48, height: 64 });
    const stored = await bytesOf(call("GET", kept.url));
    expect(stored.length).toBe(kept.size);
    expect(new TextDecoder("latin1").decode(stored)).not.toContain("GPS");
  });

  it("[WK85] other files of the list are kept, and only ever downloaded under their name", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const content = bytes("%PDF-1.7\n", new Uint8Array(300_000).fill(65));
    const kept = await uploaded(id, ada, content, "Über (uns)/'24'.pdf");
    expect(kept).toMatchObject({ mime: "application/pdf", size: content.length, width: null, height: null });
    const response = await call("GET", kept.url);
    expect(response.headers.get("content-disposition")).toBe(
      "attachment; filename*=UTF-8''%C3%9Cber%20%28uns%29%2F%2724%27.pdf",
    );
    expect(response.headers.get("content-security-policy")).toContain("sandbox");
    expect(await bytesOf(response)).toEqual(content);
    const note = await uploaded(id, ada, text("<3 and more"), "a.html");
    expect((await call("GET", note.url)).headers.get("content-type")).toBe("text/plain; charset=utf-8");
  });

  it("[WK86] what could run, lies or is not known is refused, and nothing is kept", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const refused = async (raw: Uint8Array<ArrayBuffer>, status: number, code: string, name = "a.png") =>
      expect([(await upload(id, ada, raw, name)).status, await refusal(upload(id, ada, raw, name))]).toEqual([
        status,
        code,
      ]);
    await refused(text("<svg onload=alert(1)></svg>"), 415, "unknown-kind");
    await refused(text("<svg onload=alert(1)></svg>"), 415, "unknown-kind", "a.svg");
    await refused(text("<!doctype html><script>"), 415, "unknown-kind", "a.txt");
    await refused(bytes("MZ", new Uint8Array(99)), 415, "unknown-kind");
    await refused(png(30, 30).slice(0, -4), 422, "bad-picture");
    await refused(png(30_000, 30_000), 422, "bad-picture");
    await refused(bytes([0x89], "PNG\r\n", 0x1a, "\n", "<script>alert(1)</script>"), 422, "bad-picture");
    await refused(new Uint8Array(0), 400, "bad-request");
    expect(await bucketOf(id)).toEqual([]);
    expect(await kept(id)).toEqual([]);
    // a page that stands behind a picture does not come along
    const polyglot = await uploaded(id, ada, bytes(png(9, 9), "<script>alert(1)</script>"));
    expect(await bytesOf(call("GET", polyglot.url))).toEqual(png(9, 9));
  });

  it("[WK89] sizes are held: of a picture, of a file, and of all files of a document", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const padding = new Uint8Array(assetLimits.pictureBytes);
    expect(await refusal(upload(id, ada, bytes(png(9, 9), padding)))).toBe("file-too-large");
    const long = { "content-length": String(assetLimits.fileBytes + 1) };
    expect(await refusal(upload(id, ada, text("%PDF"), "", long))).toBe("file-too-large");
    const file = (size: number) => ({
      mime: "application/zip",
      size,
      width: null,
      height: null,
      by: "u",
      uploadedAt: 0,
    });
    const reserve = (name: string, size: number) =>
      stubOf(id).reserveFiles([{ id: name, name, ...file(size) }]);
    expect(await reserve("most", assetLimits.bytes - 10)).toEqual({ ok: true });
    expect(await reserve("more", 11)).toEqual({ ok: false, code: "document-full" });
    expect(await refusal(upload(id, ada, jpeg(9, 9, [])))).toBe("document-full");
    expect(await bucketOf(id)).toEqual([]);
  });

  it("[WK90] only who may edit brings files, and only who may read gets them, at their own document", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const [id, other] = [await newDocument(ada), await newDocument(ada)];
    const kept = await uploaded(id, ada, png(9, 9));
    expect(await refusal(call("POST", `/api/documents/${id}/assets`, { raw: png(9, 9) }))).toBe(
      "unauthenticated",
    );
    for (const url of [
      `/api/documents/${other}/assets/${kept.asset}`,
      `/api/documents/${id}/assets/${"a".repeat(22)}`,
      `/api/documents/${id}/assets/..%2f${other}`,
    ])
      expect(await refusal(call("GET", url)), url).toBe("unknown-file");
    expect((await upload("A".repeat(22), ben, png(9, 9))).status).toBe(404);
    await onlyView(id);
    expect(await refusal(upload(id, ben, png(9, 9)))).toBe("forbidden");
    expect((await call("GET", kept.url, { token: ben.token })).status).toBe(200);
    await call("DELETE", `/api/documents/${id}`, { token: ada.token });
    expect((await call("GET", kept.url, { token: ben.token })).ok).toBe(false);
    const foreign = { token: ada.token, raw: png(9, 9), headers: { origin: "https://evil.test" } };
    expect(
      (await call("POST", `/api/documents/${other}/assets`, { ...foreign, token: undefined as never }))
        .status,
    ).toBe(403);
  });

  it("[WK87] parts are served to players, and what a browser has is not sent again", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const film = bytes(
      u32(16),
      "ftypisom",
      u32(0),
      Array.from({ length: 84 }, (_, i) => i),
    );
    const { url, mime } = await uploaded(id, ada, film, "film.mp4");
    expect(mime).toBe("video/mp4");
    const part = (range: string) => call("GET", url, { headers: { range } });
    const some = await part("bytes=20-29");
    expect(some.status).toBe(206);
    expect(some.headers.get("content-range")).toBe("bytes 20-29/100");
    expect(await bytesOf(some)).toEqual(film.slice(20, 30));
    expect(await bytesOf(part("bytes=-7"))).toEqual(film.slice(93));
    const beyond = await part("bytes=100-");
    expect([beyond.status, beyond.headers.get("content-range")]).toEqual([416, "bytes */100"]);
    expect((await part("bytes=9-1")).status).toBe(200);
    const etag = (await call("GET", url)).headers.get("etag") ?? "";
    const again = await call("GET", url, { headers: { "if-none-match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    expect((await call("GET", url, { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  it("[WK89] a body that ends before it is as long as it said leaves nothing", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    for (const raw of [png(9, 9), bytes("%PDF-1.7", new Uint8Array(9_000))]) {
      const { body } = new Response(raw);
      const init = { method: "POST", body, headers: headersFor(ada, raw.length + 500) };
      const response = await app.fetch(new Request(`${ORIGIN}/api/documents/${id}/assets`, init), bindings());
      expect(await refusal(response)).toBe("bad-request");
    }
    const { body } = new Response(png(9, 9));
    const { "content-length": _none, ...headers } = headersFor(ada, 0);
    const request = new Request(`${ORIGIN}/api/documents/${id}/assets`, { method: "POST", body, headers });
    expect(await refusal(app.fetch(request, bindings()))).toBe("length-required");
    expect(await bucketOf(id)).toEqual([]);
    expect(await kept(id)).toEqual([]);
  });

  it("[WK90] a server without a bucket says so", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const { UPLOADS: _none, ...env } = bindings();
    const init = { method: "POST", body: png(9, 9), headers: headersFor(ada, 99) };
    const response = await app.fetch(new Request(`${ORIGIN}/api/documents/${id}/assets`, init), env);
    expect(response.status).toBe(501);
    expect(await refusal(response)).toBe("no-uploads");
  });
});

function headersFor(who: Guest, length: number) {
  return { authorization: `Bearer ${who.token}`, "content-length": String(length) };
}

/** What the document has noted. */
function kept(id: string): Promise<unknown[]> {
  return runInDurableObject(stubOf(id), (_, { storage }) =>
    storage.sql.exec("SELECT id FROM assets").toArray(),
  );
}

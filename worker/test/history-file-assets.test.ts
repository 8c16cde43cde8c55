import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { GRACE_MS } from "../src/assets/collection.ts";
import { fireAlarm, later } from "./support/alarm.ts";
import { call, type Guest, guest, json, newDocument } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { bucket, bucketOf, bytesOf, uploaded } from "./support/files.ts";
import { exported, importedId, importFile, type Line, pack } from "./support/history-file.ts";
import { bytes, exif, jpeg, png } from "./support/pictures.ts";

function node(type: string, attrs: Readonly<Record<string, string>>) {
  return (doc: Y.Doc) => {
    const element = new Y.XmlElement(type);
    for (const [name, value] of Object.entries(attrs)) element.setAttribute(name, value);
    doc.getXmlFragment("default").push([element]);
  };
}

const pdf = bytes("%PDF-1.7\n", new Uint8Array(1_200_000).fill(66));

async function illustrated(): Promise<{ ada: Guest; id: string; picture: string; file: string }> {
  const ada = await guest("Ada");
  const id = await newDocument(ada, { title: "Album", markdown: "text" });
  const a = await Client.join(id, ada);
  const { asset: picture, src } = await uploaded(id, ada, png(20, 10), "house.png");
  const { asset: file, src: other } = await uploaded(id, ada, pdf, "Minutes.pdf");
  await a.write(node("image", { src }));
  await a.write(node("file", { src: other, name: "Minutes.pdf" }));
  return { ada, id, picture, file };
}

const verify = (id: string) =>
  json<{ ok: boolean; bad: Line | null }>(call("GET", `/api/documents/${id}/verify`));

describe("files in a history file", () => {
  it("[WK97] they come along and stand where they stood", async () => {
    const { ada, id, picture, file } = await illustrated();
    const lines = await exported(id);
    expect(lines[0]).toMatchObject({ version: 2 });
    expect(
      lines
        .filter((line) => "file" in line)
        .map(({ parts, ...line }) => [line.file, line.name, line.mime, parts]),
    ).toEqual(
      [
        [picture, "house.png", "image/png", 1],
        [file, "Minutes.pdf", "application/pdf", 3],
      ].sort(),
    );
    const copy = await importedId(ada, lines);
    expect(await bucketOf(copy)).toEqual([picture, file].sort());
    expect(await bytesOf(call("GET", `/api/documents/${copy}/assets/${picture}`))).toEqual(png(20, 10));
    const served = await call("GET", `/api/documents/${copy}/assets/${file}`);
    expect(served.headers.get("content-disposition")).toContain("Minutes.pdf");
    expect(await bytesOf(served)).toEqual(pdf);
    expect(await verify(copy)).toMatchObject({ ok: true, bad: null });
    for (let step = 0; step < 4; step++) await later(GRACE_MS * 1.1, () => fireAlarm(copy));
    expect(await bucketOf(copy)).toHaveLength(2);
    const again = await exported(copy);
    expect(again.filter((line) => "file" in line || "part" in line)).toEqual(
      lines.filter((line) => "file" in line || "part" in line),
    );
  });

  it("[WK97] a history without files is as it always was, and one of version 1 is still taken", async () => {
    const ada = await guest("Ada");
    const lines = await exported(await newDocument(ada, { markdown: "text" }));
    expect(lines[0]).toMatchObject({ version: 1 });
    expect((await importFile(ada, await pack(lines))).status).toBe(201);
  });

  it("[WK97] what is forged, cut off or of another kind is refused by the line, and nothing is left", async () => {
    const { ada, id, picture } = await illustrated();
    const lines = await exported(id);
    const before = new Set((await bucket().list()).objects.map(({ key }) => key));
    const at = lines.findIndex((line) => line.file === picture);
    const changed = (...changes: [number, Line | null][]) =>
      lines.flatMap((line, i) => {
        const change = changes.find(([n]) => n === i);
        return change === undefined ? [line] : change[1] === null ? [] : [{ ...line, ...change[1] }];
      });
    const refused = async (forged: Line[], sentence: string) => {
      const response = await importFile(ada, await pack(forged));
      expect([response.status, (await json<{ detail: string }>(response)).detail]).toEqual([
        422,
        expect.stringContaining(sentence),
      ]);
    };
    const b64 = (content: Uint8Array) => ({ b: content.toBase64() });
    const html = new TextEncoder().encode("<html><script>1</script></html>");
    await refused(
      changed([at, { size: html.length }], [at + 1, b64(html)]),
      "files of this kind are not taken",
    );
    const bomb = png(30_000, 30_000);
    await refused(changed([at, { size: bomb.length }], [at + 1, b64(bomb)]), "pixels");
    await refused(changed([at + 1, b64(png(20, 10).slice(0, 30))]), "smaller than was said");
    await refused(changed([at + 1, b64(bytes(png(20, 10), 1))]), "larger than was said");
    await refused(changed([at + 1, { part: 1 }]), "must stand in their order");
    await refused(changed([at + 1, null]), "is missing");
    await refused(changed([0, { version: 1 }]), "version 1 has no files");
    await refused(changed([at, { file: "../../another" }]), "22 letters and digits");
    const same = lines.filter((line) => "file" in line)[0];
    await refused([...lines.slice(0, -1), { ...same, parts: 0 }, ...lines.slice(-1)], "was there before");
    const after = (await bucket().list()).objects.map(({ key }) => key);
    expect(after.filter((key) => !before.has(key))).toEqual([]);
  });

  it("[WK83] [WK97] what a camera wrote into a picture is not taken from a history file either", async () => {
    const { ada, id, picture } = await illustrated();
    const photo = jpeg(20, 10, [exif(1)]);
    const lines = (await exported(id)).map((line, i, all) => {
      if (line.file === picture) return { ...line, size: photo.length };
      return all[i - 1]?.file === picture ? { ...line, b: photo.toBase64() } : line;
    });
    const copy = await importedId(ada, lines);
    const stored = await bytesOf(call("GET", `/api/documents/${copy}/assets/${picture}`));
    expect(new TextDecoder("latin1").decode(stored)).not.toContain("GPS");
  });

  it("[WK98] a picture whose bytes are not there is told of, and text that only speaks of one is not", async () => {
    const { ada, id, picture } = await illustrated();
    expect(await verify(id)).toMatchObject({ ok: true });
    const other = await newDocument(ada, { markdown: `asset:${picture}` });
    expect(await verify(other)).toMatchObject({ ok: true });
    await bucket().delete(`${id}/${picture}`);
    const told = await verify(id);
    expect(told).toMatchObject({ ok: false, bad: { part: "file" } });
    expect(told.bad?.sentence).toContain("a picture or file whose content is not there");
    const copy = await importedId(ada, await exported(id));
    expect(await verify(copy)).toMatchObject({ ok: false, bad: { part: "file" } });
  });
});

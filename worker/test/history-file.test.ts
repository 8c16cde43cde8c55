import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { alarmAfterSilence } from "./support/alarm.ts";
import { call, type Guest, guest, json, newDocument, ORIGIN, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import {
  exported,
  importedId,
  importFile,
  type Line,
  pack,
  unpacked,
  wholeHistory,
} from "./support/history-file.ts";

/** Two people, a session of each, a version, a restore, a deletion, formatting. */
async function lively(ada: Guest, ben: Guest): Promise<string> {
  const id = await newDocument(ada, { title: "Minutes", markdown: "# First\n\n**some** text" });
  const [a, b] = [await Client.join(id, ada), await Client.join(id, ben)];
  await a.write(paragraph("from Ada"));
  await b.write(paragraph("from Ben"));
  await a.write((doc) => doc.getXmlFragment("default").delete(0, 1));
  const path = `/api/documents/${id}`;
  const body = { name: "Draft", description: "before\nthe restore", seq: 2 };
  await json(call("POST", `${path}/versions`, { token: ada.token, body }));
  await json(call("POST", `${path}/restore`, { token: ben.token, body: { to: 2 } }));
  await a.write((doc) => doc.getMap("meta").set("title", "Minutes of May"));
  await b.write((doc) => doc.getText("default-2").insert(0, "x".repeat(70_000)));
  await b.write(paragraph("the end"));
  return id;
}

describe("a document with its whole history in one file", () => {
  it("[WK45] its lines are what the document was, and its last line tells that nothing is missing", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await lively(ada, ben);
    await hibernate(id);
    const response = await call("GET", `/api/documents/${id}/export`);
    expect(response.headers.get("content-type")).toBe("application/x-palimpsest-history");
    expect(response.headers.get("content-disposition")).toContain("Minutes%20of%20May.palimpsest");
    const lines = await exported(id);
    const { head } = await stubOf(id).stats();
    expect(lines[0]).toMatchObject({
      format: "palimpsest-history",
      version: 1,
      title: "Minutes of May",
      head,
      floor: 0,
    });
    expect(lines.filter((line) => "author" in line)).toEqual([
      { author: 1, ...ada.user },
      { author: 2, ...ben.user },
    ]);
    expect(lines.filter((line) => "automatic" in line)).toMatchObject([
      { seq: 2, name: "Draft", description: "before\nthe restore", a: 1, automatic: false },
      { seq: 4, automatic: true, a: 2 },
    ]);
    const frames = lines.filter((line) => "s" in line);
    expect(frames.map(({ s, k, a }) => [s, k, a])).toEqual([
      [1, "import", 1],
      [2, "edit", 1],
      [3, "edit", 2],
      [4, "edit", 1],
      [5, "restore", 2],
      [6, "edit", 1],
      [7, "edit", 2],
      [8, "edit", 2],
    ]);
    // the updates, one after the other, are the document
    const doc = new Y.Doc();
    for (const { u } of frames) Y.applyUpdate(doc, Uint8Array.fromBase64(u as string));
    expect(doc.getXmlFragment("default").toString()).toBe((await Client.join(id, ada)).text());
    expect(lines.filter((line) => "sealed" in line).map(({ sealed }) => sealed)).toContain(7);
    // made again, the last line is the same
    expect(lines.at(-1)).toEqual((await unpacked(new Blob([await pack(lines)]).stream())).at(-1));
  });

  it("[WK45] its seals can be made again as HISTORY-FILE.md says", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const lines = await exported(await lively(ada, ben));
    let link = new Uint8Array(32);
    let segment: number[] = [];
    let time = 0;
    let checked = 0;
    for (const line of lines) {
      if ("s" in line) {
        const update = Uint8Array.fromBase64(line.u as string);
        const since = (line.t as number) - time;
        time = line.t as number;
        segment.push(["edit", "import", "restore"].indexOf(line.k as string), ...varUint(line.a as number));
        segment.push(...varUint(since), ...("target" in line ? varUint(line.target as number) : []));
        segment.push(...varUint(update.length), ...update);
      }
      if ("sealed" in line) {
        const bytes = Uint8Array.from([...link, ...segment]);
        link = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
        [segment, time] = [[], 0];
        if (line.link !== null) expect(line.link).toBe(link.toHex());
        if (line.link !== null) checked++;
      }
    }
    expect(checked).toBeGreaterThan(0);
  });

  it("[WK45] what is written while it is read is not in it", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "first" });
    const a = await Client.join(id, ada);
    for (let i = 0; i < 6; i++) await a.write((doc) => doc.getText("aside").insert(0, noise(200_000)));
    const response = await call("GET", `/api/documents/${id}/export`);
    const reader = (response.body as ReadableStream).getReader();
    const chunks = [(await reader.read()).value];
    const head = 7;
    await a.write(paragraph("too late"));
    await json(call("POST", `/api/documents/${id}/versions`, { token: ada.token, body: { name: "late" } }));
    await alarmAfterSilence(id);
    for (let next = await reader.read(); !next.done; next = await reader.read()) chunks.push(next.value);
    const file = new Uint8Array(await new Blob(chunks).arrayBuffer());
    const made = await json<{ id: string }>(importFile(ada, file));
    const { entries } = await wholeHistory(made.id);
    expect((await stubOf(made.id).stats()).head).toBe(head);
    expect(JSON.stringify(entries)).not.toContain("late");
  });

  it("[WK46] imported, it has the same history, content at every moment, versions, and nobody's name but hearsay", async () => {
    const [ada, ben, eve] = [await guest("Ada"), await guest("Ben"), await guest("Eve")];
    const id = await lively(ada, ben);
    const file = await pack(await exported(id));
    const response = await importFile(eve, file);
    expect(response.status).toBe(201);
    const made = await json<{ id: string; title: string; url: string }>(response);
    expect(made).toEqual({ id: made.id, title: "Minutes of May", url: `${ORIGIN}/d/${made.id}` });
    await hibernate(made.id);
    const [before, after] = [await wholeHistory(id), await wholeHistory(made.id)];
    const hearsay = ({ user }: Guest) => ({
      id: `imported:${user.id}`,
      name: `${user.name} (imported)`,
      color: user.color,
    });
    const asTold = JSON.parse(
      JSON.stringify(before)
        .replaceAll(JSON.stringify(ada.user).slice(1, -1), JSON.stringify(hearsay(ada)).slice(1, -1))
        .replaceAll(JSON.stringify(ben.user).slice(1, -1), JSON.stringify(hearsay(ben)).slice(1, -1)),
    );
    expect(after).toEqual(asTold);

    // it is a document like any other, of Eve's
    const e = await Client.join(made.id, eve);
    await e.write(paragraph("goes on"));
    await alarmAfterSilence(made.id);
    expect((await stubOf(made.id).stats()).snapshots).toBe(1);
    await hibernate(made.id);
    expect((await Client.join(made.id, ben)).text()).toBe(e.text());
    const { documents } = await json<{ documents: { id: string }[] }>(
      call("GET", "/api/documents", { token: eve.token }),
    );
    expect(documents.map(({ id }) => id)).toContain(made.id);
    // and has a log of its own
    const logIds = await Promise.all(
      [id, made.id].map((id) =>
        runInDurableObject(stubOf(id), (_, { storage }) =>
          storage.sql.exec("SELECT value FROM meta WHERE key = 'log-id'").one(),
        ),
      ),
    );
    expect(logIds[0]).not.toEqual(logIds[1]);
  });

  it("[WK46] who imports is himself in it, and a second way through files changes no name again", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await importedId(ben, await exported(await lively(ada, ben)));
    const authors = (lines: Line[]) => lines.filter((line) => "author" in line);
    const once = authors(await exported(id));
    expect(once).toEqual([
      { author: 1, id: `imported:${ada.user.id}`, name: "Ada (imported)", color: ada.user.color },
      { author: 2, ...ben.user },
    ]);
    // Ada writes in it as herself beside what is said of her
    const a = await Client.join(id, ada);
    await a.write(paragraph("really me"));
    const again = await importedId(ben, await exported(id));
    expect(authors(await exported(again)).map(({ id, name }) => [id, name])).toEqual([
      [`imported:${ada.user.id}`, "Ada (imported)"],
      [ben.user.id, "Ben"],
      [`imported:${ada.user.id}+`, "Ada (imported)"],
    ]);
  });

  it("[WK46] one of thousands of frames goes over in parts", async () => {
    const ada = await guest("Ada");
    const doc = new Y.Doc();
    const frames: Line[] = [];
    doc.on("update", (update: Uint8Array) => {
      const s = frames.length + 1;
      frames.push({ s, t: 1_700_000_000_000 + s, a: 1, k: "edit", u: update.toBase64() });
    });
    const text = doc.getText("aside");
    for (let i = 0; i < 4_999; i++) text.insert(text.length, `${i} `);
    // more than a stretch between two seals may have
    text.insert(0, "x".repeat(3_000_000));
    const id = await importedId(ada, [
      {
        format: "palimpsest-history",
        version: 1,
        exportedAt: "2026-01-01T00:00:00.000Z",
        title: "",
        createdAt: "2023-01-01T00:00:00.000Z",
        head: 5_000,
        floor: 0,
      },
      { author: 1, ...ada.user },
      ...frames,
    ]);
    await hibernate(id);
    const late = await Client.join(id, ada);
    expect(late.doc.getText("aside").toString()).toBe(text.toString());
    const again = await exported(id);
    expect(again.filter((line) => "s" in line)).toEqual(frames);
    expect((await exported(await importedId(ada, again))).length).toBe(again.length);
    expect(await json(call("GET", `/api/documents/${id}/verify`))).toMatchObject({ ok: true, frames: 5_000 });
  });

  it("[WK46] the object may fall asleep between two parts, and goes on from what it has stored", async () => {
    const ada = await guest("Ada");
    const source = await newDocument(ada, { markdown: "first" });
    const a = await Client.join(source, ada);
    await a.write(paragraph("second"));
    await a.write((doc) => doc.getXmlFragment("default").delete(0, 1));
    await a.write(paragraph("third"));
    const frames = (await exported(source)).filter((line) => "s" in line);
    const id = "0123456789abcdefghijkl";
    const none = { authors: [], versions: [], restores: [], snapshots: [], frames: [] };
    await stubOf(id).beginHistory({ documentId: id, createdAt: 1, floor: 0 });
    const authors = [{ no: 1, userId: "imported:u", name: "Ada (imported)", color: "#000000" }];
    await stubOf(id).takeHistory({ ...none, authors });
    for (const { s, t, k, u } of frames) {
      await hibernate(id);
      const update = Uint8Array.fromBase64(u as string);
      const frame = {
        line: s as number,
        time: t as number,
        author: 1,
        kind: k as "edit",
        target: null,
        update,
      };
      expect(await stubOf(id).takeHistory({ ...none, frames: [frame] })).toEqual({ ok: true });
      // the same again is nothing new, which only who remembers can tell
      await hibernate(id);
      expect(await stubOf(id).takeHistory({ ...none, frames: [frame] })).toMatchObject({ ok: false });
    }
    expect(await stubOf(id).finishHistory()).toEqual({ title: "" });
    await hibernate(id);
    const content = await stubOf(id).content(null);
    expect(content).toMatchObject({ ok: true, seq: 4, author: { name: "Ada (imported)" } });
  });

  it("[WK47] one that was never finished is removed by its alarm", async () => {
    const id = "abcdefghijkl0123456789";
    await stubOf(id).beginHistory({ documentId: id, createdAt: 1, floor: 0 });
    await hibernate(id);
    await alarmAfterSilence(id);
    expect(await tablesOf(id)).toEqual([]);
  });
});

function varUint(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return [...bytes, rest];
    bytes.push((rest % 128) | 128);
  }
}

/** Characters that hardly pack. */
function noise(length: number): string {
  return Array.from({ length: length / 20_000 }, () =>
    crypto.getRandomValues(new Uint8Array(10_000)).toHex(),
  ).join("");
}

/** The tables that an object's database has; none when nothing was made. */
async function tablesOf(id: string): Promise<unknown[]> {
  return runInDurableObject(stubOf(id), (_, { storage }) =>
    storage.sql
      .exec("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_cf%' ESCAPE '\\'")
      .toArray(),
  );
}

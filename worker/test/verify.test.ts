import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { alarmAfterSilence } from "./support/alarm.ts";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import { refusal } from "./support/refusal.ts";
import { onlyView } from "./support/viewer.ts";

interface Answer {
  readonly ok: boolean;
  readonly sealed: number;
  readonly bad: {
    readonly part: string;
    readonly seq: number;
    readonly through: number;
    readonly sentence: string;
  } | null;
}

const verify = (id: string) => json<Answer>(call("GET", `/api/documents/${id}/verify`));

/** A document with closed rows of the log, a snapshot, a version, and something typed behind them. */
async function kept(): Promise<{ readonly id: string; readonly a: Client }> {
  const ada = await guest("Ada");
  const id = await newDocument(ada, { markdown: "some text to start with\n\n".repeat(2_000) });
  const a = await Client.join(id, ada);
  await a.write((doc) => doc.getText("aside").insert(0, "x".repeat(5_000)));
  await a.write((doc) => doc.getXmlFragment("default").delete(0, 3));
  await json(
    call("POST", `/api/documents/${id}/versions`, { token: ada.token, body: { name: "v", seq: 2 } }),
  );
  await alarmAfterSilence(id);
  await a.write(paragraph("and more"));
  await hibernate(id);
  return { id, a };
}

/** Runs SQL behind the object's back. */
async function tamper(id: string, sql: string): Promise<void> {
  await runInDurableObject(stubOf(id), (_, { storage }) => {
    storage.sql.exec(sql);
  });
  await hibernate(id);
}

describe("whether everything that is stored is whole", () => {
  it("[WK48] says so with what it has looked at, to readers too, and changes nothing", async () => {
    const { id } = await kept();
    await onlyView(id);
    const before = await stubOf(id).stats();
    expect(await verify(id)).toEqual({
      ok: true,
      frames: 4,
      segments: expect.any(Number),
      snapshots: 1,
      versions: 1,
      sealed: 2,
      bad: null,
    });
    expect(await stubOf(id).stats()).toEqual(before);
    expect(await refusal(call("GET", "/api/documents/0000000000000000000000/verify"))).toBe("not-found");
  });

  it("[WK48] an empty document is whole", async () => {
    const id = await newDocument(await guest("Ada"));
    expect(await verify(id)).toMatchObject({ ok: true, frames: 0, sealed: 0, bad: null });
  });

  it.each([
    [
      "a changed row of the log",
      "UPDATE segments SET bytes = zeroblob(length(bytes)) WHERE first_seq = 1",
      { part: "frame", seq: 1 },
    ],
    ["a row of the log that is gone", "DELETE FROM segments WHERE first_seq = 1", { part: "frame", seq: 1 }],
    [
      "a snapshot that cannot be read",
      "UPDATE snapshots SET bytes = substr(bytes, 1, 100)",
      { part: "snapshot", seq: 3 },
    ],
    ["a version of a moment that is none", "UPDATE versions SET seq = 99", { part: "version", seq: 99 }],
  ])("[WK48] %s is named, with a sentence for a person", async (_, sql, bad) => {
    const { id } = await kept();
    await tamper(id, sql);
    const answer = await verify(id);
    expect(answer).toMatchObject({ ok: false, bad });
    expect(answer.bad?.sentence).toMatch(/^[A-Z].*\d.*\.$/);
  });

  it("[WK48] a snapshot that can be read but is not what the log gives is found", async () => {
    const { id } = await kept();
    const ada = await guest("Ada");
    const other = await newDocument(ada, { markdown: "another text" });
    const b = await Client.join(other, ada);
    await b.write((doc) => doc.getText("aside").insert(0, "x".repeat(70_000)));
    await alarmAfterSilence(other);
    const [row] = await runInDurableObject(stubOf(other), (_, { storage }) =>
      storage.sql.exec("SELECT * FROM snapshots").toArray(),
    );
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      const names = Object.keys(row ?? {}).filter(
        (name) => !["seq", "created_at", "rows", "wakes"].includes(name),
      );
      const values = names.map((name) => row?.[name] as SqlStorageValue);
      storage.sql.exec(`UPDATE snapshots SET ${names.map((name) => `${name} = ?`).join(", ")}`, ...values);
    });
    await hibernate(id);
    const answer = await verify(id);
    expect(answer).toMatchObject({ ok: false, bad: { part: "snapshot", seq: 3, through: 3 } });
  });

  it("[WK48] people go on typing while it is looked at", async () => {
    const { id, a } = await kept();
    const [answer] = await Promise.all([
      verify(id),
      a.write(paragraph("meanwhile")),
      a.write(paragraph("and again")),
    ]);
    expect(answer).toMatchObject({ ok: true, bad: null });
    expect(await verify(id)).toMatchObject({ ok: true, frames: 6 });
    // who asks at the same time is told the same, also after somebody else was told
    const [one, other] = await Promise.all([verify(id), verify(id)]);
    expect(one).toEqual(other);
    await a.write(paragraph("once more"));
    expect(await verify(id)).toMatchObject({ ok: true, frames: 7 });
  });
});

describe("the history over HTTP", () => {
  it("[WK49] named versions alone, and the picture of the whole", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "first" });
    const path = `/api/documents/${id}`;
    const b = await Client.join(id, ben);
    await b.write(paragraph("second"));
    await json(call("POST", `${path}/versions`, { token: ada.token, body: { name: "one", seq: 1 } }));
    await json(call("POST", `${path}/restore`, { token: ada.token, body: { to: 1 } }));
    await hibernate(id);
    const named = await json<{ entries: object[] }>(call("GET", `${path}/history?filter=named`));
    expect(named).toMatchObject({
      head: 3,
      floor: 0,
      next: null,
      entries: [{ kind: "version", name: "one" }],
    });
    expect(named.entries).toHaveLength(1);
    expect(await json(call("GET", `${path}/timeline`))).toMatchObject({
      head: 3,
      floor: 0,
      people: [ada.user, ben.user],
      sessions: [
        { kind: "import", firstSeq: 1, lastSeq: 1, authors: [0] },
        { kind: "session", firstSeq: 2, lastSeq: 2, authors: [1] },
        { kind: "restore", firstSeq: 3, lastSeq: 3, authors: [0] },
      ],
      versions: [
        { seq: 1, name: "one", automatic: false },
        { seq: 2, automatic: true },
      ],
    });
    expect(await refusal(call("GET", `${path}/history?filter=mine`))).toBe("bad-request");
    expect(await refusal(call("GET", "/api/documents/0000000000000000000000/timeline"))).toBe("not-found");
  });
});

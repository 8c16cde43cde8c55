import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph, ticketFor, updateOf } from "./support/client.ts";
import { compactAndRestart } from "./support/compact.ts";
import { hibernate } from "./support/hibernate.ts";

interface Node {
  readonly type: string;
  readonly id?: string;
  readonly text?: string;
  readonly content?: readonly Node[];
  readonly by?: number | null;
  readonly at?: string | null;
  readonly restored?: { readonly by: number };
  readonly change?: { readonly kind: string; readonly n: number; readonly by: number | null };
}

interface Shown {
  readonly seq: number;
  readonly at: string | null;
  readonly title: string;
  readonly people: readonly { readonly id: string; readonly name: string }[];
  readonly content: Node;
}

interface Difference extends Shown {
  readonly from: { readonly seq: number };
  readonly to: { readonly seq: number };
  readonly summary: {
    readonly changes: number;
    readonly inserted: number;
    readonly deleted: number;
    readonly people: readonly {
      readonly person: number;
      readonly inserted: number;
      readonly deleted: number;
    }[];
  };
}

const get = <T>(id: string, rest: string) => json<T>(call("GET", `/api/documents/${id}/${rest}`));

const textAt = (doc: Y.Doc, i: number) =>
  (doc.getXmlFragment("default").get(i) as Y.XmlElement).get(0) as Y.XmlText;

const spans = (node: Node): Node[] =>
  node.text === undefined ? (node.content ?? []).flatMap(spans) : [node];

/** Three people, and a program that knows nothing but the address, write one document. */
async function writtenByFour() {
  const [ada, ben, cleo, robot] = [
    await guest("Ada"),
    await guest("Ben"),
    await guest("Cleo"),
    await guest("Robot"),
  ];
  const id = await newDocument(ada, { title: "Notes", markdown: "Seed." });
  const [a, b, c] = [await Client.join(id, ada), await Client.join(id, ben), await Client.join(id, cleo)];
  await a.write(paragraph("Ada wrote this."));
  await b.next("frames");
  await b.write((doc) => textAt(doc, 1).insert(4, "(and Ben) "));
  await c.next("frames");
  await c.next("frames");
  await c.write((doc) => textAt(doc, 0).insert(5, " Cleo."));
  const plain = await Client.joinPlain(id, await ticketFor(id, robot));
  const update = updateOf(plain.doc, (doc) => textAt(doc, 1).insert(0, "Robot: "));
  plain.send({ kind: "update", update });
  await a.next("frames");
  await a.next("frames");
  await a.next("frames");
  return { id, ada, ben, cleo, robot, a, b, c };
}

describe("looking at moments", () => {
  it("[WK60] a moment says when it was and by whom, and names its nodes; the same before and after compacting", async () => {
    const { id, ben } = await writtenByFour();
    const before = await get<Shown>(id, "content?at=3&ids=1");
    expect(before).toMatchObject({ seq: 3, title: "Notes", author: ben.user });
    expect(spans(before.content).map(({ text }) => text)).toEqual(["Seed.", "Ada (and Ben) wrote this."]);
    expect(before.content.content?.every(({ id: own }) => /^\d+:\d+$/.test(own ?? ""))).toBe(true);
    await compactAndRestart(id);
    expect(await get<Shown>(id, "content?at=3&ids=1")).toEqual(before);
    const { content } = await get<Shown>(id, "content?at=3");
    expect(JSON.stringify(content)).not.toContain('"id"');
    expect(await get<Shown>(id, "content?at=0")).toMatchObject({ seq: 0, at: null, author: null, title: "" });
  });

  it("[WK61] who wrote each character, for three people and a program, through compactions and restarts", async () => {
    const { id } = await writtenByFour();
    const told = async (rest: string) => {
      const { people, content } = await get<Shown>(id, `authorship${rest}`);
      return spans(content).map(({ text, by }) => [text, people[by ?? -1]?.name]);
    };
    const expected = [
      ["Seed.", "Ada"],
      [" Cleo.", "Cleo"],
      ["Robot: ", "Robot"],
      ["Ada ", "Ada"],
      ["(and Ben) ", "Ben"],
      ["wrote this.", "Ada"],
    ];
    expect(await told("")).toEqual(expected);
    await compactAndRestart(id);
    expect(await told("")).toEqual(expected);
    expect(await told("?at=2")).toEqual([
      ["Seed.", "Ada"],
      ["Ada wrote this.", "Ada"],
    ]);
  });

  it("[WK62] text that a restore brought back is its writer's, and says who restored it", async () => {
    const { id, cleo, a } = await writtenByFour();
    await a.write((doc) => doc.getXmlFragment("default").delete(1, 1));
    await json(call("POST", `/api/documents/${id}/restore`, { token: cleo.token, body: { to: 5 } }));
    await compactAndRestart(id);
    const { people, content } = await get<Shown>(id, "authorship");
    const second = spans(content).slice(2);
    expect(
      second.map(({ text, by, restored }) => [
        text,
        people[by ?? -1]?.name,
        people[restored?.by ?? -1]?.name,
      ]),
    ).toEqual([
      ["Robot: ", "Robot", "Cleo"],
      ["Ada ", "Ada", "Cleo"],
      ["(and Ben) ", "Ben", "Cleo"],
      ["wrote this.", "Ada", "Cleo"],
    ]);
  });

  it("[WK63] what became of the document between two moments, and by whom, in either direction", async () => {
    const { id, a } = await writtenByFour();
    await a.write((doc) => textAt(doc, 0).delete(0, 4));
    const { from, to, summary, people, content } = await get<Difference>(id, "diff?from=2&to=6");
    expect([from.seq, to.seq]).toEqual([2, 6]);
    expect(
      spans(content).map(({ text, change }) => [text, change?.kind, people[change?.by ?? -1]?.name]),
    ).toEqual([
      ["Seed", "deleted", "Ada"],
      [".", undefined, undefined],
      [" Cleo.", "inserted", "Cleo"],
      ["Robot: ", "inserted", "Robot"],
      ["Ada ", undefined, undefined],
      ["(and Ben) ", "inserted", "Ben"],
      ["wrote this.", undefined, undefined],
    ]);
    expect(summary).toMatchObject({ changes: 4, inserted: 23, deleted: 4 });
    const back = await get<Difference>(id, "diff?from=6&to=2");
    expect(back.summary).toMatchObject({ changes: 4, inserted: 4, deleted: 23 });
    expect((await get<Difference>(id, "diff?from=2")).to.seq).toBe(6);
  });

  it("[WK64] moments that are not there are refused with what is", async () => {
    const { id, ada } = await writtenByFour();
    const other = await newDocument(ada, { markdown: "other" });
    const { id: foreign } = await json<{ id: string }>(
      call("POST", `/api/documents/${other}/versions`, { token: ada.token, body: { name: "v" } }),
    );
    const refusal = async (rest: string) => {
      const response = await call("GET", `/api/documents/${id}/${rest}`);
      const { code } = await json<{ code: string }>(response);
      return [response.status, code];
    };
    expect(await refusal("diff?from=1&to=99")).toEqual([404, "beyond-head"]);
    expect(await refusal("diff?from=yesterday")).toEqual([400, "bad-moment"]);
    expect(await refusal("diff")).toEqual([400, "bad-request"]);
    expect(await refusal(`diff?from=${foreign}`)).toEqual([404, "unknown-version"]);
    expect(await refusal("authorship?at=99")).toEqual([404, "beyond-head"]);
    expect(await refusal(`content?ids=1&at=${foreign}`)).toEqual([404, "unknown-version"]);
  });
});

describe("looking at a document of which a row of the log cannot be read", () => {
  it("[WK72] moments before it, and from the next snapshot on, are shown, compared and credited all the same", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "Start." });
    const a = await Client.join(id, ada);
    // each is a row of its own
    const long = (word: string) => `${word} ${"text ".repeat(2_000)}`;
    for (const word of ["One", "Two", "Three"]) await a.write(paragraph(long(word)));
    await compactAndRestart(id);
    await a.write(paragraph("Four"));
    const before = await get<Shown>(id, "content?at=2");
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      const [row] = storage.sql
        .exec<{ first_seq: number; bytes: ArrayBuffer }>(
          "SELECT first_seq, bytes FROM segments WHERE last_seq = 3",
        )
        .toArray();
      const bytes = new Uint8Array(row?.bytes ?? new ArrayBuffer(0));
      bytes[5_000] = (bytes[5_000] as number) ^ 1;
      storage.sql.exec("UPDATE segments SET bytes = ? WHERE first_seq = ?", bytes, row?.first_seq ?? 0);
    });
    await hibernate(id);
    expect(await get<Shown>(id, "content?at=2")).toEqual(before);
    expect((await get<Difference>(id, "diff?from=1&to=2")).summary.changes).toBe(1);
    expect((await get<Difference>(id, "diff?from=4&to=5")).summary.inserted).toBe(4);
    const damaged = await call("GET", `/api/documents/${id}/content?at=3`);
    expect([damaged.status, (await json<{ code: string }>(damaged)).code]).toEqual([500, "document-damaged"]);
    const { people, content } = await get<Shown>(id, "authorship");
    expect(spans(content)).toHaveLength(5);
    for (const { by, at, text } of spans(content)) {
      expect(people[by ?? -1]?.name).toBe("Ada");
      expect(at === null).toBe(text?.startsWith("Two") === true);
    }
  });
});

import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph, updateOf } from "./support/client.ts";
import { compactAndRestart } from "./support/compact.ts";
import { hibernate } from "./support/hibernate.ts";

interface Restored {
  readonly seq: number;
  readonly undo: number;
  readonly changed: boolean;
  readonly kept: string | null;
}

interface Node {
  readonly type: string;
  readonly id: string;
  readonly text?: string;
  readonly content?: readonly Node[];
}

const textAt = (doc: Y.Doc, i: number) =>
  (doc.getXmlFragment("default").get(i) as Y.XmlElement).get(0) as Y.XmlText;

/** The paragraphs of a document, as another program reads them. */
async function blocks(id: string, at = ""): Promise<string[]> {
  const { content } = await json<{ content: Node }>(call("GET", `/api/documents/${id}/content${at}`));
  return (content.content ?? []).map(textOf);
}

const textOf = (node: Node): string => node.text ?? (node.content ?? []).map(textOf).join("");

async function idsAt(id: string, seq: number): Promise<string[]> {
  const { content } = await json<{ content: Node }>(
    call("GET", `/api/documents/${id}/content?at=${seq}&ids=1`),
  );
  return (content.content ?? []).map((node) => node.id);
}

async function restore(id: string, who: Guest, body: object): Promise<Restored> {
  const response = await call("POST", `/api/documents/${id}/restore`, { token: who.token, body });
  expect(response.status).toBe(200);
  return json<Restored>(response);
}

interface Entry {
  readonly kind: string;
  readonly how?: string;
  readonly of?: { readonly name: string } | null;
}

async function newestEntry(id: string): Promise<Entry | undefined> {
  const { entries } = await json<{ entries: Entry[] }>(call("GET", `/api/documents/${id}/history`));
  return entries[0];
}

/** "One", "Two" and "Three"; then Ben changes the first and deletes the second, and Ada goes on in the third. */
async function changedByTwo() {
  const [ada, ben] = [await guest("Ada"), await guest("Ben")];
  const id = await newDocument(ada, { markdown: "One\n\nTwo\n\nThree" });
  const [a, b] = [await Client.join(id, ada), await Client.join(id, ben)];
  await b.write((doc) => textAt(doc, 0).insert(3, " and a half"));
  await b.write((doc) => doc.getXmlFragment("default").delete(1, 1));
  await a.next("frames");
  await a.next("frames");
  await a.write((doc) => textAt(doc, 1).insert(5, " by Ada"));
  return { id, ada, ben, a, b };
}

describe("bringing a part back", () => {
  it("[WK65] a block is as it was, and nothing else is; one that is gone stands at its place again", async () => {
    const { id, ada, a } = await changedByTwo();
    expect(await blocks(id)).toEqual(["One and a half", "Three by Ada"]);
    const [one, two] = await idsAt(id, 1);
    await compactAndRestart(id);
    const back = await restore(id, ada, { to: 1, blocks: [two] });
    expect(back).toMatchObject({ changed: true, undo: 4, seq: 5 });
    expect(back.kept).toMatch(/^v_/);
    expect(await blocks(id)).toEqual(["One and a half", "Two", "Three by Ada"]);
    await restore(id, ada, { to: 1, blocks: [one] });
    expect(await blocks(id)).toEqual(["One", "Two", "Three by Ada"]);
    expect(await restore(id, ada, { to: 1, blocks: [one] })).toMatchObject({ changed: false, kept: null });
    await a.next("frames");
    await a.next("frames");
    expect(a.text()).toContain("Two");
    expect(await newestEntry(id)).toMatchObject({ kind: "restore", how: "part" });
  });

  it("[WK66] a selection is as it was", async () => {
    const { id, ada, a } = await changedByTwo();
    await a.write((doc) => textAt(doc, 1).delete(0, 5));
    const [, two, three] = await idsAt(id, 1);
    await compactAndRestart(id);
    const selection = { from: { block: two, offset: 1 }, to: { block: three, offset: 2 } };
    await restore(id, ada, { to: 1, selection });
    expect(await blocks(id)).toEqual(["One and a half", "wo", "Th by Ada"]);
  });

  it("[WK67] what a change deleted comes back from the comparison", async () => {
    const { id, ada } = await changedByTwo();
    await compactAndRestart(id);
    const { content } = await json<{ content: Node }>(call("GET", `/api/documents/${id}/diff?from=1&to=4`));
    const deleted = (content.content ?? []).find(
      (node) => (node as unknown as { change?: { kind: string } }).change?.kind === "deleted",
    ) as unknown as { change: { n: number } };
    await restore(id, ada, { from: 1, to: 4, change: deleted.change.n });
    expect(await blocks(id)).toEqual(["One and a half", "Two", "Three by Ada"]);
  });

  it("[WK68] what one person did in a stretch is taken back, and others' later work stays", async () => {
    const { id, ada, ben, a } = await changedByTwo();
    await a.write((doc) => textAt(doc, 0).insert(0, "Still: "));
    await compactAndRestart(id);
    await restore(id, ada, { by: ben.user.id, after: 1, through: 3 });
    expect(await blocks(id)).toEqual(["Still: One", "Two", "Three by Ada"]);
    expect(await newestEntry(id)).toMatchObject({ how: "person", of: { name: "Ben" } });
  });

  it("[WK69] one click takes a restore back exactly, also when others have typed since", async () => {
    const { id, ada, ben, a, b } = await changedByTwo();
    const before = await blocks(id);
    const { seq } = await restore(id, ada, { to: 1 });
    expect(await blocks(id)).toEqual(["One", "Two", "Three"]);
    await compactAndRestart(id);
    expect(await restore(id, ada, { undo: seq })).toMatchObject({ changed: true });
    expect(await blocks(id)).toEqual(before);
    expect(await newestEntry(id)).toMatchObject({ how: "undo" });

    const again = await restore(id, ben, { to: 1 });
    for (const client of [a, b]) while ((await client.next("frames")).seq < again.seq);
    await b.write((doc) => textAt(doc, 0).insert(0, "Since then: "));
    await hibernate(id);
    await restore(id, ada, { undo: again.seq });
    expect(await blocks(id)).toEqual([`Since then: ${before[0]}`, before[1]]);
  });

  it("[WK69] what was typed into a block that the restore had brought back stays when that is taken back", async () => {
    const { id, ada, b } = await changedByTwo();
    const { seq } = await restore(id, ada, { to: 1 });
    while ((await b.next("frames")).seq < seq);
    expect(b.text()).toContain("Two");
    await b.write((doc) => textAt(doc, 1).insert(3, " and Ben's words"));
    await compactAndRestart(id);
    await restore(id, ada, { undo: seq });
    expect(await blocks(id)).toEqual(["One and a half", " and Ben's words", "Three by Ada"]);
  });

  it("[WK70] what is typed into what a restore removes is kept with whose it is, and can be put back or dismissed", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "First" });
    const [a, b] = [await Client.join(id, ada), await Client.join(id, ben)];
    await a.write(paragraph("Added later"));
    await b.next("frames");
    // Ben has typed when Ada restores, and his words are still on their way
    const [late, later] = [" by Ben", " and more"].map((words) =>
      updateOf(b.doc, (doc) => textAt(doc, 1).insert(textAt(doc, 1).length, words)),
    ) as [Uint8Array, Uint8Array];
    await restore(id, ada, { to: 1 });
    await a.next("notice");
    await hibernate(id);
    b.push(late);
    await b.next("ack");
    expect(await a.next("notice")).toMatchObject({ notice: { kind: "history" } });
    b.push(later);
    await b.next("ack");
    expect(await blocks(id)).toEqual(["First"]);

    await compactAndRestart(id);
    const listed = () =>
      json<{ rescues: Record<string, unknown>[] }>(call("GET", `/api/documents/${id}/rescues`));
    const { rescues } = await listed();
    expect(rescues).toHaveLength(1);
    expect(rescues[0]).toMatchObject({ restore: 3, seq: 5, author: ben.user, text: " by Ben and more" });
    const path = `/api/documents/${id}/rescues/${rescues[0]?.id}`;
    expect((await call("POST", path)).status).toBe(401);
    expect(await json(call("POST", path, { token: ben.token }))).toEqual({ seq: 6, changed: true });
    expect(await blocks(id)).toEqual(["First", " by Ben and more"]);
    expect(await listed()).toEqual({ rescues: [] });
    expect(await json(call("POST", path, { token: ben.token }))).toMatchObject({ code: "unknown-rescue" });
    expect(await newestEntry(id)).toMatchObject({ how: "rescue", of: { name: "Ben" } });
  });

  it("[WK70] a dismissed one is not listed again, and stays in the history", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "First" });
    const b = await Client.join(id, ben);
    await b.write(paragraph("Added"));
    const late = updateOf(b.doc, (doc) => textAt(doc, 1).insert(0, "Lost? "));
    await restore(id, ada, { to: 1 });
    b.push(late);
    await b.next("ack");
    const listed = () => json<{ rescues: { id: string }[] }>(call("GET", `/api/documents/${id}/rescues`));
    const [rescue] = (await listed()).rescues;
    const path = `/api/documents/${id}/rescues/${rescue?.id}`;
    expect((await call("DELETE", path, { token: ada.token })).status).toBe(204);
    expect((await listed()).rescues).toEqual([]);
    expect((await call("DELETE", path, { token: ada.token })).status).toBe(404);
    expect((await stubOf(id).stats()).head).toBe(4);
  });

  it("[WK70] a row of the log that cannot be read does not keep anybody from typing after a restore", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "First" });
    const a = await Client.join(id, ada);
    for (const word of ["one", "two"]) await a.write(paragraph(word.padEnd(6_000, " more")));
    await restore(id, ada, { to: 1 });
    await a.write(paragraph("three".padEnd(6_000, " more")));
    await compactAndRestart(id);
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      storage.sql.exec("UPDATE segments SET checksum = checksum + 1 WHERE last_seq = 3");
    });
    await hibernate(id);
    const again = await Client.join(id, ada);
    await again.write(paragraph("four"));
    await again.write(paragraph("five"));
    expect((await blocks(id)).slice(-2)).toEqual(["four", "five"]);
  });

  it("[WK71] what cannot be brought back is refused with a reason, and nothing is written", async () => {
    const { id, ada, ben } = await changedByTwo();
    const other = await newDocument(ada, { markdown: "Other" });
    const [foreign] = await idsAt(other, 1);
    const [one] = await idsAt(id, 1);
    const before = await stubOf(id).stats();
    const refused = async (body: unknown) => {
      const response = await call("POST", `/api/documents/${id}/restore`, { token: ada.token, body });
      const { code } = await json<{ code: string }>(response);
      return [response.status, code];
    };
    expect(await refused({ to: 99 })).toEqual([404, "beyond-head"]);
    expect(await refused({ to: 1, blocks: [foreign] })).toEqual([404, "unknown-passage"]);
    expect(await refused({ to: 0, blocks: [one] })).toEqual([404, "unknown-passage"]);
    expect(await refused({ to: 1, blocks: ["x"] })).toEqual([400, "bad-request"]);
    expect(await refused({ to: 1, blocks: [] })).toEqual([400, "bad-request"]);
    expect(await refused({ from: 1, to: 4, change: 99 })).toEqual([404, "unknown-passage"]);
    expect(await refused({ from: 4, to: 1, change: 1 })).toEqual([404, "unknown-passage"]);
    expect(await refused({ undo: 2 })).toEqual([409, "not-a-restore"]);
    expect(await refused({ undo: 99 })).toEqual([409, "not-a-restore"]);
    expect(await refused({ by: "nobody", after: 0, through: 2 })).toEqual([404, "unknown-person"]);
    expect(await refused({ by: ben.user.id, after: 2, through: 2 })).toEqual([400, "bad-stretch"]);
    expect(await refused({ by: ben.user.id, after: 2, through: 99 })).toEqual([404, "beyond-head"]);
    expect(await refused({})).toEqual([400, "bad-request"]);
    expect(await refused({ to: 1, undo: 2 })).toEqual([400, "bad-request"]);
    expect(await stubOf(id).stats()).toEqual(before);
  });
});

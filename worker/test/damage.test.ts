import { runInDurableObject } from "cloudflare:test";
import { SqliteStore } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { alarmAfterSilence, alarmOf } from "./support/alarm.ts";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, openSocket, paragraph, ticketFor } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

/** Changes what is stored behind the object's back. @returns what undoes it */
async function damage(
  id: string,
  table: "segments" | "snapshots",
  where: string,
): Promise<() => Promise<void>> {
  const column = await runInDurableObject(stubOf(id), (_, { storage }) => {
    const [row] = storage.sql.exec(`SELECT rowid AS id, bytes FROM ${table} ${where} LIMIT 1`).toArray();
    const bytes = row?.bytes as ArrayBuffer;
    storage.sql.exec(
      `UPDATE ${table} SET bytes = ? WHERE rowid = ?`,
      bytes.slice(0, bytes.byteLength - 3),
      row?.id,
    );
    return { id: row?.id as number, bytes };
  });
  await hibernate(id);
  return async () => {
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      storage.sql.exec(`UPDATE ${table} SET bytes = ? WHERE rowid = ?`, column.bytes, column.id);
    });
    await hibernate(id);
  };
}

const newest = "ORDER BY rowid DESC";

describe("what is stored cannot be read", () => {
  it("[WK31] a damaged snapshot is read around, and the next one is whole", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "some text to start with\n\n".repeat(2_000) });
    const a = await Client.join(id, ada);
    await a.write(paragraph("one"));
    await alarmAfterSilence(id);
    expect((await stubOf(id).stats()).snapshots).toBe(1);
    await a.write((doc) => doc.getXmlFragment("default").delete(0, 3));
    const before = await json(call("GET", `/api/documents/${id}/content`));
    await damage(id, "snapshots", newest);
    expect(await json(call("GET", `/api/documents/${id}/content`))).toEqual(before);
    await hibernate(id);
    const plain = await Client.joinPlain(id);
    expect(plain.text()).toBe(a.text());
    await hibernate(id);
    const late = await Client.join(id, ada);
    expect(late.text()).toBe(a.text());
    expect((await stubOf(id).stats()).snapshots).toBe(0);
    await late.write(paragraph("goes on"));
    await alarmAfterSilence(id);
    await hibernate(id);
    expect((await stubOf(id).stats()).snapshots).toBeGreaterThan(0);
    expect((await Client.join(id, ada)).text()).toContain("goes on");
  });

  it("[WK35] what was found damaged is replaced by the next alarm, though little was written and nobody types", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "some text to start with\n\n".repeat(2_000) });
    await alarmAfterSilence(id);
    const a = await Client.join(id, ada);
    await a.write(paragraph("one"));
    a.close();
    await alarmAfterSilence(id);
    await runInDurableObject(stubOf(id), (_, { storage }) => {
      const [row] = storage.sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM snapshots").toArray();
      const bytes = new Uint8Array(row?.bytes ?? new ArrayBuffer(0));
      bytes[1_000] = (bytes[1_000] as number) ^ 1;
      storage.sql.exec("UPDATE snapshots SET bytes = ?", bytes);
    });
    await hibernate(id);
    const before = await json(call("GET", `/api/documents/${id}/content`));
    expect(JSON.stringify(before)).toContain("one");
    await hibernate(id);
    expect((await stubOf(id).stats()).snapshots).toBe(0);
    expect(await alarmOf(id)).toBeNull();
    await Client.join(id, ada);
    await hibernate(id);
    await alarmAfterSilence(id);
    expect((await stubOf(id).stats()).snapshots).toBe(1);
    expect(await json(call("GET", `/api/documents/${id}/content`))).toEqual(before);
    expect(
      await runInDurableObject(
        stubOf(id),
        (_, { storage }) => new SqliteStore(sqlDriver(storage)).damagedSnapshots,
      ),
    ).toEqual([]);
  });

  it("[WK32] a damaged log is served as far as it goes, refuses writers with a sentence, and is written over by nobody", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "first words" });
    const a = await Client.join(id, ada);
    await a.write((doc) => doc.getText("aside").insert(0, "x".repeat(5_000)));
    await a.write(paragraph("the end of it"));
    const whole = await json(call("GET", `/api/documents/${id}/content`));
    a.close();
    const stored = () =>
      runInDurableObject(stubOf(id), (_, { storage }) =>
        storage.sql.exec("SELECT first_seq, last_seq, hex(bytes) AS bytes FROM segments").toArray(),
      );
    const mend = await damage(id, "segments", newest);
    const damaged = await stored();

    const refused = new Client(await openSocket(id, await ticketFor(id, ada)));
    expect(await refused.closed()).toMatchObject({ code: 4450 });
    const present = await call("GET", `/api/documents/${id}/content`);
    expect(await present.json()).toMatchObject({ status: 500, code: "document-damaged" });
    expect(await json(call("GET", `/api/documents/${id}/content?at=1&format=json`))).toMatchObject({
      seq: 1,
    });
    await alarmAfterSilence(id);
    await hibernate(id);
    expect(await stored()).toEqual(damaged);

    await mend();
    expect(await json(call("GET", `/api/documents/${id}/content`))).toEqual(whole);
    const again = await Client.join(id, ada);
    await again.write(paragraph("and goes on"));
    expect(again.text()).toContain("the end of it");
  });
});

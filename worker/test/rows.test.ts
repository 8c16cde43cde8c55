import { runInDurableObject } from "cloudflare:test";
import { expect, it } from "vitest";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { guest, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";

it("[WK21] a message is one row written, as the platform counts it", async () => {
  const ada = await guest("Ada");
  const id = await newDocument(ada);
  const client = await Client.join(id, ada);
  await client.write(paragraph("the first one stores the author and the client too"));
  const before = await stubOf(id).stats();
  for (let i = 0; i < 10; i++) await client.write(paragraph(`line ${i}`));
  const after = await stubOf(id).stats();
  expect(after.rowsWritten - before.rowsWritten).toBe(10);

  const billed = await runInDurableObject(stubOf(id), (_, { storage }) => {
    const driver = sqlDriver(storage);
    const [row] = driver.query("SELECT * FROM segments ORDER BY first_seq DESC LIMIT 1");
    const again = `INSERT INTO segments (first_seq, last_seq, last_time, form, extra_parts, size, rows, wakes, checksum, bytes)
       VALUES (?, ?, 0, 0, 0, ?, 0, 0, 0, ?) ON CONFLICT (first_seq) DO UPDATE SET bytes = excluded.bytes`;
    const { first_seq: first = 1, last_seq: last = 1, size = 0, bytes = null } = row ?? {};
    return driver.exec(again, first, last, size, bytes);
  });
  expect(billed).toBe(1);
});

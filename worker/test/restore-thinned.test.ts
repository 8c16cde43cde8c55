import { runInDurableObject } from "cloudflare:test";
import { SqliteStore } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import type * as Y from "yjs";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { summarise } from "../src/document/summarise.ts";
import { thin, thinningPlan } from "../src/document/thinning.ts";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { compactAndRestart } from "./support/compact.ts";
import { hibernate } from "./support/hibernate.ts";

const DAY = 24 * 60 * 60 * 1000;

/** Forgets all that is older than a day, as if ten had gone by. */
async function forgetThePast(id: string): Promise<void> {
  await runInDurableObject(stubOf(id), async (_, { storage }) => {
    const store = new SqliteStore(sqlDriver(storage), { summarise });
    const now = Date.now() + 10 * DAY;
    for (
      let plan = thinningPlan(store, DAY, now);
      plan.kind !== "none";
      plan = thinningPlan(store, DAY, now)
    ) {
      await thin(plan, store, now, async () => undefined);
    }
  });
  await hibernate(id);
}

describe("bringing back what lies below the floor", () => {
  it("[WK73] a version is brought back whole, and taken back again; a moment that is gone is refused", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "T", markdown: "# First\n\nsome **bold** text" });
    const version = await json<{ id: string }>(
      call("POST", `/api/documents/${id}/versions`, { token: ada.token, body: { name: "Kept" } }),
    );
    const then = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content?at=1`));
    const a = await Client.join(id, ada);
    await a.write((doc: Y.Doc) => doc.getXmlFragment("default").delete(0, 1));
    await a.write(paragraph("later"));
    await compactAndRestart(id);
    await a.write(paragraph("latest"));
    await hibernate(id);
    await forgetThePast(id);
    const restore = async (body: object) => {
      const response = await call("POST", `/api/documents/${id}/restore`, { token: ada.token, body });
      return {
        status: response.status,
        ...(await json<{ code?: string; seq?: number; changed?: boolean }>(response)),
      };
    };
    expect((await stubOf(id).stats()).floor).toBe(3);
    const before = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content`));

    const restored = await restore({ to: version.id });
    expect(restored).toMatchObject({ status: 200, changed: true, seq: 5 });
    expect(await json(call("GET", `/api/documents/${id}/content`))).toMatchObject({ content: then.content });
    expect(await restore({ to: version.id })).toMatchObject({ changed: false });
    expect(await restore({ undo: 5 })).toMatchObject({ changed: true });
    expect(await json(call("GET", `/api/documents/${id}/content`))).toMatchObject({
      content: before.content,
    });

    expect(await restore({ to: 2 })).toMatchObject({ status: 410, code: "before-floor" });
    expect(await restore({ to: version.id, blocks: ["1:1"] })).toMatchObject({
      status: 410,
      code: "before-floor",
    });
    const compared = await call("GET", `/api/documents/${id}/diff?from=${version.id}`);
    expect([compared.status, (await json<{ code: string }>(compared)).code]).toEqual([410, "before-floor"]);
  });
});

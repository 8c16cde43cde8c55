import type { Identity } from "@palimpsest/protocol";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { compactNow } from "../src/document/compaction.ts";
import { planRestore } from "../src/document/restore.ts";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph, updateOf } from "./support/client.ts";
import { crashBefore, type Stage } from "./support/crash.ts";

/** Everything that a later start of the document finds. */
async function found(id: string) {
  const stub = stubOf(id);
  const { head, snapshots, logBytes, versions } = await stub.stats();
  const moments = [];
  for (let at = 0; at <= head; at++)
    moments.push(await json(call("GET", `/api/documents/${id}/content?at=${at}`)));
  return { head, snapshots, logBytes, versions, moments };
}

/** Crashes before every statement in turn: each time the old state is found, whole; at last the act succeeds. */
async function crashEverywhere(id: string, act: (stage: Stage) => void): Promise<number> {
  const before = await found(id);
  for (let k = 1; ; k++) {
    if (!(await crashBefore(k, id, act))) return k - 1;
    expect(await found(id)).toEqual(before);
  }
}

async function preparedDocument(): Promise<{ id: string; ada: Guest; client: Client }> {
  const ada = await guest("Ada");
  const id = await newDocument(ada, { title: "T", markdown: "# Seed\n\nsome text" });
  const client = await Client.join(id, ada);
  await client.write(paragraph("one"));
  await client.write((doc) => doc.getXmlFragment("default").delete(1, 1));
  return { id, ada, client };
}

function editOf(client: Client, text: string) {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(client.doc));
  return updateOf(copy, paragraph(text));
}

function appending(user: Identity, update: Uint8Array) {
  return ({ host }: Stage) => {
    host.dispatch({ kind: "edit", as: "edit", user, update, now: Date.now() });
  };
}

describe("a crash before any statement leaves the old state or the new one", () => {
  for (const [what, size] of [
    ["one frame", 5],
    ["a frame that closes a segment", 6_000],
    ["a frame of several rows", 4_500_000],
  ] as const) {
    it(`[I9] [I3] while appending ${what}`, async () => {
      const { id, ada, client } = await preparedDocument();
      const update = editOf(client, "x".repeat(size));
      expect(await crashEverywhere(id, appending(ada.user, update))).toBeGreaterThan(1);
      const late = await Client.join(id, ada);
      expect(late.text()).toContain("x".repeat(size));
    });
  }

  it("[I6] while compacting, with a snapshot before and many after", async () => {
    const { id, ada } = await preparedDocument();
    for (let round = 0; round < 3; round++) {
      const before = await found(id);
      const statements = await crashEverywhere(id, ({ store }) => compactNow(store, Date.now()));
      expect(statements).toBeGreaterThan(3);
      const after = await found(id);
      expect(after.moments).toEqual(before.moments);
      expect(after.logBytes).toBe(before.logBytes);
      expect(after.snapshots).toBeGreaterThan(0);
      const late = await Client.join(id, ada);
      await late.write(paragraph(`after round ${round}`));
      await late.write((doc) => doc.getXmlFragment("default").delete(0, 1));
    }
  });

  it("[I6] while restoring", async () => {
    const { id, ada } = await preparedDocument();
    const target = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content?at=1`));
    await crashEverywhere(id, ({ store, host }) => {
      const restoring = planRestore(1 as never, 4_000_000_001 as never, store);
      if (restoring.kind !== "edit") throw new Error("there is something to restore");
      const { update } = restoring;
      host.dispatch({
        kind: "edit",
        as: "restore",
        target: 1 as never,
        user: ada.user,
        update,
        now: Date.now(),
      });
    });
    const now = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content`));
    expect(now.content).toEqual(target.content);
  });

  it("[I1] [I2] a crash between storing and sending: nobody saw it, and nothing is half there", async () => {
    const { id, ada, client } = await preparedDocument();
    const before = await found(id);
    const update = editOf(client, "never sent");
    // the statement after the append is the one that would follow it in the same turn
    const crashed = await crashBefore(99, id, (stage) => {
      appending(ada.user, update)(stage);
      for (;;) stage.store.writeNote("filler", "after the append, before the turn has ended");
    });
    expect(crashed).toBe(true);
    expect(await found(id)).toEqual(before);
  });
});

import { runInDurableObject } from "cloudflare:test";
import { type ConnectionId, encodeMessage, type Identity } from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { compactNow } from "../src/document/compaction.ts";
import { Past } from "../src/document/past.ts";
import { Rescues } from "../src/document/rescues.ts";
import { Restoring } from "../src/document/restoring.ts";
import { sqlDriver } from "../src/document/sql-driver.ts";
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
async function crashEverywhere(id: string, act: (stage: Stage) => void, crowdMs = 0): Promise<number> {
  const before = await found(id);
  for (let k = 1; ; k++) {
    if (!(await crashBefore(k, id, act, crowdMs))) return k - 1;
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

function copyOf(client: Client): Y.Doc {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(client.doc));
  return copy;
}

function editOf(client: Client, text: string) {
  return updateOf(copyOf(client), paragraph(text));
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
      expect(statements).toBeGreaterThan(2);
      const after = await found(id);
      expect(after.moments).toEqual(before.moments);
      expect(after.logBytes).toBe(before.logBytes);
      expect(after.snapshots).toBeGreaterThan(0);
      const late = await Client.join(id, ada);
      await late.write(paragraph(`after round ${round}`));
      await late.write((doc) => doc.getXmlFragment("default").delete(0, 1));
    }
  });

  it("[I6] while compacting what does not fit a row", async () => {
    const { id, client } = await preparedDocument();
    await client.write((doc) => doc.getText("long").insert(0, "words ".repeat(700_000)));
    const before = await found(id);
    expect(await crashEverywhere(id, ({ store }) => compactNow(store, Date.now()))).toBeGreaterThan(5);
    const after = await found(id);
    expect(after.moments).toEqual(before.moments);
    expect(after.snapshots).toBe(1);
  });

  it("[I1] [ST17] while packing closed segments", async () => {
    const { id, ada, client } = await preparedDocument();
    const start = client.text();
    for (let i = 0; i < 14; i++) {
      await client.write((doc) => doc.getText("aside").insert(0, `${i}${"abcdefgh".repeat(510)}`));
    }
    const before = await stubOf(id).stats();
    // the next segment that closes packs those before it
    const update = updateOf(copyOf(client), (doc) => doc.getText("aside").insert(0, "z".repeat(130_000)));
    const statements = await crashEverywhere(id, appending(ada.user, update));
    expect(statements).toBeGreaterThan(4);
    const after = await stubOf(id).stats();
    expect(after.head).toBe(before.head + 1);
    expect(after.segments).toBeLessThan(before.segments);
    const late = await Client.join(id, ada);
    expect(late.text()).toBe(start);
    expect(late.doc.getText("aside").toString()).toMatch(/^z{130000}13abcdefgh/);
  });

  it("[I1] [I9] while writing a batch of several people's changes", async () => {
    const { id, ada, client } = await preparedDocument();
    const ben = await guest("Ben");
    const [one, two] = ["of Ada's", "of Ben's"].map((text) => editOf(client, text));
    await crashEverywhere(
      id,
      ({ host }) => {
        const now = Date.now();
        for (const { connection, user, update } of [
          { connection: "quiet" as ConnectionId, user: ada.user, update: editOf(client, "first") },
          { connection: "a" as ConnectionId, user: ada.user, update: one as Uint8Array },
          { connection: "b" as ConnectionId, user: ben.user, update: two as Uint8Array },
        ]) {
          host.dispatch({ kind: "open", connection, user, role: "edit", negotiated: false });
          host.dispatch({
            kind: "message",
            connection,
            data: encodeMessage({ kind: "update", update }),
            now,
          });
        }
        expect(host.isWaiting).toBe(true);
        host.flush(now + 1);
      },
      1_000,
    );
    expect((await Client.join(id, ada)).text()).toMatch(/of (Ada|Ben)'s.*of (Ada|Ben)'s/s);
  });

  it("[I6] while a document is made: it exists with its text, or not at all", async () => {
    const ada = await guest("Ada");
    const seed = updateOf(new Y.Doc(), paragraph("born with text"));
    const id = "crash-while-creating-1";
    for (let k = 1; ; k++) {
      const crashed = await crashBefore(k, id, ({ store, host }) => {
        store.create({ documentId: id, logId: "log", createdAt: 1 });
        host.dispatch({ kind: "edit", as: "import", user: ada.user, update: seed, now: 2 });
      });
      const head = await runInDurableObject(stubOf(id), (_, { storage }) => {
        return new SqliteStore(sqlDriver(storage)).load()?.head ?? null;
      });
      expect(head).toBe(crashed ? null : 1);
      if (!crashed) break;
    }
  });

  it("[I6] while restoring", async () => {
    const { id, ada } = await preparedDocument();
    const target = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content?at=1`));
    await crashEverywhere(id, ({ store, host }) => {
      const restored = new Restoring({ store, host }, new Past(store)).restore(
        { kind: "whole", to: "1" },
        ada.user,
      );
      if (!restored.ok || !restored.changed) throw new Error("there is something to restore");
    });
    const now = await json<{ content: unknown }>(call("GET", `/api/documents/${id}/content`));
    expect(now.content).toEqual(target.content);
  });

  it("[I6] while one person's edits are taken back", async () => {
    const { id, ada, client } = await preparedDocument();
    const ben = await guest("Ben");
    const b = await Client.join(id, ben);
    await b.write(paragraph("by Ben"));
    await client.next("frames");
    const request = { kind: "person", userId: ben.user.id, after: 3, through: 4 } as const;
    await crashEverywhere(id, ({ store, host }) => {
      const restored = new Restoring({ store, host }, new Past(store)).restore(request, ada.user);
      if (!restored.ok || !restored.changed) throw new Error("there is something to take back");
    });
    const { entries } = await json<{ entries: object[] }>(call("GET", `/api/documents/${id}/history`));
    expect(entries[0]).toMatchObject({ kind: "restore", how: "person", of: ben.user });
  });

  it("[I6] while text is put back that a restore had made homeless", async () => {
    const { id, ada, client } = await preparedDocument();
    await client.write(paragraph("gone soon"));
    const late = updateOf(copyOf(client), (doc) => {
      const last = doc.getXmlFragment("default").get(1) as Y.XmlElement;
      (last.get(0) as Y.XmlText).insert(0, "Typed meanwhile: ");
    });
    await json(call("POST", `/api/documents/${id}/restore`, { token: ada.token, body: { to: 1 } }));
    await client.next("frames");
    client.push(late);
    await client.next("ack");
    const { rescues } = await json<{ rescues: { id: string }[] }>(
      call("GET", `/api/documents/${id}/rescues`),
    );
    const rescue = rescues[0]?.id ?? "";
    await crashEverywhere(id, (parts) => {
      const past = new Past(parts.store);
      const back = new Rescues(parts, past, new Restoring(parts, past)).putBack(rescue, ada.user);
      if (!back.ok || !back.changed) throw new Error("there is something to put back");
    });
    const text = await (await call("GET", `/api/documents/${id}/content?format=text`)).text();
    expect(text.split("Typed meanwhile: ")).toHaveLength(2);
    expect(await json(call("GET", `/api/documents/${id}/rescues`))).toEqual({ rescues: [] });
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

import { runInDurableObject } from "cloudflare:test";
import type { AwarenessEntry, ClientId } from "@palimpsest/protocol";
import { describe, expect, it } from "vitest";
import { alarmAfterSilence, alarmOf, fireAlarm, later } from "./support/alarm.ts";
import { guest, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

function entryOf(client: Client, clock: number, state: unknown): AwarenessEntry {
  return { clientId: client.doc.clientID as ClientId, clock, state: JSON.stringify(state) };
}

describe("presence", () => {
  it("[I13] a newcomer after hibernation sees the people who have been idle", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada);
    const a = await Client.join(id, ada);
    a.send({ kind: "awareness", states: [entryOf(a, 1, { cursor: 5 })] });
    await hibernate(id);
    const b = await Client.join(id, ben);
    const { states } = await b.next("awareness");
    expect(states.map(({ clientId }) => clientId)).toEqual([a.doc.clientID]);
    expect(JSON.parse(states[0]?.state ?? "")).toEqual({ cursor: 5, user: ada.user });
  });

  it("[I13] who leaves while the object sleeps is gone for the others", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const [a, b] = [await Client.join(id, ada), await Client.join(id, ada)];
    a.send({ kind: "awareness", states: [entryOf(a, 1, { cursor: 5 })] });
    await b.next("awareness");
    await hibernate(id);
    a.close();
    const { states } = await b.next("awareness");
    expect(states).toEqual([{ clientId: a.doc.clientID, clock: 1, state: "null" }]);
    const late = await Client.join(id, ada);
    late.send({ kind: "query-awareness" });
    await late.write((doc) => doc.getMap("meta").set("title", "a fence"));
    expect(late.received.some(({ kind }) => kind === "awareness")).toBe(false);
  });

  it("[WK15] nobody is present under another name, or as another's client", async () => {
    const [ada, eve] = [await guest("Ada"), await guest("Eve")];
    const id = await newDocument(ada);
    const [a, e] = [await Client.join(id, ada), await Client.join(id, eve)];
    a.send({ kind: "awareness", states: [entryOf(a, 1, {})] });
    await e.next("awareness");
    e.send({ kind: "awareness", states: [entryOf(a, 7, { cursor: "forged" })] });
    e.send({ kind: "awareness", states: [entryOf(e, 1, { user: { name: "Ada", color: "#000000" } })] });
    const { states } = await a.next("awareness");
    expect(states).toHaveLength(1);
    expect(states[0]?.clientId).toBe(e.doc.clientID);
    expect(JSON.parse(states[0]?.state ?? "")).toEqual({ user: eve.user });
  });
});

describe("silence", () => {
  it("[WK30] who falls silent without a close is gone for the others when the alarm looks, and who spoke stays", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada);
    const [a, b] = [await Client.join(id, ada), await Client.join(id, ben)];
    b.send({ kind: "awareness", states: [entryOf(b, 1, { cursor: 5 })] });
    await a.next("awareness");
    await hibernate(id);
    expect(await alarmOf(id)).toBeGreaterThan(Date.now());
    await later(90_000, async () => {
      await a.write(paragraph("still here"));
      await fireAlarm(id);
      const { states } = await a.next("awareness");
      expect(states).toEqual([{ clientId: b.doc.clientID, clock: 1, state: "null" }]);
      expect(await b.closed()).toMatchObject({ code: 4300 });
      expect((await stubOf(id).stats()).connections).toBe(1);
    });
    await a.write(paragraph("and after that"));
  });

  it("[I16] alone, or with nobody, no alarm is set for it", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    await alarmAfterSilence(id);
    const a = await Client.join(id, ada);
    a.send({ kind: "awareness", states: [entryOf(a, 1, { cursor: 5 })] });
    await stubOf(id).stats();
    expect(await alarmOf(id)).toBeNull();
  });

  it("[I16] an hour with five people who only look costs nine alarms, and nobody is told of anything", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "T" });
    await alarmAfterSilence(id);
    const people = [];
    for (let i = 0; i < 5; i++) people.push(await Client.join(id, ada));
    const [first] = people;
    const opened = await stubOf(id).stats();
    const start = Date.now();
    let alarms = 0;
    for (;;) {
      const at = (await alarmOf(id)) as number;
      if (at - start > 3_600_000) break;
      await hibernate(id);
      await later(at - Date.now() + 10, async () => {
        await alive(id);
        await fireAlarm(id);
      });
      alarms++;
    }
    expect(alarms).toBe(9);
    const after = await stubOf(id).stats();
    expect(after.connections).toBe(5);
    // one for each alarm that was set; those are counted in memory only while nobody writes
    await first?.write(paragraph("at last"));
    expect((await stubOf(id).stats()).rowsWritten - opened.rowsWritten).toBeLessThanOrEqual(alarms + 5);
  });
});

/** As if each tab had just given its sign of life, which the runtime answers without waking the object. */
function alive(id: string): Promise<void> {
  return runInDurableObject(stubOf(id), (_, state) => {
    state.getWebSocketAutoResponseTimestamp = () => new Date(Date.now());
  });
}

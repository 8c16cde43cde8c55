import type { AwarenessEntry, ClientId } from "@palimpsest/protocol";
import { describe, expect, it } from "vitest";
import { guest, newDocument } from "./support/api.ts";
import { Client } from "./support/client.ts";
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

import { describe, expect, it } from "vitest";
import { Directory } from "../src/directory/directory.ts";
import { later } from "./support/alarm.ts";
import { bindings, call, type Guest, guest, newDocument } from "./support/api.ts";
import { Client } from "./support/client.ts";
import { list, titles } from "./support/listing.ts";
import { refusal } from "./support/refusal.ts";

const open = async (id: string, who: Guest) => (await Client.join(id, who)).close();
const star = (id: string, who: Guest, method: "PUT" | "DELETE" = "PUT") =>
  call(method, `/api/documents/${id}/star`, { token: who.token });

describe("the list", () => {
  it("[WK101] has what somebody owns or has opened, in the order that was asked for", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const at = (ms: number, title: string) => later(ms, () => newDocument(ada, { title }));
    const nine = await at(1_000, "Chapter 9");
    await at(2_000, "chapter 10");
    await at(3_000, "Élan");
    const foreign = await later(4_000, () => newDocument(ben, { title: "Ben's" }));
    await later(5_000, () => newDocument(ben, { title: "Never opened by Ada" }));
    const directory = new Directory(bindings().DIRECTORY);
    await directory.recordVisit(ada.user.id, foreign, Date.now() + 60_000);
    await directory.recordVisit(ada.user.id, nine, Date.now() + 120_000);
    // an older visit that is told late changes nothing
    await directory.recordVisit(ada.user.id, nine, Date.now());
    await later(180_000, () =>
      call("PATCH", `/api/documents/${foreign}`, { token: ben.token, body: { title: "Ben's own" } }),
    );

    expect(await titles(ada)).toEqual(["Chapter 9", "Ben's own", "Élan", "chapter 10"]);
    expect(await titles(ada, { sort: "changed" })).toEqual(["Ben's own", "Élan", "chapter 10", "Chapter 9"]);
    expect(await titles(ada, { sort: "created" })).toEqual(["Ben's own", "Élan", "chapter 10", "Chapter 9"]);
    expect(await titles(ada, { sort: "title" })).toEqual(["Ben's own", "Chapter 9", "chapter 10", "Élan"]);
    const [first, second] = (await list(ada)).documents;
    expect(first).toMatchObject({ isOwner: true, owner: { id: ada.user.id, name: "Ada" }, starred: false });
    expect(second).toMatchObject({
      isOwner: false,
      owner: { id: ben.user.id, name: "Ben" },
      changedBy: { id: ben.user.id, name: "Ben" },
      found: null,
    });
  });

  it("[WK101] untitled documents come last by title", async () => {
    const ada = await guest("Ada");
    await newDocument(ada);
    await newDocument(ada, { title: "Zebra" });
    expect(await titles(ada, { sort: "title" })).toEqual(["Zebra", ""]);
  });

  it("[WK102] pages follow each other without a gap or a repetition, in every order", async () => {
    const ada = await guest("Ada");
    for (let i = 0; i < 7; i++) await newDocument(ada, { title: `same ${i % 2}` });
    for (const sort of ["opened", "changed", "created", "title"]) {
      const all: string[] = [];
      let cursor: string | null = "";
      while (cursor !== null) {
        const page = await list(ada, { sort, limit: "3", ...(cursor === "" ? {} : { cursor }) });
        all.push(...page.documents.map(({ id }) => id));
        expect(page.documents.length).toBeLessThanOrEqual(3);
        cursor = page.next;
      }
      expect(new Set(all).size).toBe(7);
      expect(all).toEqual((await list(ada, { sort })).documents.map(({ id }) => id));
    }
  });

  it("[WK102] a cursor of another question, or of nobody's, is refused, and so is what cannot be asked", async () => {
    const ada = await guest("Ada");
    for (let i = 0; i < 3; i++) await newDocument(ada, { title: "three words here" });
    const { next } = await list(ada, { limit: "1" });
    const found = await list(ada, { query: "words", limit: "1" });
    expect(found.next).not.toBeNull();
    const ask = (question: string) =>
      refusal(call("GET", `/api/documents?${question}`, { token: ada.token }));
    for (const bad of [
      `sort=title&cursor=${next}`,
      `view=starred&cursor=${next}`,
      `query=words&cursor=${next}`,
      `cursor=${found.next}`,
      "cursor=x",
      "cursor=",
      "cursor=bnVsbA",
      "limit=0",
      "limit=201",
      "limit=x",
      "sort=colour",
      "view=all",
      `query=${"x".repeat(201)}`,
    ])
      expect(await ask(bad), bad).toBe("bad-request");
    expect(await refusal(call("GET", "/api/documents"))).toBe("unauthenticated");
  });

  it("[WK103] a star is one person's alone, and needs the right to see", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Starred" });
    await newDocument(ada, { title: "Not starred" });
    await open(id, ben);
    expect((await star(id, ada)).status).toBe(204);
    expect((await star(id, ada)).status).toBe(204);
    expect(await titles(ada, { view: "starred" })).toEqual(["Starred"]);
    expect(await titles(ben, { view: "starred" })).toEqual([]);
    expect((await list(ben)).documents[0]?.starred).toBe(false);
    expect((await star(id, ada, "DELETE")).status).toBe(204);
    expect(await titles(ada, { view: "starred" })).toEqual([]);
    expect(await refusal(star("0".repeat(22), ada))).toBe("not-found");
    expect(await refusal(call("PUT", `/api/documents/${id}/star`))).toBe("unauthenticated");
  });

  it("[WK104] what somebody has opened goes off their list, star and all; what they own stays", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Shared" });
    await open(id, ben);
    await star(id, ben);
    for (const who of [ada, ben]) {
      const answer = await call("DELETE", `/api/documents/${id}/visit`, { token: who.token });
      expect(answer.status).toBe(204);
    }
    expect(await titles(ben)).toEqual([]);
    expect(await titles(ben, { view: "starred" })).toEqual([]);
    expect(await titles(ada)).toEqual(["Shared"]);
    await open(id, ben);
    expect((await list(ben)).documents).toMatchObject([{ title: "Shared", starred: false }]);
  });

  it("[WK104] who comes by the address alone, with a session, has it in their list too", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "By address" });
    const headers = { upgrade: "websocket", authorization: `Bearer ${ben.token}` };
    const { webSocket } = await call("GET", `/sync/${id}`, { headers });
    webSocket?.accept();
    webSocket?.close();
    await expect.poll(() => titles(ben)).toEqual(["By address"]);
  });
});

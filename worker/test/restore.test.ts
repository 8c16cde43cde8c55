import { describe, expect, it } from "vitest";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

interface Restored {
  readonly seq: number;
  readonly undo: number;
  readonly changed: boolean;
}

describe("restoring", () => {
  it("[WK18] it is a new edit that arrives in open editors, and one more restore takes it back", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "T", markdown: "first" });
    const restore = (to: number | string) =>
      json<Restored>(call("POST", `/api/documents/${id}/restore`, { token: ben.token, body: { to } }));
    const a = await Client.join(id, ada);
    await a.write(paragraph("second"));
    await a.write((doc) => doc.getXmlFragment("default").delete(0, 1));
    const full = a.text();
    await hibernate(id);

    const done = await restore(1);
    expect(done).toMatchObject({ seq: 4, undo: 3, changed: true });
    expect((await a.next("frames")).seq).toBe(4);
    expect(await a.next("notice")).toMatchObject({ notice: { kind: "history" } });
    expect(a.text()).toBe("<paragraph>first</paragraph>");
    const late = await Client.join(id, ben);
    expect(late.text()).toBe(a.text());

    expect(await restore(done.undo)).toMatchObject({ seq: 5, changed: true });
    await a.next("frames");
    expect(a.text()).toBe(full);
    expect(await restore(5)).toEqual({ seq: 5, undo: 5, changed: false, kept: null });
    expect(await restore(3)).toMatchObject({ changed: false });
  });

  it("[WK19] the history says who restored what, and keeps the present as an automatic version", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "first" });
    const a = await Client.join(id, ada);
    await a.write(paragraph("second"));
    await json(call("POST", `/api/documents/${id}/restore`, { token: ben.token, body: { to: 1 } }));
    const { entries } = await json<{ entries: Record<string, unknown>[] }>(
      call("GET", `/api/documents/${id}/history`),
    );
    expect(entries.map(({ kind }) => kind)).toEqual(["restore", "version", "session", "import"]);
    expect(entries[0]).toMatchObject({ seq: 3, target: 1, author: ben.user });
    expect(entries[1]).toMatchObject({ seq: 2, automatic: true, author: ben.user });
    expect(entries[2]).toMatchObject({ firstSeq: 2, lastSeq: 2, authors: [ada.user], inserted: 6 });
  });

  it("[I10] who may not is refused, and nothing is written", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "first" });
    const before = await stubOf(id).stats();
    expect((await call("POST", `/api/documents/${id}/restore`, { body: { to: 0 } })).status).toBe(401);
    expect(await stubOf(id).stats()).toEqual(before);
  });

  it("[WK20] the history pages without losing or repeating an entry", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "first" });
    const a = await Client.join(id, ada);
    for (let i = 0; i < 4; i++) {
      await a.write(paragraph(`p${i}`));
      await json(
        call("POST", `/api/documents/${id}/versions`, { token: ada.token, body: { name: `v${i}` } }),
      );
      await json(call("POST", `/api/documents/${id}/restore`, { token: ada.token, body: { to: 1 } }));
    }
    const path = `/api/documents/${id}/history`;
    const whole = await json<{ entries: unknown[]; next: number | null }>(call("GET", path));
    expect(whole.next).toBeNull();
    const paged: unknown[] = [];
    for (let before: number | null | undefined; before !== null; ) {
      const query = before === undefined ? "" : `&before=${before}`;
      const page: { entries: unknown[]; next: number | null } = await json(
        call("GET", `${path}?limit=2${query}`),
      );
      paged.push(...page.entries);
      before = page.next;
    }
    expect(paged).toEqual(whole.entries);
    expect(paged.length).toBe(4 * 3 + 1);
  });
});

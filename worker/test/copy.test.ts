import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { alarmAfterSilence } from "./support/alarm.ts";
import { call, guest, json, newDocument, ORIGIN, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import { refusal } from "./support/refusal.ts";
import { onlyView } from "./support/viewer.ts";

interface Made {
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

const content = (id: string, at = "") => json(call("GET", `/api/documents/${id}/content${at}`));

describe("copying", () => {
  it("[WK40] a copy has the content of the moment, a history of its own, and belongs to who made it", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Plan", markdown: "first" });
    const a = await Client.join(id, ada);
    await a.write(paragraph("second"));
    await a.write((doc) => doc.getXmlFragment("default").delete(0, 1));
    await hibernate(id);
    const copy = (body: object) =>
      json<Made>(call("POST", `/api/documents/${id}/copy`, { token: ben.token, body }));

    const now = await copy({});
    expect(now).toEqual({ id: now.id, title: "Copy of Plan", url: `${ORIGIN}/d/${now.id}` });
    const past = await copy({ at: 2, title: "As it was" });
    expect(past.title).toBe("As it was");
    for (const [made, at] of [
      [now, ""],
      [past, "?at=2"],
    ] as const) {
      const { content: wanted } = await content(id, at);
      expect(await content(made.id)).toMatchObject({ title: made.title, content: wanted, author: ben.user });
      await hibernate(made.id);
      const { entries } = await json<{ entries: { kind: string }[] }>(
        call("GET", `/api/documents/${made.id}/history`),
      );
      expect(entries).toMatchObject([{ kind: "import", seq: 1, author: ben.user }]);
      expect(await json(call("GET", `/api/documents/${made.id}`))).toMatchObject({ title: made.title });
      expect((await call("DELETE", `/api/documents/${made.id}`, { token: ada.token })).status).toBe(403);
    }
  });

  it("[WK40] people go on writing in both, and neither hears of the other", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "Plan", markdown: "first" });
    const a = await Client.join(id, ada);
    await a.write(paragraph("from the source"));
    const { id: other } = await json<Made>(
      call("POST", `/api/documents/${id}/copy`, { token: ben.token, body: {} }),
    );
    const b = await Client.join(other, ada);
    await b.write(paragraph("in the copy"));
    await a.write(paragraph("only here"));
    await alarmAfterSilence(other);
    await hibernate(other);
    const late = await Client.join(other, ben);
    expect(late.text()).toBe(
      "<paragraph>first</paragraph><paragraph>from the source</paragraph><paragraph>in the copy</paragraph>",
    );
    expect(a.text()).not.toContain("in the copy");
  });

  it("[WK40] what was deleted does not come along", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "nothing secret" });
    const a = await Client.join(id, ada);
    await a.write(paragraph("the password"));
    await a.write((doc) => doc.getXmlFragment("default").delete(1, 1));
    const { id: other } = await json<Made>(
      call("POST", `/api/documents/${id}/copy`, { token: ada.token, body: {} }),
    );
    const raw = await call("GET", `/api/documents/${other}/content?format=yjs`);
    const bytes = new Uint8Array(await raw.arrayBuffer());
    expect(new TextDecoder().decode(bytes)).not.toContain("password");
    const doc = new Y.Doc();
    Y.applyUpdate(doc, bytes);
    expect(doc.getXmlFragment("default").toString()).toBe("<paragraph>nothing secret</paragraph>");
  });

  it("[WK40] a title that no form would take is made into one, and an empty one is called something", async () => {
    const ada = await guest("Ada");
    const copyOf = async (id: string) =>
      (await json<Made>(call("POST", `/api/documents/${id}/copy`, { token: ada.token }))).title;
    const id = await newDocument(ada);
    expect(await copyOf(id)).toBe("Copy of Untitled");
    const a = await Client.join(id, ada);
    await a.write((doc) => doc.getMap("meta").set("title", `two\nlines ${"x".repeat(300)}`));
    const title = await copyOf(id);
    expect(title).toMatch(/^Copy of two lines x+$/);
    expect(title).toHaveLength(200);
  });

  it("[WK41] bad moments, bad titles and readers are refused, and nothing is made", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "first" });
    const other = await newDocument(ada, { markdown: "other" });
    const foreign = await json<Made>(
      call("POST", `/api/documents/${other}/versions`, { token: ada.token, body: { name: "v" } }),
    );
    const before = await stubOf(id).stats();
    const copy = (body: unknown, token?: string) =>
      refusal(call("POST", `/api/documents/${id}/copy`, { ...(token === undefined ? {} : { token }), body }));
    expect(await copy({ at: 9 }, ada.token)).toBe("beyond-head");
    expect(await copy({ at: "2999-01-01T00:00:00Z" }, ada.token)).toBe("beyond-head");
    expect(await copy({ at: "yesterday" }, ada.token)).toBe("bad-moment");
    expect(await copy({ at: foreign.id }, ada.token)).toBe("unknown-version");
    expect(await copy({ at: -1 }, ada.token)).toBe("bad-request");
    expect(await copy({ title: "x".repeat(201) }, ada.token)).toBe("bad-request");
    expect(await copy({})).toBe("unauthenticated");
    await onlyView(id);
    expect(await copy({}, ben.token)).toBe("forbidden");
    expect(await stubOf(id).stats()).toEqual(before);
    const { documents } = await json<{ documents: unknown[] }>(
      call("GET", "/api/documents", { token: ada.token }),
    );
    expect(documents).toHaveLength(2);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { alarmAfterSilence } from "./support/alarm.ts";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

/** 90,000 structs: as a `Y.Doc` 47 MB, more than an object may take for one. */
const PARAGRAPHS = 30_000;

function paragraphs(count: number): (doc: Y.Doc) => void {
  return (doc) => {
    const elements = Array.from({ length: count }, (_, i) => {
      const element = new Y.XmlElement("paragraph");
      element.insert(0, [new Y.XmlText(`p${i}`)]);
      return element;
    });
    doc.getXmlFragment("default").insert(0, elements);
  };
}

describe("a document that does not fit as a Y.Doc", () => {
  let ada: Guest;
  let id: string;
  let writer: Client;

  beforeAll(async () => {
    ada = await guest("Ada");
    id = await newDocument(ada, { title: "Long" });
    writer = await Client.join(id, ada);
    await writer.write(paragraphs(PARAGRAPHS));
    await writer.write((doc) => doc.getXmlFragment("default").delete(10, 5));
  });

  const path = (rest: string) => `/api/documents/${id}${rest}`;

  it("[WK24] is compacted without collecting garbage, says so, and reaches latecomers whole", async () => {
    await alarmAfterSilence(id);
    const stats = await json<{ snapshotBytes: number }>(call("GET", path("/stats")));
    expect(stats).toMatchObject({ snapshots: 1, garbageCollected: false });
    await hibernate(id);
    const [late, plain] = [await Client.join(id, ada), await Client.joinPlain(id)];
    expect(late.received.map(({ kind }) => kind)).toContain("part");
    expect(late.doc.getXmlFragment("default").length).toBeGreaterThan(PARAGRAPHS - 6);
    expect(late.text()).toBe(writer.text());
    expect(plain.text()).toBe(writer.text());
    // the next snapshot stands on this one
    await late.write(paragraphs(4_000));
    await alarmAfterSilence(id);
    const { snapshotBytes, garbageCollected } = await stubOf(id).stats();
    expect(garbageCollected).toBe(false);
    expect(snapshotBytes).toBeGreaterThan(stats.snapshotBytes + 4_000 * 30);
    await writer.write(paragraph("the end"));
    expect((await Client.join(id, ada)).text()).toBe(writer.text());
  });

  it("[WK25] is renamed, told to the directory, and read whole as Yjs has it", async () => {
    const renamed = await call("PATCH", path(""), { token: ada.token, body: { title: "Longer" } });
    expect(renamed.status).toBe(200);
    await writer.write(paragraph("hears of it"));
    expect(writer.doc.getMap("meta").toJSON()).toEqual({ title: "Longer" });
    await writer.write((doc) => doc.getMap("meta").set("title", "Longest"));
    await alarmAfterSilence(id);
    expect(await json(call("GET", path("")))).toMatchObject({ title: "Longest" });
    const raw = await call("GET", path("/content?format=yjs"));
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await raw.arrayBuffer()));
    expect(doc.getXmlFragment("default").toString()).toBe(writer.text());
    expect(doc.getMap("meta").toJSON()).toEqual({ title: "Longest" });
  });

  it("[WK26] says that it is too large where it would have to be built, and changes nothing", async () => {
    const before = await stubOf(id).stats();
    for (const format of ["json", "markdown", "html", "text"]) {
      const refused = await call("GET", path(`/content?format=${format}`));
      expect(refused.status).toBe(413);
      expect(await json(refused)).toMatchObject({ code: "document-too-large" });
    }
    const restored = await call("POST", path("/restore"), { token: ada.token, body: { to: 1 } });
    expect(await json(restored)).toMatchObject({ code: "document-too-large" });
    const put = call("PUT", path("/content"), { token: ada.token, body: { markdown: "short" } });
    expect(await json(put)).toMatchObject({ code: "document-too-large" });
    expect(await stubOf(id).stats()).toEqual(before);
    // before it grew it fitted
    expect(await json(call("GET", path("/content?at=1")))).toMatchObject({ title: "Long" });
  });

  it("[WK40] is copied whole, under a title of its own", async () => {
    await writer.write(paragraph("the password"));
    await writer.write((doc) => {
      const text = doc.getXmlFragment("default");
      text.delete(text.length - 1, 1);
    });
    await hibernate(id);
    const copy = await json<{ id: string; title: string }>(
      call("POST", path("/copy"), { token: ada.token, body: {} }),
    );
    expect(copy.title).toBe("Copy of Longest");
    await hibernate(copy.id);
    const late = await Client.join(copy.id, ada);
    const bytes = async (of: string) =>
      new TextDecoder().decode(
        await (await call("GET", `/api/documents/${of}/content?format=yjs`)).arrayBuffer(),
      );
    // it was deleted: the source remembers, the copy does not
    expect(await bytes(id)).toContain("password");
    expect(await bytes(copy.id)).not.toContain("password");
    expect(late.text()).toBe(writer.text());
    expect(late.doc.getMap("meta").toJSON()).toEqual({ title: "Copy of Longest" });
    await late.write(paragraph("goes on"));
  });
});

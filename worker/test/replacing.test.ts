import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import { refusal } from "./support/refusal.ts";
import { onlyView } from "./support/viewer.ts";

interface Replaced {
  readonly seq: number;
  readonly changed: boolean;
  readonly kept: string | null;
}

function put(id: string, who: Guest, markdown: string): Promise<Response> {
  return call("PUT", `/api/documents/${id}/content`, { token: who.token, body: { markdown } });
}

describe("replacing the text from outside", () => {
  it("[WK42] it is one import that reaches open editors, with the present kept as a version", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { title: "T", markdown: "one\n\ntwo\n\nthree" });
    const a = await Client.join(id, ada);
    await a.write(paragraph("four"));
    await hibernate(id);
    const done = await json<Replaced>(put(id, ben, "# New\n\none\n\ntwo more\n\nthree\n\nfour"));
    expect(done).toEqual({ seq: 3, changed: true, kept: expect.stringMatching(/^v_/) });
    expect((await a.next("frames")).seq).toBe(3);
    expect(await a.next("notice")).toMatchObject({ notice: { kind: "history" } });
    expect(a.text()).toBe(
      '<heading level="1">New</heading><paragraph>one</paragraph><paragraph>two more</paragraph><paragraph>three</paragraph><paragraph>four</paragraph>',
    );
    const { entries } = await json<{ entries: object[] }>(call("GET", `/api/documents/${id}/history`));
    expect(entries).toMatchObject([
      { kind: "import", seq: 3, author: ben.user },
      { kind: "version", id: done.kept, name: "Before importing", seq: 2, automatic: true, author: ben.user },
      { kind: "session", firstSeq: 2 },
      { kind: "import", seq: 1 },
    ]);
    const kept = await call("GET", `/api/documents/${id}/content?format=markdown&at=${done.kept}`);
    expect(await kept.text()).toBe("one\n\ntwo\n\nthree\n\nfour\n");
    expect(await json(call("GET", `/api/documents/${id}/content`))).toMatchObject({ title: "T" });
  });

  it("[WK42] JSON says what Markdown cannot; both or neither, or what is no document, are refused", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "one" });
    const send = (body: object) => call("PUT", `/api/documents/${id}/content`, { token: ada.token, body });
    const told = {
      type: "callout",
      attrs: { kind: "tip" },
      content: [{ type: "paragraph", attrs: { tint: "blue" } }],
    };
    const document = { type: "doc", content: [told] };
    await json(send({ json: document }));
    expect(await json(call("GET", `/api/documents/${id}/content`))).toMatchObject({ content: document });
    for (const body of [
      {},
      { markdown: "x", json: document },
      { json: { type: "doc", content: [{ type: "no" }] } },
    ])
      expect(await refusal(send(body))).toBe("bad-request");
  });

  it("[WK42] carets and what is being typed elsewhere survive it", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "one\n\ntwo\n\nthree" });
    const a = await Client.join(id, ada);
    const third = a.doc.getXmlFragment("default").get(2) as Y.XmlElement;
    const caret = Y.createRelativePositionFromTypeIndex(third.get(0) as Y.XmlText, 2);
    await put(id, ada, "zero\n\none\n\nthree!");
    await a.next("frames");
    const found = Y.createAbsolutePositionFromRelativePosition(caret, a.doc);
    expect(found?.index).toBe(2);
    expect(found?.type.toString()).toBe("three!");
    await a.write((doc) =>
      (doc.getXmlFragment("default").get(2) as Y.XmlElement).insert(1, [new Y.XmlText(" ok")]),
    );
    await hibernate(id);
    expect((await Client.join(id, ada)).text()).toBe(a.text());
  });

  it("[WK42] a document that reads like that already is not written to", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "# One\n\n- a\n- b\n" });
    const a = await Client.join(id, ada);
    await a.write((doc) => doc.getXmlFragment("default").push([new Y.XmlElement("paragraph")]));
    const before = await stubOf(id).stats();
    const own = await (await call("GET", `/api/documents/${id}/content?format=markdown`)).text();
    expect(await json(put(id, ada, own))).toEqual({ seq: 2, changed: false, kept: null });
    expect(await stubOf(id).stats()).toEqual(before);
  });

  it("[WK42] into a document that nobody has written in there is nothing to keep", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    expect(await json(put(id, ada, "first"))).toEqual({ seq: 1, changed: true, kept: null });
    // and a moment that has a name already needs no other
    const named = await json<{ id: string }>(
      call("POST", `/api/documents/${id}/versions`, { token: ada.token, body: { name: "mine" } }),
    );
    expect(await json(put(id, ada, "second"))).toEqual({ seq: 2, changed: true, kept: named.id });
  });

  it("[WK42] what does not fit, what is no Markdown and readers are refused, and nothing changes", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "kept" });
    const before = await stubOf(id).stats();
    expect(await refusal(put(id, ada, "- a\n".repeat(40_000)))).toBe("document-too-large");
    expect(await refusal(put(id, ada, "x".repeat(2_000_001)))).toBe("bad-request");
    const path = `/api/documents/${id}/content`;
    expect(await refusal(call("PUT", path, { token: ada.token, body: {} }))).toBe("bad-request");
    expect(await refusal(call("PUT", path, { body: { markdown: "x" } }))).toBe("unauthenticated");
    await onlyView(id);
    expect(await refusal(put(id, ben, "mine"))).toBe("forbidden");
    expect(await stubOf(id).stats()).toEqual(before);
  });
});

import { digest, type Seq } from "@palimpsest/protocol";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { call, guest, json, newDocument } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";

describe("audits", () => {
  it("[WK27] a copy that is the same costs nothing; one that is not is counted, through hibernation too", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { markdown: "seed" });
    const stats = () => json(call("GET", `/api/documents/${id}/stats`, { token: ada.token }));
    const a = await Client.join(id, ada);
    const seq = (await a.write(paragraph("one"))) as Seq;
    const audit = (doc: Y.Doc) => {
      const stateVector = Y.encodeStateVector(doc);
      const deleteSet = Y.encodeStateAsUpdate(doc, stateVector).subarray(1);
      a.send({ kind: "audit", seq, stateVector: digest(stateVector), deleteSet: digest(deleteSet) });
      return a.next("audited");
    };
    const { rowsWritten } = await stats();
    expect((await audit(a.doc)).difference).toBeNull();
    expect(await stats()).toMatchObject({
      rowsWritten,
      audits: { contentDifferences: 0, deletionDifferences: 0 },
    });
    await hibernate(id);
    expect((await audit(new Y.Doc())).difference?.stateVector).toEqual(Y.encodeStateVector(a.doc));
    await hibernate(id);
    expect(await stats()).toMatchObject({ audits: { contentDifferences: 1, deletionDifferences: 0 } });
  });
});

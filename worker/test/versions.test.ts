import { describe, expect, it } from "vitest";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import { refusal } from "./support/refusal.ts";
import { onlyView } from "./support/viewer.ts";

interface Version {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly seq: number;
  readonly automatic: boolean;
}

describe("versions", () => {
  it("[WK43] are listed newest first, described, corrected and taken away, and open editors hear of each", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await newDocument(ada, { markdown: "first" });
    const path = `/api/documents/${id}/versions`;
    const a = await Client.join(id, ada);
    const heard = async () => expect((await a.next("notice")).notice).toEqual({ kind: "history" });
    await a.write(paragraph("second"));
    const body = { name: " Draft ", description: "for Ben\nto read", seq: 1 };
    const made = await json<Version>(call("POST", path, { token: ada.token, body }));
    expect(made).toMatchObject({ name: "Draft", description: "for Ben\nto read", seq: 1, author: ada.user });
    await heard();
    const plain = await json<Version>(call("POST", path, { token: ben.token, body: { name: "Now" } }));
    expect(plain).toMatchObject({ description: "", seq: 2, automatic: false, author: ben.user });
    await heard();
    await json(call("POST", `/api/documents/${id}/restore`, { token: ben.token, body: { to: 1 } }));
    await heard();
    await a.write(paragraph("third"));
    await json(call("POST", `/api/documents/${id}/restore`, { token: ben.token, body: { to: 1 } }));
    await heard();
    await hibernate(id);
    const list = async (query = "") =>
      (await json<{ versions: Version[] }>(call("GET", path + query))).versions;
    const all = await list();
    expect(all.map(({ seq, automatic }) => [seq, automatic])).toEqual([
      [4, true],
      [2, false],
      [1, false],
    ]);
    expect(await list("?filter=named")).toEqual([plain, made]);

    const renamed = await json(
      call("PATCH", `${path}/${made.id}`, { token: ben.token, body: { name: "Final" } }),
    );
    expect(renamed).toEqual({ ...made, name: "Final" });
    await heard();
    await hibernate(id);
    const described = { description: "" };
    expect(await json(call("PATCH", `${path}/${made.id}`, { token: ben.token, body: described }))).toEqual({
      ...made,
      name: "Final",
      description: "",
    });
    await heard();
    expect((await call("DELETE", `${path}/${plain.id}`, { token: ada.token })).status).toBe(204);
    await heard();
    await hibernate(id);
    expect((await list("?filter=named")).map(({ name }) => name)).toEqual(["Final"]);
    expect(await refusal(call("GET", `/api/documents/${id}/content?at=${plain.id}`))).toBe("unknown-version");
    expect((await call("GET", `/api/documents/${id}/content?at=2`)).status).toBe(200);
  });

  it("[WK44] what is not a version of this document, bad words and readers are refused, and nothing changes", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const { token } = ada;
    const id = await newDocument(ada, { markdown: "first" });
    const other = await newDocument(ada, { markdown: "other" });
    const path = `/api/documents/${id}/versions`;
    const own = await json<Version>(call("POST", path, { token, body: { name: "own" } }));
    const foreign = await json<Version>(
      call("POST", `/api/documents/${other}/versions`, { token, body: { name: "foreign" } }),
    );
    const before = [await stubOf(id).stats(), await json(call("GET", path))];
    const body = { name: "x" };
    for (const unknown of [foreign.id, "v_none", "x", "%00", "..%2f"]) {
      expect(await refusal(call("PATCH", `${path}/${unknown}`, { token, body }))).toBe("unknown-version");
      expect(await refusal(call("DELETE", `${path}/${unknown}`, { token }))).toBe("unknown-version");
    }
    for (const bad of [
      {},
      { name: "" },
      { name: "a\nb" },
      { description: 5 },
      { description: "x".repeat(2_001) },
    ])
      expect(await refusal(call("PATCH", `${path}/${own.id}`, { token, body: bad }))).toBe("bad-request");
    expect(await refusal(call("POST", path, { token, body: { name: "x", description: "\u0007" } }))).toBe(
      "bad-request",
    );
    expect(await refusal(call("POST", path, { token, body: { name: "x", seq: 2 } }))).toBe("beyond-head");
    expect(await refusal(call("GET", `${path}?filter=some`))).toBe("bad-request");
    expect(await refusal(call("PATCH", `${path}/${own.id}`, { body }))).toBe("unauthenticated");
    await onlyView(id);
    for (const response of [
      call("POST", path, { token: ben.token, body }),
      call("PATCH", `${path}/${own.id}`, { token: ben.token, body }),
      call("DELETE", `${path}/${own.id}`, { token: ben.token }),
    ])
      expect(await refusal(response)).toBe("forbidden");
    expect([await stubOf(id).stats(), await json(call("GET", path, { token: ben.token }))]).toEqual(before);
  });
});

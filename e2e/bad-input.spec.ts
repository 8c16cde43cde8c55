import * as Y from "yjs";
import { Guest, sharedServer } from "./support/api.ts";
import { type Attempt, bytes, closeCodeOf, sync, varUint } from "./support/raw-socket.ts";
import { expect, test } from "./support/test.ts";

const mebibyte = 1024 * 1024;
const unknownId = "0".repeat(22);

/** A real change that needs another one which the server has never seen. */
function halfAChange(): Uint8Array {
  const doc = new Y.Doc();
  doc.getXmlFragment("default").push([new Y.XmlElement("paragraph")]);
  const known = Y.encodeStateVector(doc);
  doc.getXmlFragment("default").push([new Y.XmlElement("paragraph")]);
  return Y.encodeStateAsUpdate(doc, known);
}

function wholeChange(): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("default").insert(0, "hello");
  return Y.encodeStateAsUpdate(doc);
}

const plainText = [..."palimpsest"].map((letter) => letter.charCodeAt(0));
const hello = (protocolVersion: number) =>
  Uint8Array.from([64, ...varUint(protocolVersion), ...varUint(1), 1, ...bytes(0), 0]);

interface Case extends Omit<Attempt, "id"> {
  readonly what: string;
  readonly code: number;
}

/** Every way to say nonsense on an existing document, and the close code that names it. */
const nonsense: readonly Case[] = [
  { what: "text", send: "hello", code: 4400 },
  { what: "nothing at all", send: new Uint8Array(), code: 4400 },
  { what: "a kind that does not exist", send: Uint8Array.of(9), code: 4400 },
  { what: "y-protocols' auth message", send: Uint8Array.of(2, 0, 0), code: 4400 },
  { what: "a sync message of an unknown sort", send: Uint8Array.of(0, 7, 1, 0), code: 4400 },
  { what: "a length that promises more than there is", send: Uint8Array.of(0, 2, 200, 1, 1), code: 4400 },
  { what: "a number that never ends", send: new Uint8Array(40).fill(0xff), code: 4400 },
  { what: "something behind the end", send: Uint8Array.of(...sync(0, 0), 1), code: 4400 },
  { what: "our own frames without having asked for them", send: hello(1), code: 4400 },
  { what: "a push before the greeting", send: Uint8Array.of(65, 1, 2, 0, 0), negotiated: true, code: 4400 },
  { what: "another version of the protocol", send: hello(99), negotiated: true, code: 4426 },
  { what: "an update that is none", send: sync(2, ...plainText), code: 4422 },
  { what: "an update cut short", send: sync(2, ...wholeChange().slice(0, -4)), code: 4422 },
  {
    what: "an update of a few bytes that promises millions of changes",
    send: sync(2, 255, 255, 255, 127),
    code: 4422,
  },
  { what: "an answer with a gap in it", send: sync(1, ...halfAChange()), code: 4422 },
  { what: "more than 8 MiB", send: new Uint8Array(8 * mebibyte + 1), code: 4413 },
  { what: "more than the runtime accepts", send: new Uint8Array(33 * mebibyte), code: 1009 },
];

test("[I9] nonsense is answered with a clear close code, and nobody else notices", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:\n\nBen:" });
  const ada = await person("Ada");
  const ben = await person("Ben");
  let lostConnections = 0;
  for (const { page } of [ada, ben])
    page.on("websocket", (socket) => socket.on("close", () => lostConnections++));
  await Promise.all([ada.open(id), ben.open(id)]);
  await ada.goTo("Ada:");
  const { head } = await scribe.stats(id);
  for (const { what, code, ...attempt } of nonsense) {
    await test.step(what, async () => {
      expect(await closeCodeOf({ id, ...attempt }), what).toBe(code);
    });
  }
  expect((await scribe.stats(id)).head).toBe(head);
  expect(lostConnections).toBe(0);
  await ada.type(" still here");
  await ada.saved();
  await ben.sees("Ada: still here", "Ben:");
  await expect.poll(async () => (await scribe.stats(id)).connections).toBe(2);
});

test("[I10] sockets for unknown documents and with forged tokens are refused by name", async () => {
  const scribe = await Guest.enter();
  const [id, other] = [await scribe.create({ markdown: "Mine" }), await scribe.create()];
  const ticket = await scribe.ticket(id);
  const [head = "", body = "", signature = ""] = ticket.split(".");
  const claims = JSON.parse(Buffer.from(body, "base64url").toString()) as Record<string, unknown>;
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const unsigned = `${encode({ alg: "none", typ: "JWT" })}.${body}.`;
  const promoted = `${head}.${encode({ ...claims, sub: "somebody-else" })}.${signature}`;
  const cases: readonly (Attempt & { readonly what: string; readonly code: number })[] = [
    { what: "unknown document", id: unknownId, code: 4404 },
    { what: "no document's name", id: "..%2F..%2Fetc", code: 4404 },
    { what: "a name of 5,000 letters", id: "a".repeat(5_000), code: 4404 },
    { what: "another document's ticket", id: other, token: ticket, code: 4404 },
    { what: "no token", id, token: "rubbish", code: 4401 },
    { what: "an empty token", id, token: "", code: 4401 },
    { what: "a token of 100,000 letters", id, token: "x".repeat(10_000), code: 4401 },
    { what: "unsigned", id, token: unsigned, code: 4401 },
    { what: "changed after signing", id, token: promoted, code: 4401 },
    { what: "a session's token in place of a ticket", id, token: scribe.token, code: 4401 },
  ];
  for (const { what, code, ...attempt } of cases) expect(await closeCodeOf(attempt), what).toBe(code);
  expect(await scribe.markdown(id)).toContain("Mine");
});

test("bad requests get problem documents with a stable code", async () => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Mine" });
  const at = `/api/documents/${id}`;
  const table: readonly (readonly [string, string, unknown, number, string])[] = [
    ["POST", "/api/documents", { title: 7 }, 400, "bad-request"],
    ["POST", "/api/documents", [], 400, "bad-request"],
    ["POST", "/api/documents", { title: "x".repeat(201) }, 400, "bad-request"],
    ["POST", "/api/documents", { markdown: "x".repeat(2_000_001) }, 400, "bad-request"],
    ["POST", "/api/session", { name: "" }, 400, "bad-request"],
    ["PATCH", at, {}, 400, "bad-request"],
    ["POST", `${at}/versions`, { name: "  " }, 400, "bad-request"],
    ["POST", `${at}/versions`, { name: "Far away", seq: 1_000_000_000 }, 404, "beyond-head"],
    ["POST", `${at}/restore`, { to: 999_999 }, 404, "beyond-head"],
    ["POST", `${at}/restore`, { to: -1 }, 400, "bad-request"],
    ["POST", `${at}/restore`, { to: "yesterday" }, 400, "bad-moment"],
    ["GET", `${at}/content?format=json&at=999999`, undefined, 404, "beyond-head"],
    ["GET", `${at}/content?format=json&at=9999-01-01T00:00:00Z`, undefined, 404, "beyond-head"],
    ["GET", `${at}/content?format=json&at=yesterday`, undefined, 400, "bad-moment"],
    ["GET", `${at}/content?format=json&at=v_unheardof`, undefined, 404, "unknown-version"],
    ["GET", `${at}/content?format=pdf`, undefined, 400, "bad-format"],
    ["GET", `${at}/history?limit=0`, undefined, 400, "bad-request"],
    ["GET", `${at}/history?before=now`, undefined, 400, "bad-request"],
    ["GET", `/api/documents/${unknownId}`, undefined, 404, "not-found"],
    ["GET", `/api/documents/${unknownId}/stats`, undefined, 404, "not-found"],
    ["POST", `/api/documents/${unknownId}/ticket`, {}, 404, "not-found"],
    ["GET", "/api/documents/x/content", undefined, 404, "not-found"],
    ["DELETE", `/api/documents/${unknownId}`, undefined, 404, "not-found"],
    ["GET", "/api/nothing", undefined, 404, "no-such-route"],
    ["GET", `/sync/${id}`, undefined, 426, "not-a-websocket"],
  ];
  for (const [method, path, body, status, code] of table) {
    const response = await scribe.request(path, { method, ...(body === undefined ? {} : { body }) });
    const what = `${method} ${path}`;
    expect(response.status, what).toBe(status);
    expect(response.headers.get("content-type"), what).toContain("application/problem+json");
    expect(await response.json(), what).toMatchObject({ code, status });
  }
  const broken = await fetch(`${scribe.url}/api/documents`, {
    method: "POST",
    headers: { authorization: `Bearer ${scribe.token}`, "content-type": "application/json" },
    body: '{"title": ',
  });
  expect(await broken.json()).toMatchObject({ code: "bad-json", status: 400 });
  const nobody = await fetch(`${scribe.url}/api/documents`, { method: "POST", body: "{}" });
  expect(await nobody.json()).toMatchObject({ code: "unauthenticated", status: 401 });
  const elsewhere = await fetch(`${scribe.url}${at}`, {
    method: "DELETE",
    headers: { origin: "https://example.com" },
  });
  expect(await elsewhere.json()).toMatchObject({ code: "foreign-origin", status: 403 });
  expect(await scribe.markdown(id)).toContain("Mine");
});

test("an address without a document says so, and shows the way home", { tag: ["@ux62"] }, async ({
  person,
}) => {
  const ada = await person("Ada");
  for (const id of [unknownId, "nonsense"]) {
    await ada.page.goto(`${sharedServer()}/d/${id}`);
    await expect(ada.page.getByTestId("document-gone")).toBeVisible();
    await expect(ada.page.getByRole("heading")).toHaveText("This document does not exist");
    await ada.page.getByRole("link", { name: "All documents" }).click();
    await expect(ada.page.getByRole("heading", { name: "Your documents" })).toBeVisible();
    await expect(ada.page.getByTestId("document-row")).toHaveCount(0);
  }
  await ada.page.goto(`${sharedServer()}/nowhere/at/all`);
  await expect(ada.page.getByTestId("not-found")).toBeVisible();
});

test("who has a document open when it is deleted for good is told, and keeps the text at hand", async ({
  person,
}) => {
  const ada = await person("Ada");
  await ada.page.goto(ada.url);
  await ada.page.getByRole("button", { name: "New document" }).click();
  await ada.ready();
  await ada.press("Enter");
  await ada.type("Soon gone");
  await ada.saved();
  const ben = await (await person("Ben")).open(ada.documentId);
  await ben.sees("Soon gone");
  const answer = await ada.context.request.delete(`${ada.url}/api/documents/${ada.documentId}?forever=1`);
  expect(answer.status()).toBe(204);
  for (const { page } of [ada, ben]) {
    await expect(page.getByTestId("refusal")).toContainText("does not exist");
    await expect(page.getByRole("button", { name: "Copy the text" })).toBeVisible();
  }
  await ben.sees("Soon gone");
  await ben.page.reload();
  await expect(ben.page.getByTestId("document-gone")).toBeVisible();
});

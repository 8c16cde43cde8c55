import { beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import { bindings, call, type Guest, guest, json, newDocument } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { exported, gzip, importFile, type Line, pack } from "./support/history-file.ts";
import { refusal } from "./support/refusal.ts";
import { onlyView } from "./support/viewer.ts";

let ada: Guest;
let source: string;
let whole: Line[];

beforeAll(async () => {
  ada = await guest("Ada");
  const ben = await guest("Ben");
  source = await newDocument(ada, { title: "T", markdown: "first" });
  const [a, b] = [await Client.join(source, ada), await Client.join(source, ben)];
  await a.write(paragraph("second"));
  await b.write(paragraph("third"));
  const body = { name: "v", seq: 2 };
  await json(call("POST", `/api/documents/${source}/versions`, { token: ada.token, body }));
  await json(call("POST", `/api/documents/${source}/restore`, { token: ada.token, body: { to: 1 } }));
  await a.write((doc) => doc.getText("aside").insert(0, "x".repeat(5_000)));
  await a.write(paragraph("last"));
  whole = await exported(source);
});

/** The file with one line changed: found by a key that only lines of its kind have, the nth of them. */
function changed(key: string, change: Line, nth = 0): Line[] {
  const at = whole.flatMap((line, index) => (key in line ? [index] : []))[nth];
  if (at === undefined) throw new Error(`there is no such line: ${key}`);
  return whole.toSpliced(at, 1, { ...whole[at], ...change });
}

/** Without the links that show that a frame is not the one that was written: whoever forges leaves them out. */
function unsealed(lines: Line[]): Line[] {
  return lines.filter((line) => !("sealed" in line));
}

function lineOf(key: string, nth = 0): number {
  return whole.flatMap((line, index) => (key in line ? [index + 1] : []))[nth] as number;
}

/** How many documents there are, and how many objects have a database with something in it. */
async function made(): Promise<number> {
  const count = bindings().DIRECTORY.prepare("SELECT count(*) AS n FROM documents");
  return (await count.first<number>("n")) ?? 0;
}

async function sentence(file: Uint8Array<ArrayBuffer>): Promise<string> {
  const before = await made();
  const response = await importFile(ada, file);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  const { code, status, detail } = await response.json<{ code: string; status: number; detail: string }>();
  expect([status, code]).toEqual([422, "bad-history-file"]);
  expect(await made()).toBe(before);
  return detail;
}

const editOf = (act: (doc: Y.Doc) => void): string => {
  const doc = new Y.Doc();
  doc.transact(() => act(doc));
  return Y.encodeStateAsUpdate(doc).toBase64();
};

describe("a file that is no whole history", () => {
  it("[WK47] is taken as it is when nothing was changed", async () => {
    const response = await importFile(ada, await pack(whole));
    expect(response.status).toBe(201);
  });

  it.each<[string, () => Line[], () => string]>([
    [
      "without its first line",
      () => whole.slice(1),
      () => "Line 1: the file does not begin as a history does.",
    ],
    [
      "with two first lines",
      () => [whole[0] as Line, ...whole],
      () => "Line 2: a second history begins here.",
    ],
    ["of another format", () => changed("format", { format: "zip" }), () => "Line 1: format is not"],
    ["of a later version", () => changed("format", { version: 3 }), () => "Line 1: version is not"],
    ["with more in a line than there may be", () => changed("s", { x: 1 }), () => `Line ${lineOf("s")}: `],
    [
      "with a frame left out",
      () => whole.filter(({ s }) => s !== 3),
      () => `Line ${lineOf("s", 2)}: frame 3 should`,
    ],
    [
      "with two frames exchanged",
      () => whole.map((line) => (line.s === 2 ? find(3) : line.s === 3 ? find(2) : line)),
      () => `Line ${lineOf("s", 1)}: frame 2 should stand here, not 3.`,
    ],
    [
      "with a frame twice",
      () => whole.flatMap((line) => (line.s === 2 ? [line, line] : [line])),
      () => `Line ${lineOf("s", 2)}: frame 3 should stand here, not 2.`,
    ],
    [
      "with more frames than it said",
      () => changed("format", { head: 5 }),
      () => ": the file said that it would end at 5.",
    ],
    ["with fewer frames than it said", () => changed("format", { head: 7 }), () => ": the file ends at 6"],
    ["with a time that goes back", () => changed("s", { t: 1 }, 2), () => ": its time is before that of"],
    [
      "with a time to come",
      () => changed("s", { t: Date.now() + 3_600_000 }, 5),
      () => ": its time lies in the future.",
    ],
    [
      "with a beginning to come",
      () => changed("format", { createdAt: "2999-01-01T00:00:00.000Z" }),
      () => "Line 1: its time",
    ],
    ["with an unknown author", () => changed("s", { a: 9 }, 1), () => ": there is no author 9."],
    [
      "with authors out of order",
      () => changed("author", { author: 2 }),
      () => "Line 2: author 1 should stand here.",
    ],
    [
      "with one author under two numbers",
      () => changed("author", { id: (whole[1] as Line).id }, 1),
      () => "Line 3: this author was there before.",
    ],
    ["with a name of several lines", () => changed("author", { name: "A\nB" }), () => "Line 2: name is not"],
    ["with a colour that is none", () => changed("author", { color: "red" }), () => "Line 2: color is not"],
    [
      "with a version of a moment that is none",
      () => changed("automatic", { seq: 99 }),
      () => ": there is no position 99.",
    ],
    [
      "with a version named twice",
      () => changed("automatic", { version: (whole[lineOf("automatic") - 1] as Line).version }, 1),
      () => ": this version was there before.",
    ],
    [
      "with a version's id that is none",
      () => changed("automatic", { version: "x" }),
      () => ": version is not",
    ],
    [
      "with a restore of what came later",
      () => changed("target", { target: 4 }),
      () => ": it restores what came later.",
    ],
    ["with a kind that is none", () => changed("s", { k: "other" }), () => `Line ${lineOf("s")}: `],
    ["with bytes that are not base64", () => changed("s", { u: "?" }), () => ": its bytes are not base64."],
    [
      "with an update that is none",
      () => unsealed(changed("s", { u: "AQIDBA==" })),
      () => ": its update is not one that a document takes (malformed).",
    ],
    [
      "with an update that builds on nothing",
      () => unsealed(changed("s", { u: find(2).u })),
      () => ": its update builds on changes that are not there.",
    ],
    [
      "with an update that brings nothing",
      () => unsealed(changed("s", { u: find(1).u }, 1)),
      () => ": its update brings nothing",
    ],
    [
      "with a huge claim in a few bytes",
      // one client, one struct: garbage of 2^50 clocks
      () =>
        unsealed(
          changed("s", {
            u: new Uint8Array([1, 1, 1, 0, 0, 128, 128, 128, 128, 128, 128, 128, 2, 0]).toBase64(),
          }),
        ),
      () => ": its update is not one that a document takes",
    ],
    [
      "with a name that reaches into objects",
      () => unsealed(changed("s", { u: editOf((doc) => doc.getMap("meta").set("__proto__", 1)) }, 1)),
      () => ": its update is not one that a document takes (bad-name).",
    ],
    [
      "with somebody's edit under another's replica",
      () => changed("s", { a: 2 }, 1),
      () => ": the frames before it are not those that were sealed.",
    ],
    [
      "with somebody's edit under another's replica, sealed anew",
      () => unsealed(changed("s", { a: 2 }, 4)),
      () => ", who is somebody else.",
    ],
    [
      "with a restore whose deletions are nonsense",
      () => changed("restore", { deletes: "AQID" }),
      () => ": what it says to have deleted cannot be read.",
    ],
    [
      "with a restore that put nonsense back",
      () => changed("restore", { moves: "/w==" }),
      () => ": what it says to have put back cannot be read.",
    ],
    [
      "with a restore that undoes what came later",
      () => changed("restore", { through: 6 }),
      () => ": it undoes what came later.",
    ],
    [
      "with a seal in front of its frames",
      () => whole.toSpliced(lineOf("s") - 1, 0, { sealed: 2, link: null }),
      () => ": a seal must stand behind",
    ],
    [
      "with a state that none was dropped for",
      () =>
        whole.toSpliced(lineOf("s") - 1, 0, {
          snapshot: 1,
          t: 1,
          collected: true,
          owners: [],
          frame: null,
          u: find(1).u,
        }),
      () => ": only a history whose beginning was dropped",
    ],
    [
      "with a beginning that is not there",
      () => changed("format", { floor: 1 }).filter(({ s }) => s !== 1),
      () => ": the state at 1, where the history begins, is missing.",
    ],
    [
      "with something of no kind",
      () => whole.toSpliced(3, 0, { hello: 1 }),
      () => "Line 4: it is of no known kind.",
    ],
    [
      "with a version behind the frames",
      () => [...whole, ...whole.filter((line) => "automatic" in line)],
      () => ": a line of kind version cannot stand here.",
    ],
  ])("[WK47] %s is refused by its line, and nothing is made", async (_, lines, expected) => {
    expect(await sentence(await pack(lines()))).toContain(expected());
  });

  it("[WK47] cut off, at whatever place, it is refused", async () => {
    const file = await pack(whole);
    for (const length of [0, 1, 10, 40, file.length >> 1, file.length - 9, file.length - 1])
      expect(await sentence(file.slice(0, length))).toMatch(/^Line \d+: the file is (empty|cut off)/);
    const text = whole.map((line) => `${JSON.stringify(line)}\n`).join("");
    const lines = text.split("\n");
    // packed again after it was cut off
    for (const count of [1, 3, lines.length - 4, lines.length - 2])
      expect(await sentence(await gzip(`${lines.slice(0, count).join("\n")}\n`))).toContain(
        "its last line is missing",
      );
    expect(await sentence(await gzip(text.trimEnd()))).toContain("the file is cut off");
    expect(await sentence(await gzip(`${text}${lines.at(-2)}\n`))).toContain(
      "it stands behind the last line",
    );
    // one letter was changed
    const forged = text.replace('"name":"v"', '"name":"w"');
    expect(await sentence(await gzip(forged))).toContain("are not those that were summed up");
    expect(
      await sentence(await gzip(text.replace('"end":true,"frames":6', '"end":true,"frames":5'))),
    ).toContain("it counts other frames");
  });

  it("[WK47] what is no packed text, or unpacks to more than it may, is refused before it fills anything", async () => {
    expect(await sentence(Uint8Array.from(new TextEncoder().encode(JSON.stringify(whole[0]))))).toContain(
      "Line 1: the file is cut off, damaged",
    );
    expect(await sentence(await gzip("no JSON\n"))).toBe("Line 1: it is not JSON.");
    expect(await sentence(await gzip("[1]\n"))).toBe("Line 1: it is of no known kind.");
    expect(await sentence(await gzip("null\n"))).toBe("Line 1: it is not an object.");
    expect(await sentence(await gzip(new Uint8Array([0xff, 0xfe, 0x0a])))).toBe(
      "Line 1: it is not text in UTF-8.",
    );
    const before = await made();
    const bomb = await gzip(new Uint8Array(40 * 1024 * 1024).fill(0x20));
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(importFile(ada, bomb))).toBe("too-large");
    expect(
      await refusal(
        call("POST", "/api/documents/import", {
          token: ada.token,
          headers: { "content-length": "70000000" },
          raw: bomb,
        }),
      ),
    ).toBe("too-large");
    expect(await made()).toBe(before);
  });

  it("[WK47] nobody but a known person imports, a page of another origin does not, and readers may export", async () => {
    const file = await pack(whole);
    expect(await refusal(call("POST", "/api/documents/import", { raw: file }))).toBe("unauthenticated");
    const headers = { origin: "https://evil.test" };
    expect(await refusal(call("POST", "/api/documents/import", { headers, raw: file }))).toBe(
      "foreign-origin",
    );
    await onlyView(source);
    expect((await exported(source)).length).toBe(whole.length);
    expect(await refusal(call("GET", "/api/documents/0000000000000000000000/export"))).toBe("not-found");
  });
});

function find(seq: number): Line {
  return whole.find(({ s }) => s === seq) as Line;
}

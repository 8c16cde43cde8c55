import { readFileSync } from "node:fs";
import type { AuthorNo, Frame, NewFrame, Seq } from "@palimpsest/history";
import { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import { expect, it } from "vitest";
import { CHAIN_START, decodeSegment, encodeFrames, linkOf, SqliteAssets, SqliteStore } from "../src/index.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
const author = 300 as AuthorNo;

const frames: readonly NewFrame[] = [
  { kind: "edit", time: 1_700_000_000_000, author, update: new Uint8Array([0, 0]) },
  { kind: "import", time: 1_700_000_000_127, author, update: new Uint8Array([1, 2, 3]) },
  { kind: "restore", target: 129 as Seq, time: 1_700_000_000_255, author, update: new Uint8Array(0) },
];
const segment = "00ac0280d095ffbc310200" + "00" + "01ac027f03010203" + "02ac028001810100";

it("[ST12] the bytes of a segment are these, and decode to the frames that were encoded", () => {
  expect(hex(encodeFrames(frames, 0).bytes)).toBe(hex(Buffer.from(segment, "hex")));
  const decoded = decodeSegment(new Uint8Array(Buffer.from(segment, "hex")), 41 as Seq);
  expect(decoded).toEqual(frames.map((frame, i) => ({ ...frame, seq: 41 + i })));
});

it("[ST25] the links of a segment and of the one after it are these", () => {
  const first = linkOf(CHAIN_START, encodeFrames(frames, 0).bytes);
  expect(hex(first)).toBe("a79f929cfa8655893e8d82cc544bcc34df247dc8cb2bf185cb8ce8a7b6a0d7b2");
  expect(hex(linkOf(first, encodeFrames(frames.slice(1), 0).bytes))).toBe(
    "50cc4043b40cb695176e644fa1021661d27030b2a591bd2554c9cd41920e3dc8",
  );
});

it("[ST12] a segment that is cut off anywhere but between two frames is refused", () => {
  const bytes = new Uint8Array(Buffer.from(segment, "hex"));
  const ends = [0, 1, 2, 3].map((count) => encodeFrames(frames.slice(0, count), 0).bytes.length);
  for (let length = 0; length < bytes.length; length++) {
    const decode = () => decodeSegment(bytes.subarray(0, length), 1 as Seq);
    if (ends.includes(length)) expect(decode()).toHaveLength(ends.indexOf(length));
    else expect(decode, `cut at ${length}`).toThrow();
  }
  expect(() => decodeSegment(new Uint8Array([3]), 1 as Seq)).toThrow("unknown kind");
});

/** A database as that version of the program wrote it. */
function golden(version: number): NodeSqlite {
  const driver = new NodeSqlite();
  const sql = readFileSync(new URL(`./golden/store-${version}.sql`, import.meta.url), "utf8");
  for (const statement of sql.split(";\n")) if (statement !== "") driver.exec(statement);
  return driver;
}

it("[ST12] a database written by store version 1 opens, reads and goes on", () => {
  const driver = golden(1);
  const store = new SqliteStore(driver);
  expect(store.load()).toMatchObject({
    documentId: "golden",
    logId: "log-1",
    createdAt: 1_700_000_000_000,
    head: 3,
    lastFrameAt: 1_700_000_060_000,
  });
  expect(store.authors()).toEqual([{ no: 1, userId: "u1", name: "Ada", color: "#112233" }]);
  expect(store.ownerOf(7)).toBe(1);
  const stored = [...store.frames(0 as Seq, 3 as Seq)];
  expect(stored.map(describeFrame)).toEqual([
    "1 import 1700000000100 01010700040107" + "64656661756c740548656c6c6f00",
    "2 edit 1700000000300 01010705840704" + "0620776f726c6400",
    "3 restore to 1 1700000060000 0001070100" + "01",
  ]);
  expect(hex(store.readSnapshot(3 as Seq, "delete-set"))).toBe("0107010001");
  expect(store.versions()).toMatchObject([{ id: "v1", seq: 2, name: "First", automatic: false }]);
  expect(store.readNote("title")).toBe("Golden");
  const edit = { kind: "edit", time: 0, author: 1 as AuthorNo, update: new Uint8Array([0, 0]) } as const;
  const batch = { frames: [edit], authors: [], owners: new Map(), stateVector: () => new Uint8Array([0]) };
  expect(verified(store)).toMatchObject({ frames: 3, snapshots: 1, versions: 1, sealed: 0, bad: null });
  expect(store.append(batch)).toBe(4);
  expect([...store.frames(3 as Seq, 4 as Seq)][0]?.time).toBe(1_700_000_060_000);
  driver.close();
});

it("[ST12] a database written by store version 2 opens, reads and goes on", () => {
  const driver = golden(2);
  const summarise = (frames: readonly Frame[]) => frames.map(({ seq }) => seq).join();
  const store = new SqliteStore(driver, { summarise });
  expect(store.load()).toMatchObject({
    documentId: "golden",
    logId: "log-2",
    head: 25,
    lastFrameAt: 1_700_000_425_000,
    base: { seq: 24, stateVector: new Uint8Array([1, 7, 24]) },
  });
  const stored = [...store.frames(0 as Seq, 25 as Seq)];
  const update = (i: number) => [1, 1, 7, i, 132, 7, i - 1, 1, 97 + (i % 26), 0];
  expect(stored.map(describeFrame)).toEqual(
    Array.from({ length: 25 }, (_, n) => {
      const i = n + 1;
      const kind = i === 1 ? "import" : i === 9 ? "restore to 4" : "edit";
      const bytes = i === 18 ? new Uint8Array(210).fill(7) : new Uint8Array(update(i));
      return `${i} ${kind} ${1_700_000_000_000 + i * 1000 + (i > 10 ? 400_000 : 0)} ${hex(bytes)}`;
    }),
  );
  expect(stored.map((frame) => frame.author)).toEqual(stored.map((_, n) => ((n + 1) % 5 === 0 ? 2 : 1)));
  expect(store.snapshots()).toMatchObject([
    { seq: 8, bytes: 5, collected: false },
    { seq: 20, bytes: 4, collected: true },
  ]);
  const sections = ["update", "state-vector", "delete-set"] as const;
  const read = (seq: number) => sections.map((section) => hex(store.readSnapshot(seq as Seq, section)));
  expect(read(8)).toEqual(["0102030405", "010708", "00"]);
  expect(read(20)).toEqual(["09080706", "010714", "0107010001"]);
  expect(store.versions()).toMatchObject([
    { id: "v2", seq: 20, name: "Before restoring", description: "", author: 2, automatic: true },
    { id: "v1", seq: 6, name: "First", description: "", author: 1, automatic: false },
  ]);
  expect(store.hasRestores).toBe(false);
  expect(verified(store)).toEqual({
    frames: 25,
    segments: 6,
    snapshots: 2,
    versions: 2,
    sealed: 24,
    bad: null,
  });
  expect(store.positionAt(1_700_000_410_999)).toBe(10);
  const summaries = driver.query("SELECT form, summary FROM segments ORDER BY first_seq");
  expect(summaries.map(({ summary }) => summary !== null)).toEqual([true, true, true, false, false, false]);
  expect([...store.summaries(26 as Seq)].map(({ text }) => text).at(-1)).toBe("1,2,3,4,5,6,7,8,9");
  expect(store.stats()).toMatchObject({ rowsWritten: 48, wakes: 2 });
  const edit = { kind: "edit", time: 0, author: 1 as AuthorNo, update: new Uint8Array([0, 0]) } as const;
  const batch = { frames: [edit], authors: [], owners: new Map(), stateVector: () => new Uint8Array([0]) };
  expect(store.append(batch)).toBe(26);
  expect(verified(store)).toMatchObject({ frames: 26, bad: null });
  expect([...new SqliteStore(driver).frames(25 as Seq, 26 as Seq)][0]?.time).toBe(1_700_000_425_000);
  driver.close();
});

it("[ST12] a database written by store version 3 opens, reads and goes on", () => {
  const driver = golden(3);
  const store = new SqliteStore(driver);
  expect(store.load()).toMatchObject({ documentId: "golden", logId: "log-3", head: 25 });
  expect([...store.frames(0 as Seq, 25 as Seq)].map(({ kind }) => kind)).toEqual(
    Array.from({ length: 25 }, (_, n) => (n === 0 ? "import" : n === 8 ? "restore" : "edit")),
  );
  expect(store.snapshots()).toMatchObject([{ seq: 20, bytes: 300, isDeflated: true }]);
  expect(store.readSnapshot(20 as Seq, "update")).toEqual(new Uint8Array(300).fill(5));
  expect(store.versions()).toMatchObject([{ id: "v1", description: "one" }]);
  expect(store.restores()).toMatchObject([{ seq: 9, how: "whole", moves: new Uint8Array([1]) }]);
  expect(verified(store)).toMatchObject({ frames: 25, snapshots: 1, versions: 1, sealed: 24, bad: null });
  expect([...store.updates(0 as Seq, 25 as Seq)]).toEqual(
    [...store.frames(0 as Seq, 25 as Seq)].map(({ update }) => update),
  );
  const assets = new SqliteAssets(driver);
  expect(assets.list()).toEqual([]);
  const size = { size: 3, width: null, height: null };
  assets.add({ id: "a", name: "a.txt", mime: "text/plain", ...size, by: "u1", uploadedAt: 7 }, 25 as Seq);
  expect(new SqliteStore(driver).load()?.head).toBe(25);
  expect(new SqliteAssets(driver).totals()).toEqual({ count: 1, bytes: 3 });
  driver.close();
});

it("[ST7] a process that dies at any statement leaves what the last whole turn wrote", () => {
  const batch = (salt: number) => ({
    frames: [
      { kind: "edit", time: salt, author: 1 as AuthorNo, update: new Uint8Array(3_000).fill(salt) } as const,
    ],
    authors: [],
    owners: new Map([[salt, 1 as AuthorNo]]),
    stateVector: () => new Uint8Array([0]),
  });
  for (let statement = 1, crashed = true; crashed; statement++) {
    const driver = new NodeSqlite();
    const store = driver.turn(() => new SqliteStore(driver));
    driver.turn(() => {
      store.create({ documentId: "d", logId: "l", createdAt: 0 });
      store.append(batch(1));
    });
    driver.crashAt(statement);
    crashed = false;
    try {
      driver.turn(() => {
        store.append(batch(2));
        store.append(batch(3));
      });
    } catch {
      crashed = true; // the test's own crash: what counts is what a new start finds
    }
    driver.crashAt(null);
    const reopened = new SqliteStore(driver);
    expect(reopened.load()?.head).toBe(crashed ? 1 : 3);
    expect([1, 2, 3].map((client) => reopened.ownerOf(client) !== null)).toEqual([true, !crashed, !crashed]);
    driver.close();
  }
});

function verified(store: SqliteStore) {
  const walk = store.verify();
  for (;;) {
    const step = walk.next();
    if (step.done) return step.value;
  }
}

function describeFrame(frame: Frame): string {
  const target = frame.kind === "restore" ? ` to ${frame.target}` : "";
  return `${frame.seq} ${frame.kind}${target} ${frame.time} ${hex(frame.update)}`;
}

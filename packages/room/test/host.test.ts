import type { AuthorNo, Seq } from "@palimpsest/history";
import { type ClientId, encodeMessage } from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import { InjectedFault } from "@palimpsest/testkit/node-sqlite";
import { compact, deleteSetOf, encodeStateVector, materialize } from "@palimpsest/ydoc";
import { expect, it } from "vitest";
import { toAppend } from "../src/batch.ts";
import { KnownDocument } from "../src/index.ts";
import { person, scenario, TestRoom } from "./harness.ts";
import { textOf, Writer } from "./writer.ts";

/** Storage as a list: enough to see whether anything of it changed. */
const contents = (room: TestRoom) =>
  ["segments", "authors", "owners", "meta"].map((table) => room.driver.query(`SELECT * FROM ${table}`));

for (const forget of [false, true]) {
  const when = forget ? "after hibernation" : "in a room that is awake";

  it(`[RO28][I9] when storage throws at any statement nothing is sent, and the next message works, ${when}`, () => {
    let failures = 0;
    for (let statement = 1; ; statement++) {
      const room = new TestRoom();
      const [one, two] = [new Writer(1), new Writer(2)];
      const ada = room.open("ada").hello().present(1, 1).push(1, one.type("a"));
      const bob = room.open("bob").hello();
      bob.push(1, two.type("b"));
      // a new author, a deletion and a closed segment: every kind of row is written
      const carl = room.open("carl").hello();
      const big = new Writer(3).learn(...one.updates);
      big.erase(0, 1);
      big.type("x".repeat(5_000));
      room.takeJournal();
      const before = contents(room);
      if (forget) room.host.forget(room.now);
      room.driver.failAt(statement);
      let threw = false;
      try {
        carl.push(9, big.whole);
      } catch (error) {
        expect(error).toBeInstanceOf(InjectedFault);
        threw = true;
      }
      room.driver.failAt(null);
      if (!threw) break;
      failures++;
      expect(room.takeJournal(), `statement ${statement}`).toEqual([]);
      expect(contents(room)).toEqual(before);
      ada.messages;
      ada.push(2, one.type("c"));
      expect(ada.said).toEqual(["ack 2 @3"]);
      carl.messages;
      carl.push(10, big.whole);
      expect(carl.said).toEqual(["ack 10 @4"]);
      expect(textOf(room.frames().map(({ update }) => update))).toHaveLength(5_002);
      room.driver.close();
    }
    expect(failures).toBeGreaterThan(5);
  });
}

it("[RO29] a connection whose catch-up failed is not ready, gets no changes, and may say hello again", () => {
  for (let statement = 1; ; statement++) {
    const room = new TestRoom();
    const writer = new Writer(1);
    room.edit(writer.type("a"));
    const ada = room.open("ada");
    const carl = room.open("carl", { negotiated: false, role: "view" });
    const fails = (act: () => void) => {
      room.driver.failAt(statement);
      try {
        act();
        return false;
      } catch (error) {
        expect(error).toBeInstanceOf(InjectedFault);
        return true;
      } finally {
        room.driver.failAt(null);
      }
    };
    const failed = fails(() => ada.hello());
    const failedToo = fails(() => carl.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) }));
    if (!failed && !failedToo) break;
    ada.messages;
    carl.messages;
    room.edit(writer.type("b"));
    if (failed) expect(ada.said).toEqual([]);
    if (failedToo) expect(carl.said).toEqual([]);
    if (failed) expect(ada.hello().said).toEqual(["welcome edit @2", "frames @2", "synced @2"]);
    room.driver.close();
  }
});

it("[RO28] a log that is not where the room thought ends the turn before anything is shown", () => {
  const room = new TestRoom();
  const writer = new Writer(1);
  room.edit(writer.type("a"));
  // somebody else wrote: a second object of the same document, as right after a deploy
  const stored = room.store.load();
  if (stored === null) throw new Error("the document is there");
  const other = new KnownDocument(stored, room.store.frames(0 as never, 1 as never), {
    ownerOf: (client) => room.store.ownerOf(client),
    authors: () => room.store.authors(),
    head: () => 1 as never,
    deleteSet: () => {
      throw new Error("nothing is deleted here");
    },
  });
  const update = new Writer(2).type("b");
  const admission = {
    kind: "new",
    update,
    outline: null,
    advanced: new Map(),
    deleted: [],
    inserted: 1,
  } as const;
  const addition = other.admitted(admission, person("ada"), 5, { as: "edit" });
  room.store.append(toAppend([addition], () => other.encodeStateVector()));
  const ada = room.open("ada").hello();
  ada.messages;
  room.takeJournal();
  expect(() => ada.push(1, new Writer(5).type("c"))).toThrow("without this store");
  expect(room.takeJournal().filter((line) => line.includes("←"))).toEqual([]);
});

scenario("[RO28] a room of a document that does not exist cannot be opened", (room) => {
  room.driver.exec("DELETE FROM meta WHERE key = 'document-id'");
  room.host.forget(room.now);
  expect(() => room.open("ada")).toThrow("does not exist");
});

scenario("[RO31][I17] opening, reading and being present write nothing", (room) => {
  room.edit(new Writer(1).type("a"));
  const before = contents(room);
  const ada = room.open("ada").hello().present(1, 1);
  const plain = room.open("bob", { negotiated: false });
  plain.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) });
  // a plain client answers our question with everything it has, even when that is nothing
  plain.send({ kind: "sync-step-2", update: new Uint8Array([0, 0]) }).send({ kind: "query-awareness" });
  ada.close();
  plain.close();
  expect(contents(room)).toEqual(before);
  expect(room.frames()).toHaveLength(1);
});

it("[RO28] whatever bytes arrive, nothing but storage can make a dispatch throw", () => {
  const room = new TestRoom();
  const update = new Writer(1).type("hello");
  const samples = [
    encodeMessage({ kind: "push", pushId: 1, update }),
    encodeMessage({ kind: "update", update }),
    encodeMessage({ kind: "awareness", states: [{ clientId: 1 as never, clock: 1, state: "{}" }] }),
    encodeMessage({ kind: "sync-step-1", stateVector: new Uint8Array([1, 1, 1]) }),
  ];
  for (const sample of samples) {
    for (let at = 0; at < sample.length; at++) {
      for (const value of [0, 1, 127, 128, 255]) {
        const bytes = sample.slice();
        bytes[at] = value;
        const eve = room.open("eve").hello().raw(bytes);
        expect(eve.messages.length).toBeGreaterThan(0);
        eve.close();
      }
    }
  }
});

it("[RO65][I2] whoever is connected to an object that another has overtaken is sent away, and misses nothing", () => {
  const room = new TestRoom();
  const [one, two, other] = [new Writer(1), new Writer(2), new Writer(3)];
  const ada = room.open("ada").hello().present(1, 1).push(1, one.type("a"));
  const bob = room.open("bob").hello();
  const carl = room.open("carl", { negotiated: false });
  for (const someone of [ada, bob, carl]) someone.messages;
  overtake(room, other.type("x"));
  expect(() => bob.push(1, two.type("b"))).toThrow("without this store");
  bob.close(); // as the shell does after a message that failed
  for (const someone of [ada, carl]) expect(someone.said).toEqual(["closed 4300"]);
  room.open("bob2").hello().push(2, two.whole);
  room.open("ada2").hello();
  expect([...textOf(room.frames().map(({ update }) => update))].sort().join("")).toBe("abx");
  room.host.forget(room.now);
  expect(room.open("dora").hello().said).toContain("frames @3");
  expect([...room.attachments.values()].filter((attachment) => attachment !== null)).toHaveLength(3);
});

it("[RO65] that an edit of the server's was refused because another object wrote is noticed before a hibernation", () => {
  const room = new TestRoom();
  const ada = room.open("ada").hello().push(1, new Writer(1).type("a"));
  ada.messages;
  overtake(room);
  expect(() => room.edit(new Writer(9).type("s"))).toThrow("without this store");
  room.host.forget(room.now);
  expect(ada.said).toEqual(["closed 4300"]);
});

it("[RO65][I11] nobody is refused for repeating what was written to the other object", () => {
  const room = new TestRoom();
  const one = new Writer(1);
  const ada = room.open("ada").hello().push(1, one.type("a"));
  const bob = room.open("bob").hello().push(1, new Writer(2).type("b"));
  for (const someone of [ada, bob]) someone.messages;
  overtake(room, one.type("c"));
  expect(() => bob.push(2, one.updates[1] as Uint8Array)).toThrow("another object");
  expect(ada.said).toEqual(["closed 4300"]);
});

scenario(
  "[RO65] a snapshot of what is not known here tells nobody of deletions that they cannot place",
  (room) => {
    const [one, other] = [new Writer(1), new Writer(2)];
    room.open("ada").hello().push(1, one.type("ab"));
    const dora = room.open("dora", { negotiated: false });
    other.learn(...one.updates);
    other.type("x");
    other.erase(0, 1);
    const doc = materialize([...room.frames().map(({ update }) => update), ...other.updates]);
    room.store.writeSnapshot({ seq: 3 as Seq, createdAt: 1, ...compact(doc) });
    dora.messages;
    const stateVector = encodeStateVector(new Map([[1 as ClientId, 2]]));
    const [answer] = dora.send({ kind: "sync-step-1", stateVector }).messages;
    if (answer?.kind !== "sync-step-2") throw new Error("a plain question is answered");
    expect([...deleteSetOf(answer.update)]).toEqual([]);
  },
);

/** Another object of the same document, with a store of its own, appends a frame. */
function overtake(room: TestRoom, update = new Writer(3).type("x")): void {
  const frame = { kind: "edit", time: 1_001, author: 1 as AuthorNo, update } as const;
  const addition = { frame, author: 1 as AuthorNo, newAuthor: null, newClients: [] };
  new SqliteStore(room.driver).append(toAppend([addition], () => new Uint8Array([0])));
}

it("[RO65] a position that only the other object can have given is not answered from what is known here", () => {
  const room = new TestRoom();
  room.open("ada").hello().push(1, new Writer(1).type("a"));
  overtake(room);
  const bob = room.open("bob");
  expect(() => bob.hello({ resume: { logId: "log-1", seq: 2 as Seq }, stateVector: null })).toThrow(
    "another object",
  );
  bob.close();
  const again = room.open("bob2").hello({ resume: { logId: "log-1", seq: 2 as Seq }, stateVector: null });
  expect(again.said).toEqual(["welcome edit @2", "synced @2"]);
});

import type { Seq } from "@palimpsest/history";
import { digest } from "@palimpsest/protocol";
import { compact, DeleteSet, deleteSetOf, materialize } from "@palimpsest/ydoc";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { scenario, type TestConnection, TestRoom } from "./harness.ts";
import { Writer } from "./writer.ts";

/** Asks whether the room has what a document has. */
function audit(connection: TestConnection, at: number, { stateVector, whole }: Writer): TestConnection {
  const deleteSet = new DeleteSet();
  deleteSet.addAll(deleteSetOf(whole));
  return connection.send({
    kind: "audit",
    seq: at as Seq,
    stateVector: digest(stateVector),
    deleteSet: digest(deleteSet.encode()),
  });
}

function written(room: TestRoom) {
  const writer = new Writer(1);
  const ada = room.open("ada").hello();
  ada.push(1, writer.type("some words"));
  ada.push(2, writer.erase(2, 3));
  ada.messages;
  room.takeJournal();
  return { ada, writer };
}

scenario(
  "[RO60][RO31] an audit is answered and leaves no trace; one from elsewhere is told where the head is",
  (room) => {
    const { ada, writer } = written(room);
    expect(audit(ada, 2, writer).said).toEqual(["audited @2, the same"]);
    const empty = new Writer(3);
    for (const seq of [0, 1, 3]) expect(audit(ada, seq, empty).said).toEqual(["audited @2, the same"]);
    const reader = room.open("bob", { role: "view" }).hello();
    reader.messages;
    expect(audit(reader, 2, writer).said).toEqual(["audited @2, the same"]);
    expect(room.takeJournal().filter((line) => !line.includes("←"))).toEqual([]);
  },
);

it("[RO60][RO43] a change that waits is written and shown before the answer", () => {
  const room = new TestRoom(false, 50);
  const writer = new Writer(1);
  const ada = room.open("ada").hello();
  ada.push(1, writer.type("a"));
  ada.push(2, writer.type("b"));
  expect(ada.said).toEqual(["welcome edit @0", "synced @0", "ack 1 @1"]);
  const bob = room.open("bob").hello();
  bob.messages;
  ada.messages;
  ada.push(3, writer.type("c"));
  expect(bob.said).toEqual([]);
  expect(audit(bob, 2, writer).said).toEqual(["frames @3", "audited @3, the same"]);
  expect(ada.said).toEqual(["ack 3 @3"]);
});

scenario("[RO61] a difference is answered with what there is, and told by what differs", (room) => {
  const { ada, writer } = written(room);
  const other = new Writer(2).learn(writer.whole);
  other.type("more");
  audit(ada, 2, other);
  expect(room.takeJournal()).toContain("differed true false");
  const [answer] = ada.messages;
  if (answer?.kind !== "audited" || answer.difference === null) throw new Error("no difference was told");
  const { difference } = answer;
  expect(difference.stateVector).toEqual(writer.stateVector);
  const deletions = Uint8Array.of(0, ...difference.deleteSet);
  expect(Y.decodeUpdate(deletions).ds.clients).toEqual(new Map([[1, [{ clock: 2, len: 3 }]]]));
});

it("[RO61] many clients that meet the same difference are counted as one, until the position is another", () => {
  const room = new TestRoom();
  const { ada, writer } = written(room);
  const other = new Writer(2).learn(writer.whole);
  other.erase(0, 1);
  const counted = () => room.takeJournal().filter((line) => line.startsWith("differed"));
  for (let i = 0; i < 5; i++) expect(audit(ada, 2, other).said).toEqual(["audited @2, different"]);
  expect(counted()).toEqual(["differed false true"]);
  ada.push(3, writer.type("!"));
  ada.messages;
  expect(audit(ada, 3, other).said).toEqual(["audited @3, different"]);
  expect(counted()).toEqual(["differed true true"]);
});

/** A paragraph that one deletes while the other writes into it: what is written is deleted, and nobody says so. */
function deletedTogether() {
  const a = new Writer(1);
  const paragraph = new Y.XmlElement("p");
  a.doc.getXmlFragment("default").insert(0, [paragraph]);
  const b = new Writer(2).learn(a.whole);
  const before = a.whole;
  (b.doc.getXmlFragment("default").get(0) as Y.XmlElement).insert(0, [new Y.XmlText("lost")]);
  a.doc.getXmlFragment("default").delete(0, 1);
  const [fromA, fromB] = [a.updates.at(-1), b.updates.at(-1)] as [Uint8Array, Uint8Array];
  return { before, fromA, fromB, after: a.learn(fromB) };
}

for (const compacts of [false, true]) {
  scenario(
    `[RO62] deletions that follow from others are told once${compacts ? ", before a snapshot that knows them too" : ""}`,
    (room) => {
      const { before, fromA, fromB, after } = deletedTogether();
      const ada = room.open("ada").hello();
      const bob = room.open("bob").hello();
      ada.push(1, before).push(2, fromA);
      bob.push(1, fromB);
      ada.messages;
      bob.messages;
      expect(audit(ada, 3, after).said).toEqual(["audited @3, different"]);
      ada.push(3, after.whole);
      expect(ada.said).toEqual(["ack 3 @4"]);
      expect(bob.said).toEqual(["frames @4"]);
      // bob had found them out by himself, and asked at the same moment
      bob.push(2, after.whole);
      expect(bob.said).toEqual(["ack 2 @4"]);
      if (compacts) {
        const doc = materialize(room.frames().map(({ update }) => update));
        room.store.writeSnapshot({ seq: 4 as Seq, createdAt: 1, ...compact(doc) });
      }
      for (const one of [ada, bob]) expect(audit(one, 4, after).said).toEqual(["audited @4, the same"]);
      expect(room.frames()).toHaveLength(4);
    },
  );
}

it("[RO62] a room that read a snapshot agrees with a client that saw every frame", () => {
  const room = new TestRoom(true);
  const { before, fromA, fromB, after } = deletedTogether();
  const ada = room.open("ada").hello();
  ada.push(1, before).push(2, fromA);
  room.open("bob").hello().push(1, fromB);
  const doc = materialize(room.frames().map(({ update }) => update));
  room.store.writeSnapshot({ seq: 3 as Seq, createdAt: 1, ...compact(doc) });
  ada.messages;
  expect(audit(ada, 3, after).said).toEqual(["audited @3, the same"]);
});

import type { Role } from "@palimpsest/protocol";
import { expect } from "vitest";
import { scenario, type TestRoom } from "./harness.ts";
import { textOf, Writer } from "./writer.ts";

/** Ada writes; Bob reads through our frames, Carl plainly; Dora has not said hello. */
function gathering(room: TestRoom, role: Role = "edit", negotiated = true) {
  const ada = room.open("ada", { role, negotiated });
  if (negotiated) ada.hello();
  const bob = room.open("bob").hello();
  const carl = room.open("carl", { negotiated: false });
  carl.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) });
  const dora = room.open("dora");
  for (const one of [ada, bob, carl, dora]) one.messages;
  room.takeJournal();
  return { ada, bob, carl, dora };
}

scenario(
  "[RO6][I1][I2] the append stands before the acknowledgement and everything that shows the change",
  (room) => {
    const { ada } = gathering(room);
    ada.push(7, new Writer(1).type("a"));
    expect(room.takeJournal()).toEqual([
      "append edit by 1 → 1",
      "bob ← frames @1",
      "carl ← update",
      "ada ← ack 7 @1",
      "dirty",
    ]);
  },
);

scenario(
  "[RO6] a plain change is appended and shown, without acknowledgement, before a first sync too",
  (room) => {
    for (const [i, kind] of (["update", "sync-step-2"] as const).entries()) {
      const { ada, bob, carl } = gathering(room, "edit", false);
      ada.send({ kind, update: new Writer(i + 1).type("a") });
      expect(ada.said).toEqual([]);
      expect(bob.said).toEqual([`frames @${i + 1}`]);
      expect(carl.said).toEqual(["update"]);
      for (const one of ["ada", "bob", "carl", "dora"]) room.attachments.delete(one as never);
    }
  },
);

scenario("[RO6] a negotiated connection may speak plainly as well", (room) => {
  const { ada, bob } = gathering(room);
  ada.send({ kind: "update", update: new Writer(1).type("a") });
  expect([ada.said, bob.said]).toEqual([[], ["frames @1"]]);
  ada.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) });
  expect(ada.said).toEqual(["sync-step-2"]);
});

scenario("[RO7][I8] what is known already is acknowledged and neither stored nor shown again", (room) => {
  const { ada, bob, carl } = gathering(room);
  const writer = new Writer(1);
  const [first, second, third] = [writer.type("a"), writer.type("b"), writer.erase(0, 1)];
  for (const [i, update] of [first, second, third].entries()) ada.push(i, update);
  for (const one of [ada, bob, carl]) one.messages;
  for (const update of [first, third, second, first]) ada.push(9, update);
  expect(ada.said).toEqual(Array.from({ length: 4 }, () => "ack 9 @3"));
  carl.send({ kind: "update", update: second }).send({ kind: "sync-step-2", update: third });
  expect([bob.said, carl.said]).toEqual([[], []]);
  expect(room.frames()).toHaveLength(3);
});

scenario("[RO7] of a push that repeats and brings news only the news is stored and shown", (room) => {
  const { ada, bob } = gathering(room);
  const writer = new Writer(1);
  const first = writer.type("hello");
  writer.type(" world");
  writer.erase(0, 1);
  ada.push(1, first).push(2, writer.whole);
  const [, frames] = bob.messages;
  expect(ada.said).toEqual(["ack 1 @1", "ack 2 @2"]);
  const stored = room.frames().map(({ update }) => update);
  expect(stored[1]?.length).toBeLessThan(writer.whole.length);
  expect(frames).toMatchObject({ kind: "frames", update: stored[1] });
  expect(textOf(stored)).toBe("ello world");
});

scenario(
  "[RO8][I3] a change that builds on something missing is not stored; the answer asks for it",
  (room) => {
    const { ada, bob, carl } = gathering(room);
    const writer = new Writer(1);
    const first = writer.type("a");
    const second = writer.type("b");
    const deletion = writer.erase(1, 1);
    ada.push(1, second).push(2, deletion);
    carl.send({ kind: "update", update: second });
    expect(ada.said).toEqual(["resync 1", "resync 2"]);
    expect(carl.said).toEqual(["sync-step-1"]);
    expect([bob.said, room.frames()]).toEqual([[], []]);
    ada.push(3, first).push(4, writer.whole);
    expect(ada.said).toEqual(["ack 3 @1", "ack 4 @2"]);
    expect(textOf(room.frames().map(({ update }) => update))).toBe("a");
  },
);

scenario(
  "[RO8] resync tells what the server has, a gap in an answer to our own question ends the connection",
  (room) => {
    const { ada, carl } = gathering(room);
    const known = new Writer(5);
    ada.push(1, known.type("xyz"));
    ada.messages;
    carl.messages;
    const writer = new Writer(6);
    writer.type("a");
    const second = writer.type("b");
    ada.push(2, second);
    expect(ada.messages).toEqual([{ kind: "resync", pushId: 2, stateVector: known.stateVector }]);
    carl.send({ kind: "sync-step-2", update: second });
    expect(carl.said).toEqual(["closed 4422"]);
  },
);

scenario("[RO9][I9] a change that can never be accepted closes with 4422 and leaves no trace", (room) => {
  const { ada, bob, carl } = gathering(room);
  const bad = [
    new Uint8Array(),
    new Uint8Array([1, 2, 3]),
    new Uint8Array([1, 1, 1, 0, 0x21]),
    new Uint8Array([0, 0, 0]),
  ];
  for (const [i, update] of bad.entries()) {
    expect(room.open(`eve${i}`).hello().push(1, update).said.at(-1)).toBe("closed 4422");
    const plain = room.open(`eva${i}`, { negotiated: false });
    expect(plain.send({ kind: i % 2 ? "update" : "sync-step-2", update }).said.at(-1)).toBe("closed 4422");
  }
  expect([bob.said, carl.said, room.frames()]).toEqual([[], [], []]);
  ada.push(1, new Writer(1).type("a"));
  expect(ada.said).toEqual(["ack 1 @1"]);
});

for (const kind of ["push", "update", "sync-step-2"] as const) {
  scenario(
    `[RO10][I10] a ${kind} from who may only read closes with 4403: no frame, no broadcast`,
    (room) => {
      for (const negotiated of kind === "push" ? [true] : [true, false]) {
        const eve = room.open(`eve${negotiated ? 1 : 2}`, { role: "view", negotiated });
        if (negotiated) eve.hello();
        const { bob, carl } = gathering(room);
        const update = new Writer(1).type("a");
        eve.messages;
        eve.send(kind === "push" ? { kind, pushId: 1, update } : { kind, update });
        expect(eve.said).toEqual(["closed 4403"]);
        expect([bob.said, carl.said, room.frames()]).toEqual([[], [], []]);
      }
    },
  );
}

scenario("[RO10] a reader is not asked for a state, and may repeat what is known", (room) => {
  const { ada } = gathering(room);
  const update = new Writer(1).type("a");
  ada.push(1, update);
  const plain = room.open("eve", { role: "view", negotiated: false });
  plain.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) }).send({ kind: "sync-step-2", update });
  expect(plain.said).toEqual(["sync-step-2"]);
  const eve = room
    .open("eve2", { role: "view" })
    .hello()
    .push(3, update)
    .push(4, new Uint8Array([0, 0]));
  expect(eve.said.slice(-2)).toEqual(["ack 3 @1", "ack 4 @1"]);
});

scenario("[RO11][I11] nobody writes under a Yjs client id that somebody else used first", (room) => {
  const { ada, bob } = gathering(room);
  const writer = new Writer(1);
  ada.push(1, writer.type("a"));
  const forged = writer.type("b");
  bob.messages;
  bob.push(1, forged);
  expect(bob.said).toEqual(["closed 4409"]);
  expect(room.frames()).toHaveLength(1);
  // the same person's other tab may: an offline copy is pushed by whichever tab is open
  const other = room.open("ada2").hello().push(5, forged);
  expect(other.said.at(-1)).toBe("ack 5 @2");
  // deleting somebody else's text is not writing under their id
  const carla = room.open("carla").hello();
  const copy = new Writer(3).learn(...writer.updates);
  carla.push(1, copy.erase(0, 1));
  expect(carla.said.at(-1)).toBe("ack 1 @3");
});

scenario(
  "[RO13] a change reaches every listener but its sender, and nobody who has not said hello",
  (room) => {
    const { ada, bob, carl, dora } = gathering(room);
    const update = new Writer(1).type("a");
    ada.push(1, update);
    const [frames] = bob.messages;
    const [plain] = carl.messages;
    expect(frames).toEqual({ kind: "frames", seq: 1, update });
    expect(plain).toEqual({ kind: "update", update });
    expect(dora.said).toEqual([]);
    ada.close();
    room.edit(new Writer(2).type("b"));
    expect([ada.said, bob.said, carl.said]).toEqual([["ack 1 @1"], ["frames @2"], ["update"]]);
  },
);

scenario("[RO14] an edit made on the server is stored as what it is and shown to everybody", (room) => {
  const { ada, carl, dora } = gathering(room);
  const writer = new Writer(1);
  room.edit(writer.type("a"), "seeder", { as: "import" });
  room.edit(writer.type("b"), "seeder");
  const restored = room.edit(writer.erase(0, 1), "rita", { as: "restore", target: 1 as never });
  expect(restored).toBe(3);
  expect(room.takeJournal().slice(0, 4)).toEqual([
    "append import by 1 → 1",
    "ada ← frames @1",
    "bob ← frames @1",
    "carl ← update",
  ]);
  expect(room.frames()).toMatchObject([
    { kind: "import", author: 1 },
    { kind: "edit", author: 1 },
    { kind: "restore", target: 1, author: 2 },
  ]);
  expect([ada.said.length, carl.said.length, dora.said.length]).toEqual([3, 3, 0]);
  expect(room.edit(writer.updates[0] as Uint8Array)).toBe(3);
  expect(room.takeJournal()).toEqual([]);
});

scenario(
  "[RO14][I9] an edit of the server's own that cannot be admitted throws and changes nothing",
  (room) => {
    const { ada, bob } = gathering(room);
    const writer = new Writer(1);
    const first = writer.type("a");
    const second = writer.type("b");
    expect(() => room.edit(second)).toThrow("not admitted: gap");
    expect(() => room.edit(new Uint8Array([1]))).toThrow("not admitted: refused");
    expect([bob.said, room.frames()]).toEqual([[], []]);
    ada.push(1, first).push(2, second);
    expect(ada.said).toEqual(["ack 1 @1", "ack 2 @2"]);
  },
);

scenario("[RO15] a notice goes to those who speak our protocol", (room) => {
  const { ada, bob, carl, dora } = gathering(room);
  room.dispatch({ kind: "notify", notice: { kind: "history" } });
  expect([ada, bob, carl, dora].map((one) => one.said)).toEqual([
    ["notice history"],
    ["notice history"],
    [],
    [],
  ]);
});

scenario("[RO30][I7] frames have an author, a time that never goes back, and seqs without holes", (room) => {
  const { ada, bob } = gathering(room);
  const [mine, theirs] = [new Writer(1), new Writer(2)];
  const clock = [5_000, 3_000, 9_000, 8_999];
  for (const [i, now] of clock.entries()) {
    room.now = now;
    if (i % 2 === 0) ada.push(i, mine.type("a"));
    else bob.push(i, theirs.type("b"));
  }
  expect(room.frames().map(({ seq, author, time }) => [seq, author, time])).toEqual([
    [1, 1, 5_000],
    [2, 2, 5_000],
    [3, 1, 9_000],
    [4, 2, 9_000],
  ]);
  expect(room.store.authors()).toMatchObject([{ name: "ada" }, { name: "bob" }]);
  expect([1, 2, 3].map((client) => room.store.ownerOf(client))).toEqual([1, 2, null]);
});

scenario("[RO30] an author's new name is stored with their next change, under the old number", (room) => {
  gathering(room);
  const connection = "ada9" as never;
  const user = { ...room.attachments.get("ada" as never)?.user, name: "Ada Lovelace" } as never;
  room.edit(new Writer(1).type("a"), "ada");
  room.dispatch({ kind: "open", connection, user, role: "edit", negotiated: false });
  const update = new Writer(2).type("b");
  room.dispatch({ kind: "edit", as: "edit", user, update, now: 5 });
  expect(room.store.authors()).toMatchObject([{ no: 1, userId: "user-ada", name: "Ada Lovelace" }]);
});

import { COALESCE_MS, limits, MessageType, PROTOCOL_VERSION, type Seq } from "@palimpsest/protocol";
import { expect, it } from "vitest";
import { SCHEMA, scenario, TestRoom } from "./harness.ts";
import { Writer } from "./writer.ts";

scenario("[RO1] hello is answered with welcome, what is lacking, synced, and who is there", (room) => {
  const ada = room.open("ada");
  expect(ada.said).toEqual([]);
  ada.hello().present(1, 1);
  expect(ada.said).toEqual(["welcome edit @0", "synced @0"]);
  ada.push(1, new Writer(1).type("a"));
  expect(ada.said).toEqual(["ack 1 @1"]);
  const bob = room.open("bob", { role: "view" }).hello();
  const [welcome] = [...bob.messages];
  expect(welcome).toMatchObject({
    connectionId: "bob",
    logId: "log-1",
    head: 1,
    role: "view",
    user: { name: "bob" },
  });
  expect(room.takeJournal().slice(-4)).toEqual([
    "bob ← welcome view @1",
    "bob ← frames @1",
    "bob ← synced @1",
    "bob ← awareness 1:1 here",
  ]);
});

scenario("[RO2] before hello a negotiated connection may say nothing else", (room) => {
  const update = new Writer(1).type("a");
  const early = [
    { kind: "push", pushId: 1, update },
    { kind: "update", update },
    { kind: "sync-step-1", stateVector: new Uint8Array([0]) },
    { kind: "sync-step-2", update },
    { kind: "awareness", states: [] },
    { kind: "query-awareness" },
    { kind: "confirmed", token: 1 },
    { kind: "audit", seq: 0 as Seq, stateVector: new Uint8Array(8), deleteSet: new Uint8Array(8) },
  ] as const;
  for (const [i, message] of early.entries()) {
    expect(room.open(`ada${i}`).send(message).said, message.kind).toEqual(["closed 4400"]);
  }
  expect(room.frames()).toEqual([]);
});

scenario(
  "[RO2][RO63] hello is said once more without an answer to the first, and then never again",
  (room) => {
    const ada = room.open("ada").hello({ stateVector: null });
    expect(ada.said).toEqual(["hello-again"]);
    expect(ada.push(1, new Writer(1).type("a")).said).toEqual(["closed 4400"]);
    const bob = room.open("bob").hello({ stateVector: null, resume: { logId: "log-1", seq: 3 as Seq } });
    expect(bob.hello().said).toEqual(["hello-again", "welcome edit @0", "synced @0"]);
    expect(bob.hello().said).toEqual(["closed 4400"]);
  },
);

scenario("[RO64] the welcome tells for how long keystrokes are to be gathered", (room) => {
  expect(room.open("ada").hello().messages[0]).toMatchObject({ kind: "welcome", coalesceMs: COALESCE_MS });
});

scenario("[RO63] who resumes here needs no state vector and is told none", (room) => {
  const ada = room.open("ada").hello();
  const writer = new Writer(1);
  for (const pushId of [1, 2, 3]) ada.push(pushId, writer.type("a"));
  const back = room.open("bob").hello({ stateVector: null, resume: { logId: "log-1", seq: 1 as Seq } });
  const [welcome, ...rest] = back.messages;
  expect(welcome).toMatchObject({ kind: "welcome", head: 3, stateVector: null });
  expect(rest).toMatchObject([
    { kind: "frames", seq: 3 },
    { kind: "synced", seq: 3 },
  ]);
});

scenario("[RO63] another log, a position beyond the head and a bad hello ask for it", (room) => {
  for (const [i, resume] of [
    null,
    { logId: "log-2", seq: 0 as Seq },
    { logId: "log-1", seq: 1 as Seq },
  ].entries()) {
    const one = room.open(`ada${i}`).hello({ stateVector: null, resume });
    expect(one.said).toEqual(["hello-again"]);
    const stateVector = new Writer(1).stateVector;
    expect(one.hello({ resume, stateVector }).said).toEqual(["welcome edit @0", "synced @0"]);
  }
  expect(room.frames()).toEqual([]);
});

scenario("[RO2] hello is said once", (room) => {
  const ada = room.open("ada").hello();
  expect(ada.hello().said).toEqual(["welcome edit @0", "synced @0", "closed 4400"]);
});

scenario(
  "[RO3] another protocol version or an older schema is told to reload before anything else",
  (room) => {
    const hello = (name: string, rest: object) => room.open(name).hello(rest).said;
    for (const protocolVersion of [0, PROTOCOL_VERSION + 1, 99]) {
      const other = room.open("a").send({ kind: "other-version", protocolVersion });
      expect(other.said).toEqual(["closed 4426"]);
      // whatever else is in there
      const strange = room.open("b").raw(Uint8Array.of(MessageType.hello, protocolVersion, 9, 9, 9));
      expect(strange.said).toEqual(["closed 4426"]);
    }
    expect(hello("c", { schemaVersion: SCHEMA - 1 })).toEqual(["closed 4426"]);
    expect(hello("d", { schemaVersion: SCHEMA + 1 })).toEqual(["welcome edit @0", "synced @0"]);
    expect(hello("e", { stateVector: new Uint8Array([9]) })).toEqual(["closed 4400"]);
  },
);

scenario("[RO4] our own frames on a plain connection are refused", (room) => {
  expect(room.open("ada", { negotiated: false }).hello().said).toEqual(["sync-step-1", "closed 4400"]);
  const bob = room.open("bob", { negotiated: false });
  expect(bob.push(1, new Writer(1).type("a")).said).toEqual(["sync-step-1", "closed 4400"]);
  expect(room.frames()).toEqual([]);
});

scenario("[RO5] text, unreadable bytes, trailing bytes and a bad state vector close with 4400", (room) => {
  const bad = [
    "ping",
    new Uint8Array(),
    new Uint8Array([0]),
    new Uint8Array([3, 0]),
    new Uint8Array([0, 0, 1, 9]),
  ];
  for (const negotiated of [true, false]) {
    for (const [i, data] of bad.entries()) {
      const one = room.open(`u${i}`, { negotiated, role: "view" });
      if (negotiated) one.hello();
      expect(one.raw(data).said.at(-1), `${i}`).toBe("closed 4400");
    }
  }
});

scenario("[RO5] every byte 0–255 as a kind, with nothing behind it, is refused or understood", (room) => {
  for (const negotiated of [true, false]) {
    for (let kind = 0; kind < 256; kind++) {
      const one = room.open(`u${kind}`, { negotiated });
      if (negotiated) one.hello();
      one.messages;
      const data = new Uint8Array(kind < 128 ? [kind] : [kind, 1]);
      one.raw(data);
      const expected = kind === MessageType.queryAwareness ? [] : ["closed 4400"];
      expect(one.said, `kind ${kind}`).toEqual(expected);
      if (expected.length === 0) one.close();
    }
  }
  expect(room.frames()).toEqual([]);
});

scenario("[RO5] a message over the limit closes with 4413, one at the limit does not", (room) => {
  const ada = room.open("ada", { negotiated: false, role: "view" });
  ada.messages;
  expect(ada.raw(new Uint8Array(limits.maxMessageBytes)).said).toEqual(["closed 4400"]);
  const bob = room.open("bob", { negotiated: false, role: "view" });
  expect(bob.raw(new Uint8Array(limits.maxMessageBytes + 1)).said).toEqual(["closed 4413"]);
});

scenario("[RO12] what still arrives from a connection that was closed changes nothing", (room) => {
  const ada = room.open("ada").hello();
  ada.raw("text").hello().push(1, new Writer(1).type("a")).present(1, 1);
  expect(ada.said.at(-1)).toBe("closed 4400");
  expect(room.frames()).toEqual([]);
  ada.close();
  ada.push(1, new Writer(1).type("a"));
  expect(ada.said).toEqual([]);
  expect(room.frames()).toEqual([]);
});

it("[RO16] one connection too many is turned away, and takes nobody's place", () => {
  const room = new TestRoom();
  for (let i = 0; i < limits.maxConnections; i++) room.open(`u${i}`);
  const late = room.open("late");
  expect(late.said).toEqual(["closed 4329"]);
  expect(late.hello().said).toEqual([]);
  room.host.forget(room.now);
  expect(room.open("late2").said).toEqual(["closed 4329"]);
});

scenario("[RO54] a plain client that may write is asked once, at its opening", (room) => {
  const step1 = { kind: "sync-step-1", stateVector: new Uint8Array([0]) } as const;
  const ada = room.open("ada", { negotiated: false });
  expect(ada.said).toEqual(["sync-step-1"]);
  expect(ada.send(step1).said).toEqual(["sync-step-2"]);
  expect(ada.send(step1).said).toEqual(["sync-step-2"]);
  const viewer = room.open("vera", { negotiated: false, role: "view" });
  expect(viewer.said).toEqual([]);
  expect(viewer.send(step1).said).toEqual(["sync-step-2"]);
});

import type { Seq } from "@palimpsest/history";
import { decodeServerMessage, limits, type ServerMessage } from "@palimpsest/protocol";
import type { SnapshotSection } from "@palimpsest/store";
import { compact, decodeStateVector, materialize } from "@palimpsest/ydoc";
import { expect, it } from "vitest";
import { catchUp } from "../src/index.ts";
import { scenario, type TestConnection, TestRoom } from "./harness.ts";
import { textOf, Writer } from "./writer.ts";

/** Document bytes of the messages, in order: slices joined. */
function delivered(messages: TestConnection["messages"]): Uint8Array[] {
  const updates: Uint8Array[] = [];
  let slices: Uint8Array[] = [];
  for (const message of messages as ServerMessage[]) {
    if (message.kind === "frames" || message.kind === "sync-step-2" || message.kind === "update")
      updates.push(message.update);
    if (message.kind !== "part") continue;
    slices.push(message.bytes);
    if (message.index + 1 < message.count) continue;
    updates.push(Buffer.concat(slices));
    slices = [];
  }
  return updates;
}

/** Seven frames by two people, a snapshot at 4. @returns the text at each position */
function written(room: TestRoom, withSnapshot = true): { texts: string[]; updates: Uint8Array[] } {
  const [one, two] = [new Writer(1), new Writer(2)];
  const updates: Uint8Array[] = [];
  const texts = [""];
  for (let i = 0; i < 7; i++) {
    const [writer, other] = i % 2 === 0 ? [one, two] : [two, one];
    const update = i === 4 ? writer.erase(1, 2) : writer.type(`${i}ab`, i === 3 ? 1 : undefined);
    other.learn(update);
    updates.push(update);
    texts.push(writer.text.toString());
    room.edit(update, "seeder");
    if (i === 3 && withSnapshot) snapshot(room);
  }
  room.takeJournal();
  return { texts, updates };
}

function snapshot(room: TestRoom): void {
  const updates = room.frames().map(({ update }) => update);
  const state = compact(materialize(updates));
  room.store.writeSnapshot({ seq: updates.length as never, createdAt: 0, ...state });
}

for (const withSnapshot of [true, false]) {
  const how = withSnapshot ? "a snapshot and its tail" : "the log alone";

  scenario(
    `[RO17] a plain client has, with sync step 2, all that its state vector lacks, from ${how}`,
    (room) => {
      const { texts, updates } = written(room, withSnapshot);
      for (let known = 0; known <= 7; known++) {
        const reader = new Writer(9).learn(...updates.slice(0, known));
        const plain = room.open(`u${known}`, { negotiated: false, role: "view" });
        plain.send({ kind: "sync-step-1", stateVector: reader.stateVector });
        const messages = plain.messages;
        const isNew = known === 0 && withSnapshot;
        expect(messages.map(({ kind }) => kind)).toEqual([...(isNew ? ["update"] : []), "sync-step-2"]);
        expect(reader.learn(...delivered(messages)).text.toString()).toBe(texts[7]);
        expect(reader.doc.store).toMatchObject({ pendingStructs: null, pendingDs: null });
      }
    },
  );

  scenario(
    `[RO18] who was here before gets the frames after their position and nothing else, from ${how}`,
    (room) => {
      const { texts, updates } = written(room, withSnapshot);
      for (let after = 0; after <= 7; after++) {
        const one = room.open(`u${after}`).hello({ resume: { logId: "log-1", seq: after as never } });
        const messages = one.messages;
        const expected = after < 7 ? ["welcome", "frames", "synced"] : ["welcome", "synced"];
        expect(messages.map(({ kind }) => kind)).toEqual(expected);
        const reader = new Writer(9).learn(...updates.slice(0, after), ...delivered(messages));
        expect(reader.text.toString()).toBe(texts[7]);
      }
    },
  );

  scenario(`[RO19] who is new gets everything, and who has a copy what it lacks, from ${how}`, (room) => {
    const { texts, updates } = written(room, withSnapshot);
    const [welcome, ...rest] = room.open("u0").hello().messages;
    expect(rest.map(({ kind }) => kind)).toEqual(
      withSnapshot ? ["part", "frames", "synced"] : ["frames", "synced"],
    );
    expect(textOf(delivered(rest))).toBe(texts[7]);
    for (let known = 1; known <= 7; known++) {
      const reader = new Writer(9).learn(...updates.slice(0, known));
      const messages = room.open(`u${known}`).hello({ stateVector: reader.stateVector }).messages;
      expect(messages[0]).toEqual({ ...welcome, connectionId: `u${known}` });
      expect(reader.learn(...delivered(messages)).text.toString()).toBe(texts[7]);
    }
  });
}

scenario("[RO19] a position on another log, or beyond the head, counts as none", (room) => {
  const { texts } = written(room);
  for (const [i, resume] of [
    { logId: "other", seq: 3 },
    { logId: "log-1", seq: 8 },
  ].entries()) {
    const { messages } = room.open(`u${i}`).hello({ resume: resume as never });
    expect(messages.map(({ kind }) => kind)).toEqual(["welcome", "part", "frames", "synced"]);
    expect(textOf(room.frames().map(({ update }) => update))).toBe(texts[7]);
  }
});

scenario("[RO19] a position before the floor counts as none, the floor itself is one", (room) => {
  const writer = new Writer(1);
  const line = "abcdefghij".repeat(1_000);
  for (let i = 0; i < 12; i++) room.edit(writer.type(`${line}${i}`), "seeder");
  snapshot(room);
  for (let i = 12; i < 16; i++) room.edit(writer.type(`${line}${i}`), "seeder");
  const whole = textOf(room.frames().map(({ update }) => update));
  room.store.thin(12 as never, []);
  room.host.forget(room.now);
  for (const [seq, kinds] of [
    [3, ["welcome", "part", "frames", "synced"]],
    [11, ["welcome", "part", "frames", "synced"]],
    [12, ["welcome", "frames", "synced"]],
  ] as const) {
    const { messages } = room.open(`u${seq}`).hello({ resume: { logId: "log-1", seq: seq as never } });
    expect(messages.map(({ kind }) => kind)).toEqual(kinds);
    if (seq < 12) expect(textOf(delivered(messages))).toBe(whole);
  }
  const back = room.open("late").hello({ stateVector: null, resume: { logId: "log-1", seq: 11 as never } });
  expect(back.said).toEqual(["hello-again"]);
});

scenario("[RO19] a large state comes in bounded slices that say how many there are", (room) => {
  const writer = new Writer(1);
  const letters = "abcdefghij".repeat(140_000);
  room.edit(writer.type(letters), "seeder");
  room.edit(writer.type("tail"), "seeder");
  snapshot(room);
  room.edit(writer.type("!"), "seeder");
  const { messages } = room.open("ada").hello();
  const parts = messages.filter((message) => message.kind === "part");
  expect(parts.map(({ index, count, seq }) => [index, count, seq])).toEqual([
    [0, 3, 2],
    [1, 3, 2],
    [2, 3, 2],
  ]);
  for (const { bytes } of parts) expect(bytes.length).toBeLessThanOrEqual(limits.partBytes);
  expect(textOf(delivered(messages))).toBe(`${letters}tail!`);
});

it("[RO18] a long way back comes in several messages, each ending where it says", () => {
  const room = new TestRoom();
  const writer = new Writer(1);
  for (let i = 0; i < 600; i++) room.edit(writer.type("x"), "seeder");
  const kinds = [
    ...catchUp({ kind: "resume", after: 10 as never, stateVector: new Map() }, 600 as never, room.store),
  ];
  expect(kinds).toHaveLength(4);
  const { messages } = room.open("ada").hello({ resume: { logId: "log-1", seq: 10 as never } });
  expect(messages.map((message) => ("seq" in message ? message.seq : message.kind))).toEqual([
    "welcome",
    266,
    522,
    600,
    600,
  ]);
  const reader = new Writer(9).learn(
    ...room
      .frames()
      .slice(0, 10)
      .map(({ update }) => update),
  );
  expect(reader.learn(...delivered(messages)).text.length).toBe(600);
});

/** A store whose newest snapshot's text was never to be read. */
function withoutSnapshotText(room: TestRoom): TestRoom["store"] {
  const { store } = room;
  return new Proxy(store, {
    get: (target, name) => {
      if (name !== "readSnapshot") return Reflect.get(target, name).bind(target);
      return (seq: Seq, section: SnapshotSection) => {
        if (section === "update") throw new Error("the whole text was read for somebody who has it");
        return target.readSnapshot(seq, section);
      };
    },
  });
}

it("[RO53] a returning client is answered from the tail and the stored deletions, before the snapshot and after it", () => {
  const room = new TestRoom();
  const writer = new Writer(1);
  const updates: Uint8Array[] = [];
  const edit = (update: Uint8Array) => {
    updates.push(update);
    room.edit(update, "seeder");
  };
  for (let i = 0; i < 1_400; i++)
    edit(i % 9 === 8 ? writer.erase(i % 5, 2) : writer.type(`word ${i} `, i % 7));
  snapshot(room);
  for (let i = 0; i < 30; i++) edit(i % 9 === 8 ? writer.erase(3, 4) : writer.type("more", 2));
  const store = withoutSnapshotText(room);
  const answers = [1_430, 1_410, 1_400, 1_300].map((known) => {
    const reader = new Writer(9).learn(...updates.slice(0, known));
    const stateVector = decodeStateVector(reader.stateVector) as never;
    const [answer] = [...catchUp({ kind: "plain", stateVector }, 1_430 as Seq, store)];
    const message = decodeServerMessage(answer as Uint8Array);
    if (!message.ok || message.message.kind !== "sync-step-2") throw new Error("not an answer");
    expect(reader.learn(message.message.update).whole).toEqual(writer.whole);
    return (answer as Uint8Array).length;
  });
  expect(answers).toEqual([...answers].sort((a, b) => a - b));
  const stranger = decodeStateVector(new Writer(9).learn(...updates.slice(0, 20)).stateVector) as never;
  const tooFar = () => [...catchUp({ kind: "plain", stateVector: stranger }, 1_430 as Seq, store)];
  expect(tooFar).toThrow("the whole text was read");
});

it("[RO18][RO63] a way back that is longer than the document is shortened by the snapshot", () => {
  const room = new TestRoom();
  const writer = new Writer(1);
  for (let i = 0; i < 5_200; i++) room.edit(i % 2 === 0 ? writer.type("x") : writer.erase(0, 1), "seeder");
  snapshot(room);
  const early = new Writer(9).learn(
    ...room
      .frames()
      .slice(0, 10)
      .map(({ update }) => update),
  );
  const stateVector = decodeStateVector(early.stateVector) as never;
  const messages = [...catchUp({ kind: "resume", after: 10 as Seq, stateVector }, 5_200 as Seq, room.store)];
  expect(messages.length).toBe(2);
  const parts = messages
    .map((bytes) => decodeServerMessage(bytes))
    .flatMap((one) => (one.ok ? [one.message] : []));
  expect(early.learn(...delivered(parts)).whole).toEqual(writer.whole);

  const resume = { logId: "log-1", seq: 10 as Seq };
  const back = room.open("ada").hello({ stateVector: null, resume });
  expect(back.said).toEqual(["hello-again"]);
  expect(back.hello({ stateVector: early.stateVector, resume }).said).toEqual([
    "welcome edit @5200",
    "part 1/1 @5200",
    "synced @5200",
  ]);
});

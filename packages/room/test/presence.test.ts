import { limits } from "@palimpsest/protocol";
import { expect } from "vitest";
import { scenario, type TestConnection, type TestRoom } from "./harness.ts";
import { Writer } from "./writer.ts";

/** What the last awareness message said, as [clientId, clock, state]. */
function heard(one: TestConnection) {
  const message = one.messages.findLast(({ kind }) => kind === "awareness");
  if (message?.kind !== "awareness") return null;
  return message.states.map(({ clientId, clock, state }) => [clientId, clock, JSON.parse(state)]);
}

function two(room: TestRoom) {
  const ada = room.open("ada").hello();
  const bob = room.open("bob").hello();
  ada.messages;
  bob.messages;
  return { ada, bob };
}

const ada = { id: "user-ada", name: "ada", color: "#336699" };

scenario("[RO20] who somebody is, is the server's word and not the client's", (room) => {
  const { ada: one, bob } = two(room);
  one.present(1, 1, { user: { id: "user-bob", name: "Bob", color: "red" }, cursor: 5 });
  expect(heard(bob)).toEqual([[1, 1, { user: ada, cursor: 5 }]]);
  one.present(1, 2, { cursor: 6, name: "Bob" });
  expect(heard(bob)).toEqual([[1, 2, { user: ada, cursor: 6, name: "Bob" }]]);
  expect(one.said).toEqual([]);
});

scenario(
  "[RO21] a connection is present under one client id, its own; echoes of others mean nothing",
  (room) => {
    const { ada: one, bob } = two(room);
    one.present(1, 1);
    bob.present(2, 1);
    const echo = (clientId: number, clock: number, state: string) => ({ clientId, clock, state }) as never;
    one.send({
      kind: "awareness",
      states: [echo(2, 9, "{}"), echo(2, 10, "null"), echo(1, 2, "{}"), echo(3, 1, "{}")],
    });
    expect(bob.said).toEqual(["awareness 1:1 here", "awareness 1:2 here"]);
    const carl = room.open("carl").hello();
    expect(carl.said.at(-1)).toBe("awareness 1:2 here, 2:1 here");
  },
);

scenario("[RO21][I11] nobody is present under an id that belongs to somebody else", (room) => {
  const { ada: one, bob } = two(room);
  one.push(1, new Writer(5).type("a"));
  bob.messages;
  bob.present(5, 1);
  expect(one.said).toEqual(["ack 1 @1"]);
  one.present(6, 1);
  bob.present(6, 2).present(7, 1);
  expect(one.said).toEqual(["awareness 7:1 here"]);
});

scenario(
  "[RO21] who has left may come back under another id, and under the old one while it is free",
  (room) => {
    const { ada: one, bob } = two(room);
    one.present(1, 1).present(1, 2, null).present(2, 1).present(2, 2, null);
    expect(bob.said).toEqual([
      "awareness 1:1 here",
      "awareness 1:2 left",
      "awareness 2:1 here",
      "awareness 2:2 left",
    ]);
    bob.present(2, 1);
    one.messages;
    // the connection last spoke as 2, but Bob is 2 now
    one.present(2, 9);
    expect([one.said, bob.said]).toEqual([[], []]);
  },
);

scenario("[RO22] a stale clock is ignored; at the same clock only leaving is news", (room) => {
  const { ada: one, bob } = two(room);
  one.present(1, 5).present(1, 4).present(1, 5).present(1, 4, null).present(1, 5, null).present(1, 5, null);
  expect(bob.said).toEqual(["awareness 1:5 here", "awareness 1:5 left"]);
  one.present(1, 5).present(1, 6);
  expect(bob.said).toEqual(["awareness 1:6 here"]);
});

scenario(
  "[RO23] the same person's newer connection takes a presence over, and the old one's end is no departure",
  (room) => {
    const { ada: old, bob } = two(room);
    old.present(1, 5);
    const next = room.open("ada2").hello();
    next.present(1, 5);
    expect(bob.said).toEqual(["awareness 1:5 here", "awareness 1:5 here"]);
    // what the old line still carried was said before
    old.present(1, 4).present(1, 5).present(1, 5, null);
    expect(bob.said).toEqual([]);
    old.close();
    expect(bob.said).toEqual([]);
    next.close();
    expect(bob.said).toEqual(["awareness 1:5 left"]);
  },
);

scenario("[RO23] a late word from the old connection does not take the presence back", (room) => {
  const { ada: old, bob } = two(room);
  old.present(1, 5);
  room.open("ada2").hello().present(1, 8);
  old.present(1, 6).present(1, 7);
  bob.messages;
  old.close();
  expect(bob.said).toEqual([]);
  expect(room.open("carl").hello().said.at(-1)).toBe("awareness 1:8 here");
});

const deep = (depth: number): object => (depth === 0 ? {} : { a: deep(depth - 1) });
const filler = (length: number) => ({ text: "x".repeat(length) });

scenario("[RO24] what is no presence, too large or too deep is ignored", (room) => {
  const { ada: one, bob } = two(room);
  const room2kB = limits.maxPresenceBytes - JSON.stringify({ ...filler(0), user: ada }).length;
  const bad = [
    "",
    "[]",
    "1",
    '"a"',
    "{",
    " null",
    '{"__proto__":1}',
    '{"a":{"constructor":1}}',
    '{"a":[{"prototype":{}}]}',
  ];
  for (const [i, state] of bad.entries()) one.present(1, 10 + i, state);
  one.present(1, 50, deep(limits.maxPresenceDepth));
  one.present(1, 51, filler(room2kB + 1));
  one.present(1, 52, { text: "é".repeat(room2kB / 2 + 1) });
  expect([one.said, bob.said]).toEqual([[], []]);
  one.present(1, 1, deep(limits.maxPresenceDepth - 1)).present(1, 2, filler(room2kB));
  expect(bob.said).toEqual(["awareness 1:1 here", "awareness 1:2 here"]);
});

scenario("[RO5] a number that can be no client id closes with 4400", (room) => {
  const { ada: one, bob } = two(room);
  expect(one.present(2 ** 32, 1).said).toEqual(["closed 4400"]);
  expect(bob.said).toEqual([]);
});

scenario("[RO25][I13] whoever's connection ends or is refused is gone for everybody, once", (room) => {
  const { ada: one, bob } = two(room);
  const carl = room.open("carl", { negotiated: false });
  const eve = room.open("eve").hello();
  one.present(1, 3);
  eve.present(2, 4);
  bob.messages;
  carl.messages;
  one.close();
  eve.raw("text");
  expect(eve.said.at(-1)).toBe("closed 4400");
  eve.close();
  expect(bob.said).toEqual(["awareness 1:3 left", "awareness 2:4 left"]);
  expect(carl.said).toEqual(["awareness 1:3 left", "awareness 2:4 left"]);
  expect(room.open("dora").hello().said).toEqual(["welcome edit @0", "synced @0"]);
});

scenario("[RO25] a goodbye before the end is one departure", (room) => {
  const { ada: one, bob } = two(room);
  one.present(1, 3).present(1, 4, null).close();
  expect(bob.said).toEqual(["awareness 1:3 here", "awareness 1:4 left"]);
});

scenario(
  "[RO26] who joins, or asks, hears of everybody who is there, however long they have been quiet",
  (room) => {
    const { ada: one, bob } = two(room);
    one.present(1, 1);
    bob.present(2, 1);
    room.open("idle").hello();
    expect(room.open("carl").hello().said.at(-1)).toBe("awareness 1:1 here, 2:1 here");
    expect(room.open("plain", { negotiated: false, role: "view" }).said).toEqual([
      "awareness 1:1 here, 2:1 here",
    ]);
    one.messages;
    expect(one.send({ kind: "query-awareness" }).said).toEqual(["awareness 2:1 here"]);
  },
);

scenario(
  "[RO27] a plain connection hears who comes and goes from its opening on, not only after its first sync",
  (room) => {
    const { ada: one } = two(room);
    one.present(1, 1);
    const carl = room.open("carl", { negotiated: false, role: "view" });
    room.open("bob2").hello().present(2, 1);
    one.close();
    expect(carl.said).toEqual(["awareness 1:1 here", "awareness 2:1 here", "awareness 1:1 left"]);
    const unready = room.open("dora");
    room.open("eve").hello().present(3, 1);
    expect(unready.said).toEqual([]);
  },
);

import { InjectedFault } from "@palimpsest/testkit/node-sqlite";
import { decodeStateVector } from "@palimpsest/ydoc";
import { expect, it } from "vitest";
import { TestRoom } from "./harness.ts";
import { textOf, Writer } from "./writer.ts";

const CROWD_MS = 5;

/** Ada and Bob write, Carl reads plainly; a first change was written just now, at 1,000 ms. */
function crowd() {
  const room = new TestRoom(false, CROWD_MS);
  const ada = room.open("ada").hello();
  const bob = room.open("bob").hello();
  const carl = room.open("carl", { negotiated: false });
  carl.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) });
  const [one, two] = [new Writer(1), new Writer(2)];
  ada.push(1, one.type("a"));
  const flush = (now: number) => {
    room.now = now;
    room.dispatch({ kind: "flush", now, isLast: false });
  };
  return { room, ada, bob, carl, one, two, flush };
}

const stored = (room: TestRoom) => textOf(room.frames().map(({ update }) => update));

it("[RO41] a change in quiet does not wait; nor does one after the crowd has gone", () => {
  const { room, bob, two } = crowd();
  expect(room.takeJournal().slice(-4)).toEqual([
    "bob ← frames @1",
    "carl ← update",
    "ada ← ack 1 @1",
    "dirty",
  ]);
  room.now += CROWD_MS;
  bob.push(1, two.type("b"));
  expect(room.takeJournal()).toEqual([
    "append edit by 2 → 2",
    "ada ← frames @2",
    "carl ← update",
    "bob ← ack 1 @2",
    "dirty",
  ]);
});

it("[RO41] a clock that was set back keeps nobody waiting", () => {
  const { room, bob, two } = crowd();
  room.now -= 60_000;
  bob.push(1, two.type("b"));
  expect(room.frames()).toHaveLength(2);
});

it("[RO42] changes within the time wait for each other, and are written and shown together", () => {
  const { room, ada, bob, one, two, flush } = crowd();
  room.takeJournal();
  ada.push(2, one.type("b"));
  room.now += CROWD_MS - 1;
  bob.push(1, two.type("c"));
  ada.push(3, one.type("d"));
  expect(room.takeJournal()).toEqual([`flush at ${1_000 + CROWD_MS}`]);
  expect(room.frames()).toHaveLength(1);
  flush(1_000 + CROWD_MS);
  expect(room.takeJournal()).toEqual([
    "append edit by 1 → 4",
    "append edit by 2 → 4",
    "append edit by 1 → 4",
    "ada ← frames @4",
    "bob ← frames @4",
    "carl ← update",
    "ada ← ack 2 @2",
    "bob ← ack 1 @3",
    "ada ← ack 3 @4",
    "dirty",
  ]);
  expect(room.frames().map(({ seq, author }) => [seq, author])).toEqual([
    [1, 1],
    [2, 1],
    [3, 2],
    [4, 1],
  ]);
  flush(2_000);
  expect(room.takeJournal()).toEqual([]);
});

it("[RO42] a single sender's batch is not sent back to it; a full batch does not wait", () => {
  const { room, ada, one } = crowd();
  ada.messages;
  for (let pushId = 2; room.frames().length === 1; pushId++) ada.push(pushId, one.type("x"));
  expect(room.frames().length).toBeGreaterThan(100);
  expect(ada.said.every((line) => line.startsWith("ack"))).toBe(true);
  ada.push(9_999, one.type("y".repeat(300_000)));
  expect(ada.said).toEqual([`ack 9999 @${room.frames().length}`]);
});

it("[RO43][I1][I2] what waits is written before a newcomer, a repetition or a gap is answered", () => {
  const cases: [string, (scene: ReturnType<typeof crowd>) => void][] = [
    ["a plain connection's opening", ({ room }) => room.open("dora", { negotiated: false })],
    ["a newcomer", ({ room }) => room.open("dora").hello()],
    ["a plain newcomer", ({ carl }) => carl.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) })],
    ["a repetition", ({ ada, one }) => ada.push(3, one.updates[1] as Uint8Array)],
    ["a gap", ({ ada, one }) => ada.push(4, [one.type("lost"), one.type("late")][1] as Uint8Array)],
    ["an edit of the server's", ({ room }) => room.edit(new Writer(7).type("s"))],
    [
      "a version's author",
      ({ room }) => room.host.authorOf({ id: "v" as never, name: "V", color: "#000000" }),
    ],
  ];
  for (const [what, act] of cases) {
    const scene = crowd();
    scene.ada.push(2, scene.one.type("b"));
    expect(scene.room.frames(), what).toHaveLength(1);
    act(scene);
    expect(scene.room.frames()[1]?.author, what).toBe(1);
    expect(stored(scene.room), what).toContain("ab");
  }
});

it("[RO44][I9] a batch that cannot be written was never shown; its senders return and nothing is lost", () => {
  const { room, ada, bob, carl, one, two } = crowd();
  ada.push(2, one.type("b"));
  bob.push(1, two.type("c"));
  for (const someone of [ada, bob, carl]) someone.messages;
  room.driver.failAt(1);
  expect(() => room.dispatch({ kind: "flush", now: 1_005, isLast: false })).toThrow(InjectedFault);
  room.driver.failAt(null);
  expect([ada.said, bob.said, carl.said]).toEqual([["closed 4300"], ["closed 4300"], []]);
  expect(stored(room)).toBe("a");
  room.now += 1_000;
  room.open("ada2").hello().push(1, one.whole);
  room.now += 1_000;
  room.open("bob2").hello().push(1, two.whole);
  expect([...stored(room)].sort().join("")).toBe("abc");
});

it("[RO43][I9] an edit of the server's that cannot be written leaves a state vector without it, whatever it closed", () => {
  for (let statement = 1; ; statement++) {
    const { room, ada, one } = crowd();
    ada.push(2, one.type("x".repeat(5_000))); // its segment closes, and the state vector is stored with it
    room.driver.failAt(statement);
    let threw = false;
    try {
      room.edit(new Writer(7).type("s"));
    } catch (error) {
      expect(error).toBeInstanceOf(InjectedFault);
      threw = true;
    }
    room.driver.failAt(null);
    if (!threw) break;
    const stored = room.store.load();
    expect(decodeStateVector(stored?.base.stateVector ?? new Uint8Array())?.has(7 as never)).toBe(false);
  }
});

for (const kind of ["throw", "crash"] as const) {
  it(`[RO44][I1][I9] a ${kind} at any statement of the write of several senders' batch: all of it or nothing, and no word of it`, () => {
    const seen = new Set<number>();
    for (let statement = 1; ; statement++) {
      const { room, ada, bob, carl, one, two } = crowd();
      ada.push(2, one.type("x".repeat(3_000)));
      bob.push(1, two.type("y".repeat(3_000))); // a new author, a new client id, and a segment that closes
      for (const someone of [ada, bob, carl]) someone.messages;
      let failed = false;
      if (kind === "crash") room.driver.crashAt(statement);
      else room.driver.failAt(statement);
      try {
        room.driver.turn(() => room.dispatch({ kind: "flush", now: 1_005, isLast: false }));
      } catch (error) {
        expect(error).toBeInstanceOf(InjectedFault);
        failed = true;
      }
      room.driver.failAt(null);
      seen.add(room.frames().length);
      expect(room.frames()).toHaveLength(failed ? 1 : 3);
      const said = [ada, bob, carl].flatMap((someone) => someone.said);
      if (failed) expect(said.filter((line) => !line.startsWith("closed"))).toEqual([]);
      expect(room.store.authors()).toHaveLength(failed ? 1 : 2);
      room.driver.close();
      if (failed) continue;
      expect(statement).toBeGreaterThan(3);
      break;
    }
    expect([...seen]).toEqual([1, 3]);
  });
}

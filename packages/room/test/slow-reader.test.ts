import { encodeMessage, type ServerMessage } from "@palimpsest/protocol";
import { expect, it } from "vitest";
import { flowLimits } from "../src/flow.ts";
import { type TestConnection, TestRoom } from "./harness.ts";
import { textOf, Writer } from "./writer.ts";

/** Large enough that a hundred of them are more than anybody may have waiting. */
const LARGE = 100_000;

/** Reads from a socket only when told to, and counts what has been sent to it meanwhile. */
class Reader {
  readonly #connection: TestConnection;
  readonly updates: Uint8Array[] = [];
  presences = 0;
  bytes = 0;
  #question: ServerMessage | null = null;

  constructor(connection: TestConnection) {
    this.#connection = connection;
  }

  /** Takes in what was sent. @returns bytes */
  read(): number {
    let bytes = 0;
    for (const message of this.#connection.messages as ServerMessage[]) {
      bytes += encodeMessage(message).length;
      if (message.kind === "frames" || message.kind === "update" || message.kind === "sync-step-2")
        this.updates.push(message.update);
      if (message.kind === "confirm" || message.kind === "query-awareness") this.#question = message;
      if (message.kind === "awareness") this.presences++;
    }
    this.bytes += bytes;
    return bytes;
  }

  /** Says that it has taken everything in, if it was asked. @returns whether it was */
  answer(): boolean {
    const question = this.#question;
    this.#question = null;
    if (question?.kind === "confirm") this.#connection.send({ kind: "confirmed", token: question.token });
    if (question?.kind === "query-awareness") this.#connection.send({ kind: "awareness", states: [] });
    return question !== null;
  }
}

for (const negotiated of [true, false]) {
  for (const forgetful of [false, true]) {
    const who = `${negotiated ? "our" : "a plain"} client${forgetful ? ", after hibernation too" : ""}`;

    it(`[RO55] who does not read has a bounded amount waiting, and is brought on when they do: ${who}`, () => {
      const room = new TestRoom();
      const open = () => {
        if (!negotiated) {
          const plain = room.open("slow", { negotiated: false });
          return plain.send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) });
        }
        return room.open("slow").hello();
      };
      const slow = new Reader(open());
      const asked = "?".repeat(3 * LARGE);
      room.edit(new Writer(7).type(asked), "eve");
      slow.read();
      expect(slow.answer()).toBe(true);
      const quick = new Reader(room.open("quick").hello());
      const writer = new Writer(1);
      let texts = "";
      for (let i = 0; i < 100; i++) {
        const text = String.fromCharCode(97 + (i % 26)).repeat(LARGE);
        texts += text;
        room.edit(writer.type(text), "bob");
        quick.read();
        quick.answer();
        if (forgetful && i === 70) room.host.forget(room.now);
      }
      expect(textOf(quick.updates) === texts + asked).toBe(true);
      const waiting = slow.read();
      expect(waiting).toBeGreaterThan(flowLimits.mostBytes);
      expect(waiting).toBeLessThan(flowLimits.mostBytes + 3 * LARGE);
      let steps = 0;
      for (; slow.answer(); steps++) expect(slow.read()).toBeLessThan(flowLimits.stepBytes + 3 * LARGE);
      expect(steps).toBeGreaterThan(3);
      expect(textOf(slow.updates) === texts + asked).toBe(true);
      room.edit(writer.type("live again"), "bob");
      slow.read();
      expect(textOf(slow.updates) === `${texts}live again${asked}`).toBe(true);
      room.driver.close();
    });
  }
}

it("[RO55] a plain client that does not know the question is not held back by it, and not buffered for without bound", () => {
  const room = new TestRoom(false, 0, 0, { flow: { ...flowLimits, unansweredBytes: 9_000_000 } });
  const deaf = new Reader(
    room.open("deaf", { negotiated: false }).send({ kind: "sync-step-1", stateVector: new Uint8Array([0]) }),
  );
  const writer = new Writer(1);
  for (let i = 0; i < 80; i++) room.edit(writer.type("x".repeat(LARGE)), "bob");
  deaf.read();
  expect(textOf(deaf.updates).length).toBe(80 * LARGE);
  for (let i = 0; i < 20; i++) room.edit(new Writer(50 + i).type("y".repeat(LARGE)), "bob");
  const last = room.takeInbox("deaf" as never).at(-1);
  expect(last?.kind).toBe("closed");
  room.driver.close();
});

it("[RO55] whoever reads on is asked now and then, and never left behind", () => {
  const room = new TestRoom();
  const ada = room.open("ada").hello();
  const writer = new Writer(1);
  let asked = 0;
  for (let i = 0; i < 100; i++) {
    room.edit(writer.type("x".repeat(LARGE)), "bob");
    for (const message of ada.messages as ServerMessage[]) {
      if (message.kind !== "confirm") continue;
      asked++;
      ada.send({ kind: "confirmed", token: message.token });
    }
  }
  expect(asked).toBeGreaterThan(30);
  expect(asked).toBeLessThan(60);
  const other = new Writer(2);
  for (let i = 0; i < 1_000; i++) room.edit(other.type("y"), "eve");
  expect((ada.messages as ServerMessage[]).filter(({ kind }) => kind === "confirm").length).toBeLessThan(2);
  room.driver.close();
});

it("[RO56] a busy reader is not told of each movement of a cursor, but of where it is in the end, and of who leaves", () => {
  const room = new TestRoom();
  const slow = new Reader(room.open("slow").hello());
  const bob = room.open("bob").hello().present(2, 1);
  room.open("eve").hello().present(3, 1);
  slow.read();
  const before = slow.presences;
  for (let i = 0; i < 5; i++) room.edit(new Writer(100 + i).type("x".repeat(LARGE)), "bob");
  for (let clock = 2; clock < 50; clock++) bob.present(2, clock, { cursor: clock });
  bob.close();
  const eve = room.open("eve2").hello().present(4, 1);
  slow.read();
  expect(slow.presences - before).toBe(1);
  slow.answer();
  const there = (room.takeInbox("slow" as never) as ServerMessage[]).filter(
    ({ kind }) => kind === "awareness",
  );
  expect(there).toMatchObject([{ states: [{ clientId: 3 }, { clientId: 4, clock: 1 }] }]);
  eve.present(4, 2);
  slow.read();
  expect(slow.presences - before).toBe(2);
  room.driver.close();
});

it("[RO57] presences that change quickly are told together, the latest of each, and none after its departure", () => {
  const room = new TestRoom(false, 0, 50);
  const ada = room.open("ada").hello();
  const [bob, eve] = [room.open("bob").hello(), room.open("eve").hello()];
  bob.present(2, 1);
  expect(ada.said.at(-1)).toBe("awareness 2:1 here");
  room.takeJournal();
  for (let clock = 2; clock < 9; clock++) bob.present(2, clock);
  eve.present(3, 1);
  expect(ada.said).toEqual([]);
  expect(room.takeJournal()).toEqual(["flush at 1050"]);
  room.now = 1_049;
  room.dispatch({ kind: "flush", now: 1_049, isLast: false });
  expect(ada.said).toEqual([]);
  // the timer came too early, and there is no other one
  expect(room.takeJournal()).toEqual(["flush at 1050"]);
  room.now = 1_050;
  room.dispatch({ kind: "flush", now: 1_050, isLast: false });
  expect(ada.said).toEqual(["awareness 2:8 here, 3:1 here"]);
  eve.present(3, 2);
  eve.close();
  expect(ada.said).toEqual(["awareness 3:2 left"]);
  room.now = 2_000;
  room.dispatch({ kind: "flush", now: 2_000, isLast: false });
  expect(ada.said).toEqual([]);
  bob.present(2, 9);
  bob.present(2, 10);
  room.host.forget(room.now);
  expect(ada.said).toEqual(["awareness 2:9 here", "awareness 2:10 here"]);
});

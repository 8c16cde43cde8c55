import type { Seq } from "@palimpsest/history";
import type { ConnectionId } from "@palimpsest/protocol";
import { expect, it } from "vitest";
import { TestRoom } from "./harness.ts";
import { textOf, Writer } from "./writer.ts";

/** A reader that confirms nothing while somebody else writes a lot, until the room holds the next frame back. */
function heldBack() {
  const room = new TestRoom();
  const own = new Writer(2);
  const slow = room.open("slow").hello();
  slow.push(1, own.type("mine"));
  const writer = new Writer(1);
  const behind = () => room.attachments.get("slow" as ConnectionId)?.behind ?? null;
  for (let i = 0; behind() === null && i < 1_000; i++) room.edit(writer.type("x".repeat(100_000)), "bob");
  const got = slow.messages;
  return { room, slow, own, got, behind: behind() as Seq };
}

it("[RO55] a repeated push of one who is held back is acknowledged without naming what it was not sent", () => {
  const { room, slow, own, got, behind } = heldBack();
  expect(room.host.dispatch({ kind: "flush", now: room.now, isLast: false })).toBe(behind + 1);
  slow.push(1, own.whole);
  expect(slow.said).toEqual([`ack 1 @${behind}`]);
  // what was held back comes with the next answer, also on another connection
  const resume = { logId: "log-1", seq: behind };
  const back = room.open("slow2").hello({ stateVector: null, resume }).messages;
  const updates = [...got, ...back].flatMap((message) => (message.kind === "frames" ? [message.update] : []));
  expect(textOf([own.whole, ...updates]).length).toBe(behind * 100_000 + 4);
});

it("[RO60] an audit of one who is held back waits for another time: its answer would say that something was lost", () => {
  const { slow, behind } = heldBack();
  const digest = new Uint8Array(8);
  slow.send({ kind: "audit", seq: behind, stateVector: digest, deleteSet: digest });
  expect(slow.said).toEqual([]);
});

import type { ClientId, ClientMessage, ConnectionId, Seq, ServerMessage, UserId } from "../src/index.ts";

/** One message of each kind and shape, with its bytes as they must stay. */
export interface Example<M> {
  readonly name: string;
  readonly message: M;
  readonly hex: string;
}

const bytes = (...list: number[]) => Uint8Array.from(list);
const user = { id: "u1" as UserId, name: "Zoë 🙂", color: "#a1b2c3" };
const userHex =
  "307b226964223a227531222c226e616d65223a225a6fc3ab20f09f9982222c22636f6c6f72223a2223613162326333227d";

const plain: readonly Example<ClientMessage & ServerMessage>[] = [
  { name: "sync-step-1", message: { kind: "sync-step-1", stateVector: bytes(0) }, hex: "00000100" },
  { name: "sync-step-2", message: { kind: "sync-step-2", update: bytes(0, 0) }, hex: "0001020000" },
  { name: "update", message: { kind: "update", update: bytes(7, 8, 9) }, hex: "000203070809" },
  {
    name: "awareness",
    message: {
      kind: "awareness",
      states: [
        { clientId: 300 as ClientId, clock: 2, state: "{}" },
        { clientId: 0xffff_ffff as ClientId, clock: 0, state: "null" },
      ],
    },
    hex: "011202ac0202027b7dffffffff0f00046e756c6c",
  },
  { name: "query-awareness", message: { kind: "query-awareness" }, hex: "03" },
];

export const fromClient: readonly Example<ClientMessage>[] = [
  ...plain,
  {
    name: "hello of a newcomer",
    message: { kind: "hello", protocolVersion: 1, schemaVersion: 3, stateVector: bytes(0), resume: null },
    hex: "40010301010000",
  },
  {
    name: "hello of a returning client",
    message: {
      kind: "hello",
      protocolVersion: 1,
      schemaVersion: 3,
      stateVector: bytes(1, 5, 9),
      resume: { logId: "log", seq: 1000 as Seq },
    },
    hex: "40010301030105090103" + "6c6f67" + "e807",
  },
  {
    name: "hello of one who resumes",
    message: {
      kind: "hello",
      protocolVersion: 1,
      schemaVersion: 3,
      stateVector: null,
      resume: { logId: "log", seq: 1000 as Seq },
    },
    hex: "400103000103" + "6c6f67" + "e807",
  },
  { name: "push", message: { kind: "push", pushId: 200, update: bytes(0, 0) }, hex: "41c801020000" },
  { name: "hello of another version", message: { kind: "other-version", protocolVersion: 2 }, hex: "4002" },
  { name: "confirmed", message: { kind: "confirmed", token: 300 }, hex: "42ac02" },
  {
    name: "audit",
    message: {
      kind: "audit",
      seq: 300 as Seq,
      stateVector: bytes(1, 2, 3, 4, 5, 6, 7, 8),
      deleteSet: bytes(8, 7, 6, 5, 4, 3, 2, 1),
    },
    hex: "43ac0201020304050607080807060504030201",
  },
];

export const fromServer: readonly Example<ServerMessage>[] = [
  ...plain,
  {
    name: "welcome",
    message: {
      kind: "welcome",
      connectionId: "c9" as ConnectionId,
      logId: "log",
      head: 128 as Seq,
      role: "edit",
      user,
      coalesceMs: 140,
      stateVector: bytes(0),
    },
    hex: `50026339036c6f6780010465646974${userHex}8c01010100`,
  },
  {
    name: "welcome back",
    message: {
      kind: "welcome",
      connectionId: "c9" as ConnectionId,
      logId: "log",
      head: 128 as Seq,
      role: "edit",
      user,
      coalesceMs: 500,
      stateVector: null,
    },
    hex: `50026339036c6f6780010465646974${userHex}f40300`,
  },
  { name: "hello-again", message: { kind: "hello-again" }, hex: "59" },
  {
    name: "part",
    message: { kind: "part", index: 1, count: 3, seq: 70 as Seq, bytes: bytes(255) },
    hex: "5101034601ff",
  },
  { name: "frames", message: { kind: "frames", seq: 71 as Seq, update: bytes(0, 0) }, hex: "5247020000" },
  { name: "synced", message: { kind: "synced", seq: 0 as Seq }, hex: "5300" },
  { name: "ack", message: { kind: "ack", pushId: 200, seq: 71 as Seq }, hex: "54c80147" },
  { name: "resync", message: { kind: "resync", pushId: 1, stateVector: bytes(0) }, hex: "55010100" },
  {
    name: "notice of new history",
    message: { kind: "notice", notice: { kind: "history" } },
    hex: "56127b226b696e64223a22686973746f7279227d",
  },
  {
    name: "notice of a new identity",
    message: { kind: "notice", notice: { kind: "identity", user } },
    hex: `564b7b226b696e64223a226964656e74697479222c2275736572223a${userHex.slice(2)}7d`,
  },
  { name: "confirm", message: { kind: "confirm", token: 300 }, hex: "57ac02" },
  {
    name: "audited, the same",
    message: { kind: "audited", seq: 300 as Seq, difference: null },
    hex: "58ac0200",
  },
  {
    name: "audited, different",
    message: {
      kind: "audited",
      seq: 300 as Seq,
      difference: { stateVector: bytes(1, 5, 9), deleteSet: bytes(0) },
    },
    hex: "58ac0201030105090100",
  },
];

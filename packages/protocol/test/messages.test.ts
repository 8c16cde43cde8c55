import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ClientMessage,
  type Decoded,
  decodeClientMessage,
  decodeServerMessage,
  encodeMessage,
  MessageType,
  PROTOCOL_VERSION,
  type ServerMessage,
  SUBPROTOCOL,
} from "../src/index.ts";
import { type Example, fromClient, fromServer } from "./examples.ts";

const seed = 20_261_122;

interface Side {
  readonly side: string;
  readonly examples: readonly Example<ClientMessage | ServerMessage>[];
  readonly decode: (bytes: Uint8Array) => Decoded<ClientMessage | ServerMessage>;
}

const sides: readonly Side[] = [
  { side: "client", examples: fromClient, decode: decodeClientMessage },
  { side: "server", examples: fromServer, decode: decodeServerMessage },
];

describe.each(sides)("from the $side", ({ examples, decode }) => {
  test.each(examples)("[PR2] the bytes of $name stay", ({ message, hex }) => {
    expect(Buffer.from(encodeMessage(message)).toString("hex")).toBe(hex);
    expect(decode(Buffer.from(hex, "hex"))).toMatchObject({ ok: true });
  });

  test.each(examples)("[PR1] $name comes back", ({ message }) => {
    expect(decode(encodeMessage(message))).toEqual({ ok: true, message });
  });
});

const bytes = fc.uint8Array({ maxLength: 200 });
const eight = fc.uint8Array({ minLength: 8, maxLength: 8 });
const uint = fc.oneof(fc.nat(300), fc.maxSafeNat());
const text = fc.string({ unit: "grapheme", maxLength: 30 });
const identity = fc.record({ id: text, name: text, color: text });
const entry = fc.record({ clientId: fc.nat(0xffff_ffff), clock: uint, state: text });
const kind = <K extends string>(name: K) => fc.constant(name);

const plain = [
  fc.record({ kind: kind("sync-step-1"), stateVector: bytes }),
  fc.record({ kind: kind("sync-step-2"), update: bytes }),
  fc.record({ kind: kind("update"), update: bytes }),
  fc.record({ kind: kind("awareness"), states: fc.array(entry, { maxLength: 6 }) }),
  fc.record({ kind: kind("query-awareness") }),
];

const clientMessages = fc.oneof(
  ...plain,
  fc.record({
    kind: kind("hello"),
    protocolVersion: fc.constant(PROTOCOL_VERSION),
    schemaVersion: uint,
    stateVector: fc.option(bytes),
    resume: fc.option(fc.record({ logId: text, seq: uint })),
  }),
  fc.record({ kind: kind("push"), pushId: uint, update: bytes }),
  fc.record({ kind: kind("confirmed"), token: uint }),
  fc.record({ kind: kind("other-version"), protocolVersion: uint.filter((n) => n !== PROTOCOL_VERSION) }),
  fc.record({ kind: kind("audit"), seq: uint, stateVector: eight, deleteSet: eight }),
);

const serverMessages = fc.oneof(
  ...plain,
  fc.record({
    kind: kind("welcome"),
    connectionId: text,
    logId: text,
    head: uint,
    role: fc.constantFrom("view", "edit"),
    user: identity,
    coalesceMs: fc.nat(10_000),
    stateVector: fc.option(bytes),
  }),
  fc.record({ kind: kind("hello-again") }),
  fc.record({ kind: kind("part"), index: uint, count: uint, seq: uint, bytes }),
  fc.record({ kind: kind("frames"), seq: uint, update: bytes }),
  fc.record({ kind: kind("synced"), seq: uint }),
  fc.record({ kind: kind("ack"), pushId: uint, seq: uint }),
  fc.record({ kind: kind("resync"), pushId: uint, stateVector: bytes }),
  fc.record({
    kind: kind("notice"),
    notice: fc.oneof(
      fc.record({ kind: kind("history") }),
      fc.record({ kind: kind("identity"), user: identity }),
    ),
  }),
  fc.record({ kind: kind("confirm"), token: uint }),
  fc.record({
    kind: kind("audited"),
    seq: uint,
    difference: fc.option(fc.record({ stateVector: bytes, deleteSet: bytes })),
  }),
);

test("[PR1] whatever a client can say is understood", () => {
  fc.assert(
    fc.property(clientMessages, (message) => {
      const sent = encodeMessage(message as ClientMessage);
      expect(decodeClientMessage(sent)).toEqual({ ok: true, message });
    }),
    { seed, numRuns: 1_000 },
  );
});

test("[PR1] whatever the server can say is understood", () => {
  fc.assert(
    fc.property(serverMessages, (message) => {
      const sent = encodeMessage(message as ServerMessage);
      expect(decodeServerMessage(sent)).toEqual({ ok: true, message });
    }),
    { seed, numRuns: 1_000 },
  );
});

test("[PR16] the hello of another version is known as one, with anything behind it", () => {
  for (const rest of [[], [1], [3, 1, 1, 0, 0], [255, 255, 255], Array(1000).fill(7)]) {
    for (const protocolVersion of [0, 2, 99]) {
      const message = { kind: "other-version", protocolVersion };
      expect(decodeClientMessage(Uint8Array.of(64, protocolVersion, ...rest))).toEqual({ ok: true, message });
    }
  }
  expect(decodeClientMessage(Uint8Array.of(64, PROTOCOL_VERSION, 1)).ok).toBe(false);
});

test("[PR11] an update is a view into the message that brought it, wherever that lies", () => {
  const message = encodeMessage({ kind: "update", update: new Uint8Array(1000) });
  const within = new Uint8Array(4096);
  within.set(message, 7);
  const decoded = decodeClientMessage(within.subarray(7, 7 + message.length));
  expect(decoded.ok && decoded.message.kind === "update" && decoded.message.update.buffer).toBe(
    within.buffer,
  );
});

test("[PR14] kinds are different, ours lie from 64 on, and the subprotocol tells the version", () => {
  const { sync, awareness, auth, queryAwareness, ...ours } = MessageType;
  expect([sync, awareness, auth, queryAwareness]).toEqual([0, 1, 2, 3]);
  for (const number of Object.values(ours)) expect(number).toBeGreaterThanOrEqual(64);
  expect(new Set(Object.values(MessageType)).size).toBe(Object.keys(MessageType).length);
  expect(SUBPROTOCOL).toBe(`palimpsest.${PROTOCOL_VERSION}`);
});

import fc from "fast-check";
import * as encoding from "lib0/encoding";
import { describe, expect, test } from "vitest";
import {
  type ClientMessage,
  type Decoded,
  decodeClientMessage,
  decodeServerMessage,
  encodeMessage,
  MessageType,
  type ServerMessage,
} from "../src/index.ts";
import { type Example, fromClient, fromServer } from "./examples.ts";

const seed = 20_261_122;

/** Numbers as variable-length integers, texts with their length, bytes as they are. */
function raw(...parts: readonly (number | string | Uint8Array)[]): Uint8Array {
  const out = encoding.createEncoder();
  for (const part of parts) {
    if (typeof part === "number") encoding.writeVarUint(out, part);
    else if (typeof part === "string") encoding.writeVarString(out, part);
    else encoding.writeUint8Array(out, part);
  }
  return encoding.toUint8Array(out);
}

const refused = (reason: string) => ({ ok: false, reason });
type Message = ClientMessage | ServerMessage;

interface Side {
  readonly side: string;
  readonly examples: readonly Example<Message>[];
  readonly decode: (bytes: Uint8Array) => Decoded<Message>;
  readonly kinds: readonly number[];
}

const sides: readonly Side[] = [
  { side: "client", examples: fromClient, decode: decodeClientMessage, kinds: [0, 1, 3, 64, 65, 66, 67] },
  {
    side: "server",
    examples: fromServer,
    decode: decodeServerMessage,
    kinds: [0, 1, 3, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89],
  },
];

/** Kinds that are nothing but their number. */
const alone: readonly number[] = [MessageType.queryAwareness, MessageType.helloAgain];

describe.each(sides)("from the $side", ({ examples, decode, kinds }) => {
  test("[PR4] every byte as the first: only the kinds of this side are known", () => {
    for (let first = 0; first < 256; first++) {
      // bytes from 128 on are the beginning of a longer number
      const message = first < 128 ? Uint8Array.of(first) : Uint8Array.of(first, 1);
      const decoded = decode(message);
      const known = kinds.includes(first);
      const isWhole = known && alone.includes(first);
      if (known && !isWhole) expect(decoded).toEqual(refused("truncated"));
      else if (!known) expect(decoded).toEqual(refused("unknown-kind"));
      else expect(decoded.ok).toBe(true);
      expect(decode(Uint8Array.of(first)).ok).toBe(isWhole);
    }
  });

  test("[PR4] every byte as the second of a sync message: 0, 1 and 2 are known", () => {
    for (let second = 0; second < 128; second++) {
      const decoded = decode(raw(MessageType.sync, second, 0));
      if (second <= 2) expect(decoded.ok).toBe(true);
      else expect(decoded).toEqual(refused("unknown-kind"));
    }
  });

  test.each(examples)("[PR5] $name, cut off anywhere", ({ hex }) => {
    const whole = Buffer.from(hex, "hex");
    const within = Buffer.concat([whole, Buffer.alloc(64)]);
    for (let length = 0; length < whole.length; length++) {
      expect(decode(Uint8Array.from(whole.subarray(0, length))).ok, `${length} bytes`).toBe(false);
      // a view of a longer buffer must not be read past its own end
      expect(decode(within.subarray(0, length)).ok, `${length} bytes of a buffer`).toBe(false);
    }
  });

  const closed = examples.filter(({ message }) => message.kind !== "other-version");
  test.each(closed)("[PR6] $name with a byte more", ({ hex }) => {
    for (const more of ["00", "ff", "0001"]) {
      expect(decode(Buffer.from(hex + more, "hex"))).toEqual(refused("trailing-bytes"));
    }
  });

  test("[PR8] 20,000 messages of random bytes, half of them behind a kind that exists", () => {
    const random = fc.oneof(
      fc.uint8Array({ maxLength: 64 }),
      fc
        .tuple(fc.constantFrom(...kinds), fc.uint8Array({ maxLength: 64 }))
        .map(([first, rest]) => Uint8Array.of(first, ...rest)),
    );
    fc.assert(
      fc.property(random, (bytes) => {
        const decoded = decode(bytes);
        if (!decoded.ok) return;
        const again = encodeMessage(decoded.message);
        // numbers and JSON may have been written longer than needed, never shorter
        if (decoded.message.kind !== "welcome" && decoded.message.kind !== "notice") {
          expect(again.length).toBeLessThanOrEqual(bytes.length);
        }
        expect(decode(again)).toEqual(decoded);
      }),
      { seed, numRuns: 20_000 },
    );
  }, 60_000);

  test("[PR8] examples with one or two bytes changed", () => {
    const mutants = fc.tuple(
      fc.constantFrom(...examples.map(({ hex }) => hex)),
      fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 2 }),
    );
    fc.assert(
      fc.property(mutants, ([hex, changes]) => {
        const bytes = Uint8Array.from(Buffer.from(hex, "hex"));
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        expect(typeof decode(bytes).ok).toBe("boolean");
      }),
      { seed, numRuns: 5_000 },
    );
  });
});

const HUGE = [2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER];

test.each(HUGE)("[PR7] lengths and counts of %d are not believed", (huge) => {
  const promises = [
    raw(MessageType.sync, 0, huge),
    raw(MessageType.sync, 2, huge, new Uint8Array(10)),
    raw(MessageType.awareness, huge),
    raw(MessageType.awareness, 9, huge),
    raw(MessageType.awareness, 9, 1, 1, 1, huge),
    raw(MessageType.push, 1, huge),
    raw(MessageType.hello, 1, 1, 1, huge),
    raw(MessageType.hello, 1, 1, 0, 1, huge),
    raw(MessageType.welcome, huge),
    raw(MessageType.part, 0, 1, 1, huge),
    raw(MessageType.notice, huge),
  ];
  const before = process.memoryUsage().arrayBuffers;
  for (const bytes of promises) {
    expect(decodeClientMessage(bytes).ok).toBe(false);
    expect(decodeServerMessage(bytes).ok).toBe(false);
  }
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});

test("[PR7] a presence message cannot promise more entries than its bytes could hold", () => {
  const entries = (count: number, ...rest: Uint8Array[]) =>
    decodeClientMessage(raw(MessageType.awareness, 1 + rest.length * 3, count, ...rest));
  const entry = Uint8Array.of(5, 0, 0);
  expect(entries(2, entry, entry).ok).toBe(true);
  expect(entries(3, entry, entry)).toEqual(refused("bad-value"));
  expect(entries(1, entry, entry)).toEqual(refused("bad-value"));
});

test("[PR9] values outside of their range", () => {
  const flag = (value: number) => raw(MessageType.hello, 1, 1, 0, Uint8Array.of(value));
  expect(decodeClientMessage(flag(0)).ok).toBe(true);
  expect(decodeClientMessage(flag(2))).toEqual(refused("bad-value"));
  const welcome = (role: string, user: string) => raw(MessageType.welcome, "c", "l", 1, role, user, 0, 0);
  const user = '{"id":"a","name":"b","color":"c"}';
  expect(decodeServerMessage(welcome("view", user)).ok).toBe(true);
  for (const role of ["", "owner", "View"]) {
    expect(decodeServerMessage(welcome(role, user))).toEqual(refused("bad-value"));
  }
  for (const other of ["", "1", "null", "[]", '"a"', "{}", '{"id":1,"name":"b","color":"c"}', "{"]) {
    expect(decodeServerMessage(welcome("view", other))).toEqual(refused("bad-value"));
  }
  const paced = (ms: number) => raw(MessageType.welcome, "c", "l", 1, "edit", user, ms, 0);
  expect(decodeServerMessage(paced(10_000)).ok).toBe(true);
  expect(decodeServerMessage(paced(10_001))).toEqual(refused("bad-value"));
  for (const notice of [
    "null",
    "{}",
    '{"kind":"else"}',
    '{"kind":"identity"}',
    '{"kind":"identity","user":1}',
  ]) {
    expect(decodeServerMessage(raw(MessageType.notice, notice))).toEqual(refused("bad-value"));
  }
});

test("[PR9] numbers stay exact and client ids stay client ids", () => {
  const beyond = Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10); // 2^53
  const largest = raw(Number.MAX_SAFE_INTEGER);
  expect(decodeServerMessage(raw(MessageType.synced, largest)).ok).toBe(true);
  expect(decodeServerMessage(raw(MessageType.synced, beyond))).toEqual(refused("bad-value"));
  expect(decodeClientMessage(raw(MessageType.push, beyond, 0))).toEqual(refused("bad-value"));
  const presence = (client: number) => {
    const entry = raw(1, client, 0, "{}");
    return decodeClientMessage(raw(MessageType.awareness, entry.length, entry));
  };
  expect(presence(2 ** 32 - 1).ok).toBe(true);
  expect(presence(2 ** 32)).toEqual(refused("bad-value"));
});

test("[PR10] further fields of a user are dropped, prototypes stay as they are", () => {
  const user = '{"id":"a","name":"b","color":"c","role":"owner","__proto__":{"admin":true}}';
  const decoded = decodeServerMessage(raw(MessageType.notice, `{"kind":"identity","user":${user},"more":1}`));
  expect(decoded).toEqual({
    ok: true,
    message: { kind: "notice", notice: { kind: "identity", user: { id: "a", name: "b", color: "c" } } },
  });
  const borrowed = '{"__proto__":{"id":"a","name":"b","color":"c"}}';
  expect(decodeServerMessage(raw(MessageType.notice, `{"kind":"identity","user":${borrowed}}`)).ok).toBe(
    false,
  );
});

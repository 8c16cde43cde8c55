import { Worker } from "node:worker_threads";
import { content, id, item } from "@palimpsest/testkit/updates-content";
import { encodeBytes, type RawItem, type RawStruct, writeRaw } from "@palimpsest/testkit/updates-raw";
import * as encoding from "lib0/encoding";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { admit, DeleteSet } from "../src/index.ts";

/** Numbers and pieces of bytes, one after the other. */
function bytes(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  return encodeBytes((out) => {
    for (const part of parts) {
      if (typeof part === "number") encoding.writeVarUint(out, part);
      else encoding.writeUint8Array(out, part);
    }
  });
}

function one(...structs: RawStruct[]): Uint8Array {
  return writeRaw({ sections: [{ client: 1, clock: 0, structs }], deletes: [] });
}

const raw = (ref: number, body: Uint8Array): Pick<RawItem, "ref" | "content" | "length"> => ({
  ref,
  content: body,
  length: 1,
});

const HUGE = 2 ** 31 - 1;
const repeated = (times: number, ...unit: number[]) =>
  Uint8Array.from({ length: times * unit.length }, (_, i) => unit[i % unit.length] as number);

function secondFormat(): Uint8Array {
  const doc = new Y.Doc();
  doc.getText("default").insert(0, "hello");
  return Y.encodeStateAsUpdateV2(doc);
}

function nested(depth: number): Uint8Array {
  return one(
    item(content.type(3, "div")),
    ...Array.from({ length: depth }, (_, i) => item(content.type(3, "div"), { parent: id(1, i) })),
  );
}

const deepJSON = (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`;
const deepAny = (depth: number) => bytes(1, repeated(depth, 117, 1), Uint8Array.of(126));

/** What each one is, its bytes, and the answer. */
const bombs: readonly (readonly [string, Uint8Array, string])[] = [
  ["nothing at all", new Uint8Array(), "malformed"],
  ["two bytes of an unfinished number", Uint8Array.of(0xff, 0xff), "malformed"],
  ["the second update format", secondFormat(), "malformed"],
  ["seven bytes that claim 2^27 structs", bytes(1, 2 ** 27, 1, 0), "too-many-structs"],
  ["2^31 clients", bytes(HUGE), "too-many-clients"],
  ["2^53 clients", bytes(Number.MAX_SAFE_INTEGER), "too-many-clients"],
  ["as many structs as allowed, and none there", bytes(1, 400_000, 1, 0), "malformed"],
  ["a collected range of 2^31 clocks", one({ kind: "gc", length: HUGE + 2 }), "bad-clock"],
  ["a struct without length", one({ kind: "gc", length: 0 }), "bad-clock"],
  [
    "a deleted range of 2^31 clocks behind another",
    one(item(content.deleted(HUGE)), item(content.deleted(2))),
    "bad-clock",
  ],
  ["2^31 JSON values", one(item(raw(2, bytes(HUGE)))), "malformed"],
  ["2^31 `any` values", one(item(raw(8, bytes(HUGE)))), "malformed"],
  ["an `any` array of 2^31", one(item(raw(8, bytes(1, Uint8Array.of(117), HUGE)))), "malformed"],
  ["an `any` object of 2^31 keys", one(item(raw(8, bytes(1, Uint8Array.of(118), HUGE)))), "malformed"],
  ["2^31 bytes of binary", one(item(raw(3, bytes(HUGE)))), "malformed"],
  ["a text of 2^31 bytes", one(item(raw(4, bytes(HUGE)))), "malformed"],
  ["`any` nested 100,000 deep", one(item(raw(8, deepAny(100_000)))), "too-deep"],
  ["JSON nested 100,000 deep", one(item(content.embed(deepJSON(100_000)))), "too-deep"],
  ["types nested 1,000 deep", nested(1_000), "too-deep"],
  [
    "a client beyond uint32",
    writeRaw({ sections: [{ client: 2 ** 32, clock: 0, structs: [] }], deletes: [] }),
    "bad-client",
  ],
  [
    "a clock beyond 2^31",
    writeRaw({
      sections: [{ client: 1, clock: 2 ** 31, structs: [{ kind: "gc", length: 1 }] }],
      deletes: [],
    }),
    "bad-clock",
  ],
  ["a reference beyond 2^31", one(item(content.string("a"), { origin: id(2, 2 ** 31) })), "bad-clock"],
  [
    "two sections of one client",
    bytes(2, 1, 1, 0, Uint8Array.of(0), 1, 1, 1, 1, Uint8Array.of(0), 1, 0),
    "malformed",
  ],
  ["2^31 delete ranges", bytes(0, 1, 1, HUGE), "too-many-deletes"],
  ["a delete of 2^31 clocks", bytes(0, 1, 1, 1, 1, HUGE), "gap"],
  ["a delete beyond 2^31", bytes(0, 1, 1, 1, 2, HUGE), "bad-clock"],
  ["a delete without length", bytes(0, 1, 1, 1, 0, 0), "bad-clock"],
  ["a subdocument", one(item(content.subdocument("a"))), "bad-content"],
  ["a content that does not exist", one(item(raw(11, bytes()))), "bad-content"],
  ["a type that does not exist", one(item(raw(7, bytes(7)))), "bad-content"],
  ["JSON that is none", one(item(content.embed("{"))), "bad-content"],
  ["broken UTF-8", one(item(raw(4, bytes(2, Uint8Array.of(0xc3, 0x28))))), "malformed"],
  ["bytes behind the end", bytes(0, 0, 0), "malformed"],
  ["a flat JSON list of two million numbers", one(item(content.embed(`[${"0,".repeat(2e6)}0]`))), "new"],
];

test("[YD16] what claims to be huge, deep or else impossible is refused in a heap of 64 MB", async () => {
  const worker = new Worker(new URL("./bomb-worker.ts", import.meta.url), {
    workerData: bombs.map(([, update]) => update),
    resourceLimits: { maxOldGenerationSizeMb: 64, maxYoungGenerationSizeMb: 8 },
  });
  const answer = await new Promise<{ kinds: string[]; buffers: number }>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await worker.terminate();
  expect(answer.kinds.map((kind, i) => `${bombs[i]?.[0]}: ${kind}`)).toEqual(
    bombs.map(([name, , kind]) => `${name}: ${kind}`),
  );
  expect(answer.buffers).toBeLessThan(16 * 2 ** 20);
}, 30_000);

function judge(update: Uint8Array): string {
  const admission = admit(update, { stateVector: new Map(), deleteSet: () => new DeleteSet() });
  return admission.kind === "refused" ? admission.reason : admission.kind;
}

test("[YD16] limits hold on both sides", () => {
  expect(judge(nested(63))).toBe("new");
  expect(judge(nested(64))).toBe("new");
  expect(judge(nested(65))).toBe("too-deep");
  expect(judge(one(item(content.embed(deepJSON(64)))))).toBe("new");
  expect(judge(one(item(content.embed(deepJSON(65)))))).toBe("too-deep");
  expect(judge(one(item(raw(8, deepAny(64)))))).toBe("new");
  expect(judge(one(item(raw(8, deepAny(65)))))).toBe("too-deep");
  expect(judge(one({ kind: "gc", length: 2 ** 31 }))).toBe("new");
  expect(judge(one({ kind: "gc", length: 2 ** 31 + 1 }))).toBe("bad-clock");
});

const forbidden = ["__proto__", "constructor", "prototype"];

test.each(forbidden)(
  "[YD17] %s is no name: not of a root, an element, a key, a mark, nor inside values",
  (name) => {
    const places = [
      item(content.string("a"), { parent: name }),
      item(content.any(1), { parentSub: name }),
      item(content.type(3, name)),
      item(content.type(5, name)),
      item(content.format(name, "true")),
      item(content.format("bold", `{"${name}":1}`)),
      item(content.embed(`[{"a":{"${name}":1}}]`)),
      item(content.json(`{"${name}":1}`)),
      item(content.any(Object.fromEntries([[name, 1]]))),
      item(content.any([{ a: Object.fromEntries([[name, 1]]) }])),
    ];
    for (const place of places) expect(judge(one(place))).toBe("bad-name");
  },
);

test("[YD17] names have a length, and roots a plain one", () => {
  const long = (length: number) => "n".repeat(length);
  expect(judge(one(item(content.type(3, long(256)))))).toBe("new");
  expect(judge(one(item(content.type(3, long(257)))))).toBe("bad-name");
  expect(judge(one(item(content.any(1), { parentSub: long(257) })))).toBe("bad-name");
  expect(judge(one(item(content.string("a"), { parent: long(64) })))).toBe("new");
  for (const name of ["", "a b", long(65), "ä"]) {
    expect(judge(one(item(content.string("a"), { parent: name })))).toBe("bad-name");
  }
});

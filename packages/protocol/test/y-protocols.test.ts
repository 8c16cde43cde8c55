import * as decoding from "lib0/decoding";
import * as encoding from "lib0/encoding";
import { assert, expect, test } from "vitest";
import * as awarenessProtocol from "y-protocols/awareness";
import * as syncProtocol from "y-protocols/sync";
import * as Y from "yjs";
import { type ClientId, decodeClientMessage, decodeServerMessage, encodeMessage } from "../src/index.ts";

function typed(text: string): Y.Doc {
  const doc = new Y.Doc();
  doc.getText("text").insert(0, text);
  return doc;
}

/** What y-websocket puts around a message of the reference. */
function theirs(type: number, write: (out: encoding.Encoder) => void): Uint8Array {
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, type);
  write(out);
  return encoding.toUint8Array(out);
}

/** Gives one of our messages to the reference, which applies it; returns what it would answer. */
function readByReference(
  message: Uint8Array,
  doc: Y.Doc,
): { readonly type: number; readonly answer: Uint8Array } {
  const input = decoding.createDecoder(message);
  expect(decoding.readVarUint(input)).toBe(0);
  const out = encoding.createEncoder();
  encoding.writeVarUint(out, 0);
  const type = syncProtocol.readSyncMessage(input, out, doc, "test", (error) => {
    throw error;
  });
  expect(decoding.hasContent(input)).toBe(false);
  return { type, answer: encoding.toUint8Array(out) };
}

test("[PR3] the reference reads our sync messages", () => {
  const source = typed("hello 🙂");
  const target = new Y.Doc();
  const update = Y.encodeStateAsUpdate(source);
  const step1 = readByReference(
    encodeMessage({ kind: "sync-step-1", stateVector: Y.encodeStateVector(target) }),
    source,
  );
  expect(step1.type).toBe(syncProtocol.messageYjsSyncStep1);
  expect(decodeServerMessage(step1.answer)).toEqual({ ok: true, message: { kind: "sync-step-2", update } });
  expect(readByReference(encodeMessage({ kind: "sync-step-2", update }), target).type).toBe(1);
  expect(target.getText("text").toString()).toBe("hello 🙂");
  expect(
    readByReference(encodeMessage({ kind: "update", update: Y.encodeStateAsUpdate(typed("more")) }), target)
      .type,
  ).toBe(2);
  expect(target.getText("text").toString()).toContain("more");
});

test("[PR3] we read the sync messages of the reference, and write the same bytes", () => {
  const doc = typed("hello");
  const update = Y.encodeStateAsUpdate(doc);
  const messages = [
    theirs(0, (out) => syncProtocol.writeSyncStep1(out, doc)),
    theirs(0, (out) => syncProtocol.writeSyncStep2(out, doc)),
    theirs(0, (out) => syncProtocol.writeUpdate(out, update)),
  ];
  const expected = [
    { kind: "sync-step-1", stateVector: Y.encodeStateVector(doc) },
    { kind: "sync-step-2", update },
    { kind: "update", update },
  ] as const;
  for (const [i, bytes] of messages.entries()) {
    const message = expected[i];
    assert(message !== undefined);
    expect(decodeClientMessage(bytes)).toEqual({ ok: true, message });
    expect(encodeMessage(message)).toEqual(bytes);
  }
});

test("[PR3] presence goes both ways, the goodbye included", () => {
  const here = new awarenessProtocol.Awareness(new Y.Doc());
  const there = new awarenessProtocol.Awareness(new Y.Doc());
  try {
    const clientId = here.clientID as ClientId;
    const exchange = () => {
      const bytes = awarenessProtocol.encodeAwarenessUpdate(here, [clientId]);
      const wire = theirs(1, (out) => encoding.writeVarUint8Array(out, bytes));
      const decoded = decodeClientMessage(wire);
      assert(decoded.ok && decoded.message.kind === "awareness");
      expect(encodeMessage(decoded.message)).toEqual(wire);
      const input = decoding.createDecoder(encodeMessage(decoded.message));
      expect(decoding.readVarUint(input)).toBe(1);
      awarenessProtocol.applyAwarenessUpdate(there, decoding.readVarUint8Array(input), "test");
      return decoded.message.states;
    };
    here.setLocalState({ user: { name: "Zoë" }, cursor: null });
    const states = exchange();
    expect(states).toEqual([{ clientId, clock: 1, state: '{"user":{"name":"Zoë"},"cursor":null}' }]);
    expect(there.getStates().get(clientId)).toEqual(here.getLocalState());
    here.setLocalState(null);
    expect(exchange()).toEqual([{ clientId, clock: 2, state: "null" }]);
    expect(there.getStates().has(clientId)).toBe(false);
  } finally {
    here.destroy();
    there.destroy();
  }
});

test("[PR3] the question for presence is one byte", () => {
  expect(encodeMessage({ kind: "query-awareness" })).toEqual(theirs(3, () => {}));
});

import { forEachSeed, randomHistory, view } from "@palimpsest/testkit";
import { content, id, item } from "@palimpsest/testkit/updates-content";
import { type RawRange, type RawSection, type RawStruct, writeRaw } from "@palimpsest/testkit/updates-raw";
import { assert, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { type Admission, admit, type ClientId, DeleteSet, type IdRange, materialize } from "../src/index.ts";

/** A document that holds `clocks` of each client, of which some are deleted. */
function judge(bytes: Uint8Array, clocks: Record<number, number> = {}, deleted: RawRange[] = []): Admission {
  const stateVector = new Map(
    Object.entries(clocks).map(([client, clock]) => [Number(client) as ClientId, clock]),
  );
  const deleteSet = new DeleteSet();
  deleteSet.addAll(deleted as unknown as IdRange[]);
  return admit(bytes, { stateVector, deleteSet: () => deleteSet });
}

function section(client: number, clock: number, ...structs: RawStruct[]): RawSection {
  return { client, clock, structs };
}

function update(...sections: RawSection[]): Uint8Array {
  return writeRaw({ sections, deletes: [] });
}

function deletes(...ranges: RawRange[]): Uint8Array {
  return writeRaw({ sections: [], deletes: ranges });
}

const range = (client: number, clock: number, length: number): RawRange => ({ client, clock, length });
const text = (value: string) => item(content.string(value));

describe("gaps", () => {
  test("[YD10] a clock behind the next one is a gap, the next one is not", () => {
    expect(judge(update(section(1, 5, text("a"))), { 1: 4 })).toEqual({ kind: "gap" });
    expect(judge(update(section(1, 5, text("a"))), { 1: 5 })).toMatchObject({ kind: "new", inserted: 1 });
  });

  test("[YD10] a hole inside the update is a gap unless the document fills it", () => {
    const holed = update(section(1, 0, text("a"), { kind: "skip", length: 2 }, text("b")));
    expect(judge(holed).kind).toBe("gap");
    expect(judge(holed, { 1: 2 }).kind).toBe("gap");
    expect(judge(holed, { 1: 3 })).toMatchObject({ kind: "new", advanced: new Map([[1, 4]]) });
  });

  test.each(["origin", "rightOrigin", "parent"])("[YD10] an unknown %s is a gap", (field) => {
    const place = { [field]: id(2, 3) };
    expect(judge(update(section(1, 0, item(content.string("a"), place))), { 2: 3 }).kind).toBe("gap");
    expect(judge(update(section(1, 0, item(content.string("a"), place))), { 2: 4 }).kind).toBe("new");
  });

  test("[YD10] deleting what is not there is a gap, up to the last clock", () => {
    expect(judge(deletes(range(1, 3, 2)), { 1: 4 }).kind).toBe("gap");
    expect(judge(deletes(range(1, 3, 2)), { 1: 5 }).kind).toBe("new");
    expect(judge(deletes(range(9, 0, 1)), { 1: 5 }).kind).toBe("gap");
  });

  test("[YD11] two clients that wait for each other are not admitted", () => {
    const circle = update(
      section(2, 0, item(content.string("a"), { origin: id(1, 0) })),
      section(1, 0, item(content.string("b"), { origin: id(2, 0) })),
    );
    expect(judge(circle)).toEqual({ kind: "gap" });
  });

  test("[YD11] clients that take turns are admitted, whatever the order of their sections", () => {
    const turns = [
      section(1, 0, text("a"), item(content.string("b"), { origin: id(2, 0) })),
      section(
        2,
        0,
        item(content.string("c"), { origin: id(1, 0) }),
        item(content.string("d"), { origin: id(1, 1) }),
      ),
    ];
    expect(judge(update(...turns)).kind).toBe("new");
    expect(judge(update(...turns.toReversed())).kind).toBe("new");
  });

  test("[YD11] thousands of clients that wait for two who take turns cost no more than they bring", () => {
    const STEPS = 20_000;
    const WAITING = 5_000;
    const ladder = (own: number, other: number, ahead: number) =>
      section(
        own,
        0,
        ...Array.from({ length: STEPS }, (_, i) =>
          i < ahead ? text("x") : item(content.string("x"), { origin: id(other, i - ahead) }),
        ),
      );
    const crowd = Array.from({ length: WAITING }, (_, i) =>
      section(10 + i, 0, item(content.string("y"), { origin: id(1, STEPS - 1) })),
    );
    const ladders = [ladder(1, 2, 1), ladder(2, 1, 0)];
    expect(judge(update(...crowd, ...ladders)).kind).toBe("new");
    expect(judge(update(...ladders, ...crowd)).kind).toBe("new");
  }, 20_000);

  test("[YD12] a client's reference to its own future is refused", () => {
    for (const field of ["origin", "rightOrigin", "parent"]) {
      const forward = update(section(1, 0, item(content.string("ab"), { [field]: id(1, 0) })));
      expect(judge(forward)).toEqual({ kind: "refused", reason: "bad-reference" });
    }
  });
});

describe("what is known", () => {
  test("[YD13] an update that brings nothing is known: its structs and deletes are there", () => {
    const bytes = writeRaw({ sections: [section(1, 0, text("abc"))], deletes: [range(1, 0, 2)] });
    expect(judge(bytes, { 1: 3 }, [range(1, 0, 2)])).toEqual({ kind: "known" });
    expect(judge(bytes, { 1: 3 }, [range(1, 0, 1)]).kind).toBe("new");
    expect(judge(new Uint8Array([0, 0]))).toEqual({ kind: "known" });
  });

  test("[YD13] what is known but refers to what is not there is a gap, not an acknowledgement", () => {
    const forged = update(section(1, 0, item(content.string("a"), { origin: id(7, 7) })));
    expect(judge(forged, { 1: 1 })).toEqual({ kind: "gap" });
  });

  test("[YD14] an update that overlaps is cut to what is new", () => {
    const bytes = writeRaw({
      sections: [section(2, 0, text("same")), section(1, 0, text("hello 🙂"))],
      deletes: [range(1, 0, 4), range(2, 1, 1)],
    });
    const admission = judge(bytes, { 1: 5, 2: 4 }, [range(1, 1, 2), range(2, 1, 1)]);
    assert(admission.kind === "new");
    expect(admission.advanced).toEqual(new Map([[1, 8]]));
    expect(admission.deleted).toEqual([range(1, 0, 1), range(1, 3, 1)]);
    expect(admission.inserted).toBe(3);
    const { structs, ds } = Y.decodeUpdate(admission.update);
    expect(structs.map((struct) => [struct.id.client, struct.id.clock, struct.length])).toEqual([[1, 5, 3]]);
    expect([...ds.clients.keys()]).toEqual([1]);
  });

  test("[YD14] an update that is new from end to end is stored as it came", () => {
    const bytes = update(section(1, 0, text("abc")));
    const admission = judge(bytes);
    assert(admission.kind === "new");
    expect(admission.update).toBe(bytes);
  });

  test("[YD15] a whole delete set after nothing else is new once, then known", () => {
    const doc = new Y.Doc();
    doc.getText("default").insert(0, "abcdef");
    doc.getText("default").delete(1, 3);
    const vector = Y.encodeStateVector(doc);
    const answer = Y.encodeStateAsUpdate(doc, vector);
    const clocks = Object.fromEntries(Y.decodeStateVector(vector));
    const first = judge(answer, clocks);
    assert(first.kind === "new");
    expect(first.advanced.size).toBe(0);
    expect(judge(answer, clocks, first.deleted as unknown as RawRange[])).toEqual({ kind: "known" });
  });

  test("[YD13] [I8] updates that come again, in any order, are known and change nothing", () => {
    forEachSeed(1, 40, (random) => {
      const { frames } = randomHistory(random, { steps: 40 });
      const doc = materialize(frames);
      const clocks = Object.fromEntries(Y.decodeStateVector(Y.encodeStateVector(doc)));
      const held = [...Y.createDeleteSetFromStructStore(doc.store).clients].flatMap(([client, list]) =>
        list.map(({ clock, len }) => range(client, clock, len)),
      );
      const before = JSON.stringify(view(doc));
      for (const frame of random.shuffled(frames)) {
        expect(judge(frame, clocks, held)).toEqual({ kind: "known" });
        Y.applyUpdate(doc, frame);
      }
      expect(JSON.stringify(view(doc))).toBe(before);
    });
  });
});

import type { AuthorNo, Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import type { SqlDriver } from "../driver.ts";
import { SqliteStore } from "../sqlite-store.ts";
import { restore } from "./beside-rules.ts";
import { faulty } from "./faulty-driver.ts";
import { batch, digest, dump, edit, everyFrame, sampleBytes } from "./samples.ts";
import { snapshot, version } from "./snapshot-rules.ts";

interface Write {
  readonly name: string;
  readonly before: (store: SqliteStore) => void;
  readonly write: (store: SqliteStore) => unknown;
}

const create = (store: SqliteStore) => store.create({ documentId: "d1", logId: "l1", createdAt: 500 });
const author = { no: 1 as AuthorNo, userId: "u1", name: "Ada", color: "#112233" };

const writes: readonly Write[] = [
  { name: "create", before: () => {}, write: create },
  {
    name: "the first append",
    before: create,
    write: (store) =>
      store.append(batch([edit(60)], { authors: [author], owners: new Map([[9, author.no]]) })),
  },
  {
    name: "an append to an open segment",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
    },
    write: (store) => store.append(batch([edit(60, 2), edit(60, 3)])),
  },
  {
    name: "an append that closes its segment",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
    },
    write: (store) => store.append(batch([edit(6_000, 2)], { authors: [author] })),
  },
  {
    name: "an append larger than two rows",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
    },
    write: (store) => store.append(batch([edit(4_000_000, 2)])),
  },
  {
    name: "an append that packs the segments before it",
    before: (store) => {
      create(store);
      for (let i = 0; i < 15; i++) store.append(batch([edit(4_200, i)]));
    },
    write: (store) => store.append(batch([edit(4_200, 20)])),
  },
  {
    name: "an append larger than a row that packs what is before it",
    before: (store) => {
      create(store);
      for (let i = 0; i < 5; i++) store.append(batch([edit(4_200, i)]));
    },
    write: (store) => store.append(batch([edit(2_000_000, 20)])),
  },
  {
    name: "writeSnapshot over an older one",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
      store.writeSnapshot(snapshot(1, 4_000_000));
    },
    write: (store) => store.writeSnapshot({ ...snapshot(1, 2_000_000), createdAt: 7 }),
  },
  {
    name: "writeSnapshot that drops others",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
      for (const seq of [1, 2, 3]) store.writeSnapshot(snapshot(seq, 100));
    },
    write: (store) => store.writeSnapshot(snapshot(4, 50), [1 as Seq, 2 as Seq]),
  },
  {
    name: "writeSnapshot that packs others",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
      store.writeSnapshot({ ...snapshot(1, 0), update: new Uint8Array(60_000).fill(7) });
      store.writeSnapshot(snapshot(2, 100));
    },
    write: (store) => store.writeSnapshot(snapshot(3, 50), [], [1, 2, 3] as Seq[]),
  },
  {
    name: "thin",
    before: (store) => {
      create(store);
      const stateVector = () => new Uint8Array([0]);
      for (let i = 1; i < 8; i++) store.append(batch([edit(4_200, i)], { stateVector }));
      for (const seq of [1, 2, 4]) store.writeSnapshot(snapshot(seq, 100));
    },
    write: (store) => store.thin(4 as Seq, [1 as Seq]),
  },
  {
    name: "addVersion",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
    },
    write: (store) => store.addVersion(version("v1", 1, 5)),
  },
  {
    name: "updateVersion",
    before: (store) => {
      create(store);
      store.addVersion(version("v1", 1, 5));
    },
    write: (store) => store.updateVersion("v1", { name: "better" }),
  },
  {
    name: "an append and what is known of its restore",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
    },
    write: (store) =>
      store.transaction(() => {
        const seq = store.append(batch([{ ...edit(60, 2), kind: "restore", target: 0 as Seq }]));
        store.addRestore(restore(seq, { moves: sampleBytes(2_000_000) }));
      }),
  },
  {
    name: "a transaction of an append, a snapshot and a drop",
    before: (store) => {
      create(store);
      store.append(batch([edit(60, 1)]));
      store.writeSnapshot(snapshot(1, 100));
    },
    write: (store) =>
      store.transaction(() => {
        store.append(batch([edit(5_000, 2)]));
        store.writeSnapshot(snapshot(2, 100), [1 as Seq]);
      }),
  },
  {
    name: "writeNote",
    before: (store) => {
      create(store);
      store.writeNote("told", "1");
    },
    write: (store) => store.writeNote("told", "2"),
  },
];

/** A write that fails at any of its statements leaves everything as it was, and the next one goes on. */
export function atomicityRules(withDriver: WithDriver): void {
  for (const write of writes) {
    for (const warm of [true, false]) {
      const start = warm ? "a store that has written before" : "a store just opened";
      it(`[ST7] ${write.name}, failing at each statement, leaves ${start} as before`, async () => {
        for (let statement = 1; await failsAt(withDriver, write, warm, statement); statement++) {
          expect(statement, "a write has an end").toBeLessThan(50);
        }
      });
    }
  }
  it("[ST7] a transaction that fails after its writes leaves no hole in the log", () =>
    withDriver((driver) => {
      const store = new SqliteStore(driver);
      create(store);
      store.append(batch([edit(60, 1)]));
      const before = observe(store, driver);
      const failing = () =>
        store.transaction(() => {
          store.append(batch([edit(60, 2)]));
          store.append(batch([edit(6_000, 3)]));
          throw new Error("the caller changed its mind");
        });
      expect(failing).toThrow("changed its mind");
      expect(observe(store, driver)).toEqual(before);
      expect(store.append(batch([edit(33, 4)]))).toBe(2);
    }));
}

/** @returns false when the write has fewer statements than that */
async function failsAt(
  withDriver: WithDriver,
  write: Write,
  warm: boolean,
  statement: number,
): Promise<boolean> {
  let failed = false;
  await withDriver((plain) => {
    const driver = faulty(plain);
    const first = new SqliteStore(driver);
    write.before(first);
    const store = warm ? first : new SqliteStore(driver);
    const before = observe(store, plain);
    driver.failAt(statement);
    let thrown = false;
    try {
      write.write(store);
    } catch (error) {
      thrown = true;
      expect(String(error)).toContain("told to fail");
    }
    failed = driver.failed;
    driver.failAt(null);
    expect(thrown).toBe(failed);
    if (failed) expect(observe(store, plain), `after a failure at statement ${statement}`).toEqual(before);
    goesOn(store, driver, write, failed);
  });
  return failed;
}

function goesOn(store: SqliteStore, driver: SqlDriver, { write }: Write, again: boolean): void {
  if (again) write(store);
  const head = store.stats().head;
  expect(store.append(batch([edit(33, 77)]))).toBe(head + 1);
  const frames = everyFrame(store);
  expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, i) => head + 2 - frames.length + i));
  expect(digest(frames.at(-1)?.update ?? new Uint8Array())).toBe(digest(edit(33, 77).update));
  expect(everyFrame(new SqliteStore(driver)).length).toBe(frames.length);
}

function observe(store: SqliteStore, driver: SqlDriver) {
  const { head, lastFrameAt } = store.load() ?? { head: null, lastFrameAt: null };
  return { dump: dump(driver), stats: store.stats(), head, lastFrameAt };
}

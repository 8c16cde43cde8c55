import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Checkpoint,
  type CheckpointPolicy,
  defaultCheckpointPolicy,
  type LogExtent,
  planCheckpoint,
  planPrune,
  type Seq,
} from "../src/index.ts";

const seed = 20_261_122;
const at = (seq: number, bytes = 10): Checkpoint => ({ seq: seq as Seq, bytes });
const policy: CheckpointPolicy = { keepNewest: 2, frames: 100, logBytes: 5_000, ownSizes: 2 };

/** A log of rows of ten frames, ten bytes each, unless it is said otherwise. */
function log(frames: number, rowBytes = (_row: number) => 100, floor = 0): LogExtent {
  let logBytes = 0;
  const rows = Array.from({ length: Math.ceil(frames / 10) }, (_, i) => {
    logBytes += rowBytes(i);
    return { seq: Math.min(frames, 10 * (i + 1)) as Seq, logBytes };
  });
  return { floor: floor as Seq, rows };
}

const pruned = (snapshots: readonly Checkpoint[], extent = log(2_000), by = policy) =>
  planPrune(snapshots, extent, by);

const snapshots = fc
  .uniqueArray(fc.integer({ min: 1, max: 400 }))
  .chain((seqs) => fc.tuple(...seqs.map((seq) => fc.nat(900).map((bytes) => at(seq, bytes)))));
const policies = fc.record({
  keepNewest: fc.integer({ min: 2, max: 4 }),
  frames: fc.integer({ min: 1, max: 80 }),
  logBytes: fc.integer({ min: 1, max: 2_000 }),
  ownSizes: fc.integer({ min: 0, max: 3 }),
});
const logs = fc
  .array(fc.integer({ min: 1, max: 400 }), { minLength: 40, maxLength: 40 })
  .map((sizes) => log(400, (row) => sizes[row] ?? 1));

describe("planPrune", () => {
  test("[HI12] two are kept whatever they are, a third one is not", () => {
    expect(pruned([])).toEqual([]);
    expect(pruned([at(1), at(2)])).toEqual([]);
    expect(pruned([at(3), at(1), at(2)])).toEqual([1]);
  });

  test("[HI12] the newest are never dropped, and only what is there is", () => {
    fc.assert(
      fc.property(snapshots, logs, policies, (list, extent, by) => {
        const dropped = pruned(list, extent, by);
        const seqs = list.map(({ seq }) => seq);
        const newest = seqs.toSorted((a, b) => b - a).slice(0, by.keepNewest);
        for (const snapshot of dropped) {
          expect(newest).not.toContain(snapshot);
          expect(seqs).toContain(snapshot);
        }
      }),
      { seed },
    );
  });

  test("[HI13] [HI14] a snapshot just far enough stays, one frame nearer goes", () => {
    const newest = [at(1_900), at(1_901)];
    expect(pruned([at(100), at(200), ...newest])).toEqual([]);
    expect(pruned([at(100), at(199), ...newest])).toEqual([199]);
    expect(pruned([at(99), at(200), ...newest])).toEqual([99]);
  });

  test("[HI13] [HI14] so many bytes of log are far enough, unless the state itself is large", () => {
    const large = log(2_000, (row) => (row < 5 ? 1_000 : 100));
    const newest = [at(1_900), at(1_901)];
    expect(pruned([at(50), ...newest], large)).toEqual([]);
    expect(pruned([at(49), ...newest], large)).toEqual([49]);
    expect(pruned([at(50, 2_500), ...newest], large)).toEqual([]);
    expect(pruned([at(50, 2_501), ...newest], large)).toEqual([50]);
    expect(pruned([at(150, 3_001), ...newest], large)).toEqual([150]);
  });

  test("[HI13] what is dropped is near one that stays, or as large as half of the log since it", () => {
    fc.assert(
      fc.property(snapshots, logs, policies, (list, extent, by) => {
        const dropped = pruned(list, extent, by);
        const kept = [0, ...list.map(({ seq }) => seq).filter((seq) => !dropped.includes(seq))];
        for (const { seq, bytes } of list.filter(({ seq }) => dropped.includes(seq))) {
          const base = Math.max(...kept.filter((other) => other <= seq));
          const isNear = seq - base < by.frames && bytesBetween(base, seq, extent) < by.logBytes;
          expect(isNear || bytesBetween(base, seq, extent) < by.ownSizes * bytes).toBe(true);
        }
      }),
      { seed },
    );
  });

  test("[HI14] checkpoints lie apart, and pruning twice drops nothing more", () => {
    fc.assert(
      fc.property(snapshots, logs, policies, (list, extent, by) => {
        const dropped = pruned(list, extent, by);
        const kept = list.filter(({ seq }) => !dropped.includes(seq)).toSorted((a, b) => a.seq - b.seq);
        expect(pruned(kept, extent, by)).toEqual([]);
        let before = 0;
        for (const { seq, bytes } of kept.slice(0, Math.max(0, kept.length - by.keepNewest))) {
          const between = bytesBetween(before, seq, extent);
          expect(seq - before >= by.frames || between >= by.logBytes).toBe(true);
          expect(between).toBeGreaterThanOrEqual(by.ownSizes * bytes);
          before = seq;
        }
      }),
      { seed },
    );
  });

  test("[HI28] what lies at the floor or below it stays, and the floor counts as a snapshot", () => {
    const extent = log(2_000, () => 100, 500);
    expect(pruned([at(3), at(7), at(500), at(599), at(1_900), at(1_901)], extent)).toEqual([599]);
    expect(pruned([at(3), at(7), at(500), at(600), at(1_900), at(1_901)], extent)).toEqual([]);
  });
});

describe("planCheckpoint", () => {
  const start = 0 as Seq;

  test("[HI27] a stretch that is too short for two has none missing, one row more has", () => {
    expect(planCheckpoint([at(200)], log(2_000), policy, start)).toBe(100);
    expect(planCheckpoint([at(199)], log(2_000), policy, start)).toBeNull();
    expect(planCheckpoint([at(100), at(300)], log(2_000), policy, start)).toBe(200);
    expect(planCheckpoint([], log(2_000), policy, start)).toBeNull();
  });

  test("[HI27] the larger of two states says how far apart they are worth it", () => {
    expect(planCheckpoint([at(1_000, 1_500)], log(2_000), policy, start)).toBe(300);
    expect(planCheckpoint([at(1_000, 2_600)], log(2_000), policy, start)).toBeNull();
  });

  test("[HI27] each one that is written leaves fewer missing, until every moment is near one, and none is pruned", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.nat(900),
        logs,
        policies,
        (head, bytes, extent, by) => {
          const list = [at(head, bytes)];
          let after = start;
          for (let next = planCheckpoint(list, extent, by, after); next !== null; ) {
            expect(next).toBeGreaterThan(after);
            list.push(at(next, bytes));
            after = next;
            next = planCheckpoint(list, extent, by, after);
          }
          expect(pruned([...list, at(400, bytes)], extent, by)).toEqual([]);
          expect(planCheckpoint(list, extent, by, start)).toBeNull();
        },
      ),
      { seed },
    );
  });

  test("[HI27] one that was tried is not tried again, and nothing is missing below the floor", () => {
    expect(planCheckpoint([at(1_000)], log(2_000), policy, 100 as Seq)).toBe(110);
    expect(planCheckpoint([at(1_000)], log(2_000), policy, 900 as Seq)).toBeNull();
    expect(
      planCheckpoint(
        [at(3), at(500), at(1_000)],
        log(2_000, () => 100, 500),
        policy,
        start,
      ),
    ).toBe(600);
  });

  test("[HI14] [HI27] by the usual policy a moment is at most eighty thousand frames from a snapshot", () => {
    const { frames, keepNewest } = defaultCheckpointPolicy;
    expect(2 * frames).toBeLessThanOrEqual(80_000);
    expect(keepNewest).toBe(2);
  });
});

function bytesBetween(earlier: number, later: number, { rows }: LogExtent): number {
  const through = (seq: number) => {
    let before = { seq: 0, logBytes: 0 };
    for (const row of rows) {
      if (row.seq >= seq)
        return (
          before.logBytes + ((row.logBytes - before.logBytes) * (seq - before.seq)) / (row.seq - before.seq)
        );
      before = row;
    }
    return before.logBytes;
  };
  return through(later) - through(earlier);
}

import { describe, expect, test } from "vitest";
import { keeping } from "../src/copy/eviction.ts";
import { evictOutdated } from "../src/index.ts";
import { MemoryDisk } from "./support/memory-store.ts";

const DAY = 24 * 3600 * 1000;
const now = 1_000 * DAY;

function disk(copies: readonly { id: string; days: number; isUnsent?: boolean }[]) {
  const made = new MemoryDisk();
  for (const { id, days, isUnsent = false } of copies) {
    made.put(id, {
      head: {
        documentId: id,
        generation: id,
        owner: "u",
        schemaVersion: 1,
        role: "edit",
        position: null,
        openedAt: now - days * DAY,
        nextRow: 1,
        loose: 0,
        looseBytes: 0,
        wholeBytes: 0,
      },
      outbox: isUnsent ? [{ tab: "t", first: 1, update: new Uint8Array(1), checksum: 0 }] : [],
    });
  }
  return made;
}

const left = async (made: MemoryDisk) => {
  await evictOutdated(made.open(), now);
  return (await made.open().list()).map(({ head }) => head.documentId);
};

describe("what is kept no longer", () => {
  test("[PV76] a copy goes after 60 days, one with something unsent stays", async () => {
    const made = disk([
      { id: "new", days: 1 },
      { id: "just", days: keeping.days },
      { id: "old", days: keeping.days + 1 },
      { id: "unsent", days: 400, isUnsent: true },
    ]);
    expect(await left(made)).toEqual(["new", "just", "unsent"]);
  });

  test("[PV76] of many only the newest stay", async () => {
    const many = Array.from({ length: keeping.documents + 3 }, (_, i) => ({ id: `d${i}`, days: i / 10 }));
    const made = disk([...many, { id: "unsent", days: 30, isUnsent: true }]);
    const kept = await left(made);
    expect(kept).toHaveLength(keeping.documents + 1);
    expect(kept).toContain("d0");
    expect(kept).toContain("unsent");
    expect(kept).not.toContain(`d${keeping.documents}`);
  });
});

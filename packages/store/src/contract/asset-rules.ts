import type { Seq } from "@palimpsest/history";
import { expect, it } from "vitest";
import type { WithDriver } from "../contract-suite.ts";
import { type NewAsset, SqliteAssets } from "../sqlite-assets.ts";
import { created } from "./samples.ts";

function asset(id: string, change: Partial<NewAsset> = {}): NewAsset {
  const picture = {
    name: "",
    mime: "image/png",
    size: 1_200,
    width: 40,
    height: 30,
    by: "u1",
    uploadedAt: 500,
  };
  return { id, ...picture, ...change };
}

export function assetRules(withDriver: WithDriver): void {
  it("[ST34] what is noted of a file comes back, each fact changed by itself, until it is removed", () =>
    withDriver((driver) => {
      created(driver);
      const assets = new SqliteAssets(driver);
      expect(assets.list()).toEqual([]);
      expect(assets.totals()).toEqual({ count: 0, bytes: 0 });
      const [a, b] = [
        asset("a"),
        asset("b", { name: "Notes — 1.pdf", mime: "application/pdf", width: null, height: null }),
      ];
      expect(assets.add(b, 7 as Seq)).toBe(1);
      expect(assets.add(a, 3 as Seq)).toBe(1);
      expect(() => assets.add(a, 3 as Seq)).toThrow();
      const fresh = { isStored: false, foundAt: null, unusedSince: 500 };
      expect(assets.list()).toEqual([
        { ...a, ...fresh, lookedThrough: 3 },
        { ...b, ...fresh, lookedThrough: 7 },
      ]);
      expect(assets.totals()).toEqual({ count: 2, bytes: 2_400 });
      expect(assets.markStored("b", true)).toBe(1);
      const look = { id: "b", foundAt: 9 as Seq, lookedThrough: 8 as Seq, unusedSince: 900 };
      expect(assets.noteLook(look)).toBe(1);
      const reopened = new SqliteAssets(driver);
      expect(reopened.find("b")).toEqual({ ...b, ...look, isStored: true });
      expect(reopened.find("a")).toMatchObject({ isStored: false, foundAt: null });
      expect(reopened.remove("a")).toBe(1);
      expect([
        reopened.remove("a"),
        reopened.markStored("a", true),
        reopened.noteLook({ ...look, id: "a" }),
      ]).toEqual([0, 0, 0]);
      expect(reopened.find("a")).toBeNull();
      expect(reopened.list()).toHaveLength(1);
    }));
}

import { runInDurableObject } from "cloudflare:test";
import type { Seq } from "@palimpsest/history";
import { SqliteStore } from "@palimpsest/store";
import { compact, materialize } from "@palimpsest/ydoc";
import { updatesAt } from "../../src/document/moment.ts";
import { sqlDriver } from "../../src/document/sql-driver.ts";
import { stubOf } from "./api.ts";
import { hibernate } from "./hibernate.ts";

/** Drops a document's history before `floor`, all but the moments at `pinned`. */
export async function thin(id: string, floor: number, pinned: readonly number[]): Promise<void> {
  await hibernate(id);
  await runInDurableObject(stubOf(id), (_, { storage }) => {
    const store = new SqliteStore(sqlDriver(storage));
    for (const seq of [...pinned, floor] as Seq[]) {
      const doc = materialize(updatesAt(seq, store));
      store.writeSnapshot({ seq, createdAt: Date.now(), ...compact(doc) });
      doc.destroy();
    }
    store.thin(floor as Seq, []);
  });
  // the object's own store has read the log before
  await hibernate(id);
}

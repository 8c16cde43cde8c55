import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { RoomHost, type RoomSockets } from "@palimpsest/room";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import { type SqlDriver, SqliteStore } from "@palimpsest/store";
import { sqlDriver } from "../../src/document/sql-driver.ts";
import { stubOf } from "./api.ts";

/** What an act under test works with: the document's own storage, and a room nobody is in. */
export interface Stage {
  readonly store: SqliteStore;
  readonly host: RoomHost;
}

const nobody: RoomSockets = {
  open: () => [],
  send: () => undefined,
  attach: () => undefined,
  close: () => undefined,
};

/**
 * Runs `act` on a document's storage and ends the object just before the `k`th statement that writes (1 is the
 * first), as a crash would.
 *
 * @returns whether it crashed; false when the act has fewer statements
 */
export async function crashBefore(
  k: number,
  id: string,
  act: (stage: Stage) => void,
  crowdMs = 0,
): Promise<boolean> {
  let crashed = false;
  const run = runInDurableObject(stubOf(id), (_, state) => {
    let statement = 0;
    const crash = () => {
      statement += 1;
      if (statement !== k) return;
      crashed = true;
      state.abort("crashed by a test");
    };
    const store = new SqliteStore(crashingDriver(sqlDriver(state.storage), crash));
    const host = new RoomHost(
      { store, sockets: nobody, differed: () => undefined, dirty: () => undefined, flushAt: () => undefined },
      { schemaVersion: SCHEMA_VERSION, crowdMs },
    );
    act({ store, host });
  });
  await run.catch((error: unknown) => {
    if (!crashed) throw error;
  });
  // the object's own store has read the head before the act: it must look again
  if (!crashed) await evictDurableObject(stubOf(id));
  return crashed;
}

function crashingDriver(driver: SqlDriver, before: () => void): SqlDriver {
  return {
    exec: (sql, ...params) => {
      before();
      return driver.exec(sql, ...params);
    },
    query: driver.query,
    transaction: driver.transaction,
  };
}

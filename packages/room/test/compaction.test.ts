import { randomEdit, seeded } from "@palimpsest/testkit";
import { FakeClock } from "@palimpsest/testkit/clock";
import { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { person } from "./harness.ts";
import { Deployment } from "./simulation/deployment.ts";
import { Network } from "./simulation/network.ts";
import { Server } from "./simulation/server.ts";
import { Tally } from "./simulation/tally.ts";
import { Truth } from "./simulation/truth.ts";
import { WallClock } from "./simulation/wall-clock.ts";

function siteOf(driver: NodeSqlite) {
  const clock = new FakeClock();
  return {
    driver,
    network: new Network(seeded(1), clock.now),
    clock: new WallClock(clock),
    observer: { turn: () => {}, died: () => {} },
    tally: new Tally(),
    crowdMs: 0,
    narrow: false,
    versions: 0,
  };
}

class Writable extends Server {
  deaths = 0;
  readonly #random = seeded(1);
  readonly #doc = new Y.Doc();

  /** Five changes of one person. */
  write(): void {
    this.#doc.clientID = 1;
    const updates: Uint8Array[] = [];
    this.#doc.on("update", (update: Uint8Array) => updates.push(update));
    while (updates.length < 5) randomEdit(this.#doc, this.#random);
    const user = person("ada");
    this.turn("work", () => {
      for (const update of updates) this.host.dispatch({ kind: "edit", as: "edit", user, update, now: 1 });
    });
  }

  override die(): void {
    this.deaths++;
    super.die();
  }

  get snapshots(): number[] {
    return this.store.snapshots().map(({ seq }) => seq);
  }
}

it("[I6][I5] a crash at any statement of compaction leaves the old generation or the new one, whole", () => {
  const seen = new Set<string>();
  for (let statement = 1; ; statement++) {
    const driver = new NodeSqlite();
    const server = new Deployment(siteOf(driver), Writable).current as Writable;
    for (let generation = 0; generation < 3; generation++) {
      server.write();
      server.alarm();
    }
    server.write();
    expect(server.snapshots).toEqual([10, 15]);
    server.fault = { kind: "crash", statement };
    server.alarm();
    const truth = new Truth(driver);
    truth.refresh();
    truth.checkSnapshots();
    seen.add(server.snapshots.join());
    if (server.deaths === 0) break;
    expect(server.snapshots).toEqual([10, 15]);
    server.fault = null;
    server.alarm();
    expect(server.snapshots).toEqual([15, 20]);
    truth.checkSnapshots();
    driver.close();
  }
  expect([...seen]).toEqual(["10,15", "15,20"]);
});

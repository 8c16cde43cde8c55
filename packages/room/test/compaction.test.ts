import { seeded } from "@palimpsest/testkit";
import { FakeClock } from "@palimpsest/testkit/clock";
import { expect, it } from "vitest";
import { person } from "./harness.ts";
import { Network } from "./simulation/network.ts";
import { Server } from "./simulation/server.ts";
import { Truth } from "./simulation/truth.ts";
import { Writer } from "./writer.ts";

class Writable extends Server {
  /** Five edits of one person, with a deletion among them. */
  write(writer: Writer): void {
    const user = person("ada");
    this.turn(() => {
      for (let i = 0; i < 5; i++) {
        const update = i === 3 ? writer.erase(0, 1) : writer.type(`${i} and more`);
        this.host.dispatch({ kind: "edit", as: "edit", user, update, now: i });
      }
    });
  }

  get snapshots(): number[] {
    return this.store.snapshots().map(({ seq }) => seq);
  }
}

it("[I6][I5] a crash at any statement of compaction leaves the old generation or the new one, whole", () => {
  const seen = new Set<string>();
  for (let statement = 1; ; statement++) {
    const server = new Writable(new Network(seeded(1)), new FakeClock(), { turn: () => {}, died: () => {} });
    const writer = new Writer(1);
    for (let generation = 0; generation < 3; generation++) {
      server.write(writer);
      server.alarm();
    }
    server.write(writer);
    expect(server.snapshots).toEqual([10, 15]);
    server.fault = { kind: "crash", statement };
    server.alarm();
    const truth = new Truth(server.driver);
    truth.refresh();
    truth.checkSnapshots();
    seen.add(server.snapshots.join());
    if (server.deaths === 0) break;
    expect(server.snapshots).toEqual([10, 15]);
    server.fault = null;
    server.alarm();
    expect(server.snapshots).toEqual([15, 20]);
    truth.checkSnapshots();
    server.driver.close();
  }
  expect([...seen]).toEqual(["10,15", "15,20"]);
});

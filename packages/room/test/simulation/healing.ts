import type { Random } from "@palimpsest/testkit";
import { type FakeClock, settle } from "@palimpsest/testkit/clock";
import type { Deployment } from "./deployment.ts";
import type { Network } from "./network.ts";
import type { People } from "./people.ts";
import { PlainClient } from "./plain-client.ts";
import { differences, fail, type Truth } from "./truth.ts";

export interface HealingParts {
  readonly random: Random;
  readonly clock: FakeClock;
  readonly network: Network;
  readonly deployment: Deployment;
  readonly people: People;
  readonly truth: Truth;
  readonly compact: () => void;
  readonly deliver: (one: Network["busy"][number]) => void;
  readonly note: (line: string) => void;
}

/** The end of each life: no more misfortune, everybody connects, everything arrives, and all must agree. */
export class Healing {
  readonly #parts: HealingParts;

  constructor(parts: HealingParts) {
    this.#parts = parts;
  }

  /** @param restMs how long everybody then rests, so that what the programs do by themselves happens */
  async heal(restMs: number): Promise<void> {
    const { deployment, network, people, random, truth, compact, note } = this.#parts;
    note("heals");
    deployment.goRight();
    for (const link of network.links) link.readsFrom = 0;
    truth.refresh();
    await this.#quiet();
    // what formatting clean-up deleted while reading travels with the next real change
    for (const client of people.clients) if (client.mayEdit) client.edit(random);
    await this.#quiet();
    await this.#rest(restMs);
    people.check();
    compact();
    truth.checkLog();
    for (const client of people.clients) {
      const difference = differences(truth.doc, client.doc);
      if (difference !== null) fail("I4", `${client.person} and storage do not agree: ${difference}`);
      if (!(client instanceof PlainClient)) people.checkPresence(client);
    }
    // y-protocols keeps the clocks of those it lost sight of: who came back unchanged is seen when they next move
    for (const client of people.clients) client.moveCaret(1_000);
    await this.#quiet();
    for (const client of people.clients) people.checkPresence(client);
  }

  /** A laptop is shut: nothing is said, the line just ends, with the process awake or asleep. */
  async vanish(maySleep: boolean): Promise<void> {
    const { deployment, network, people, random, note } = this.#parts;
    const gone = people.anybody();
    note(`${gone.person} vanishes`);
    const link = network.links.find(
      ({ person, clientSide }) => person === gone.person && clientSide === "open",
    );
    if (link === undefined) fail("I4", `${gone.person} has no connection`);
    if (random.chance(0.5) && maySleep) deployment.hibernate();
    network.breakAtClient(link);
    people.remove(gone);
    for (const { link: one, way } of network.busy) while (one[way].length > 0) network.deliver(one, way);
    await this.#quiet();
    for (const client of people.clients) people.checkPresence(client);
  }

  /** Nobody does anything; what the programs do by themselves arrives. */
  async #rest(restMs: number): Promise<void> {
    for (let left = restMs; left > 0; left -= 1_000) {
      await this.#parts.clock.advance(1_000);
      await this.#quiet();
    }
  }

  async #quiet(): Promise<void> {
    const { clock, network, people, deliver } = this.#parts;
    for (let round = 0; round < 400; round++) {
      for (const client of people.clients) client.connect();
      await settle();
      for (let { busy } = network; busy.length > 0; busy = network.busy) {
        for (const one of busy) deliver(one);
        await settle();
      }
      if (round > 2 && people.clients.every((client) => client.isSettled)) return;
      if (round < 2) for (const client of people.clients) client.heartbeat();
      await clock.advance(round < 20 ? 500 : 5_000);
    }
    const waiting = people.clients.filter((client) => !client.isSettled);
    const why = waiting.map(({ person, trouble }) => (trouble === null ? person : `${person} (${trouble})`));
    fail("I4", `${why.join(", ")} never came to rest`);
  }
}

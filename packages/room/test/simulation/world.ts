import type { ClientId } from "@palimpsest/protocol";
import type { Difference } from "@palimpsest/provider";
import { type Random, seeded } from "@palimpsest/testkit";
import { FakeClock, settle } from "@palimpsest/testkit/clock";
import { NodeSqlite } from "@palimpsest/testkit/node-sqlite";
import { Deployment } from "./deployment.ts";
import { Healing } from "./healing.ts";
import { Misfortune } from "./misfortune.ts";
import { Network } from "./network.ts";
import { People } from "./people.ts";
import { Server } from "./server.ts";
import { Tally } from "./tally.ts";
import { Truth } from "./truth.ts";
import { WallClock } from "./wall-clock.ts";
import { Watch } from "./watch.ts";

export interface WorldOptions {
  readonly steps: number;
  /** When the process hibernates: at random, or, to compare the two, never or before each delivery. */
  readonly hibernation: "random" | "never" | "always";
  /** Without them the two runs of a comparison see the same turns. */
  readonly faults: boolean;
  readonly server: typeof Server;
  /** Frames between two audits; Infinity for never. */
  readonly auditEvery: number;
  /** How long everybody then rests, so that audits find what nothing else does. */
  readonly restMs: number;
  /** A client that finds that something was kept from it has found a mistake; else it is to be mended. */
  readonly expectsAll: boolean;
}

export const usual: WorldOptions = {
  steps: 220,
  hibernation: "random",
  faults: true,
  server: Server,
  auditEvery: 30,
  restMs: 0,
  expectsAll: true,
};

/** Some clients, one room, and everything that can go wrong between them; one seed decides all of it. */
export class World {
  readonly #random: Random;
  readonly #options: WorldOptions;
  readonly #clock = new FakeClock();
  readonly #network: Network;
  readonly #driver = new NodeSqlite();
  readonly #deployment: Deployment;
  readonly #people: People;
  readonly #misfortune: Misfortune;
  readonly #healing: Healing;
  readonly #truth: Truth;
  readonly watch: Watch;
  readonly tally = new Tally();
  /** How likely the process is asleep when something arrives; in half of the lives it hardly ever is. */
  readonly #sleepiness: number;
  readonly trace: string[] = [];

  constructor(seed: number, options: WorldOptions) {
    const random = seeded(seed);
    this.#random = random;
    this.#options = options;
    this.#sleepiness = seed % 2 === 0 ? 0.1 : 0.005;
    const network = new Network(random, this.#clock.now);
    this.#network = network;
    const { auditEvery, expectsAll } = options;
    const clock = this.#clock;
    const note = (line: string) => void this.trace.push(line);
    const machine = new WallClock(clock);
    // a room that has just woken does not know what it did last: a comparison of the two does without crowds
    const compares = options.hibernation !== "random";
    const deployment = new Deployment(
      {
        driver: this.#driver,
        network,
        clock: machine,
        observer: {
          turn: (report) => this.watch.turn(report),
          died: () => {
            note("the process died");
            this.watch.died();
          },
        },
        tally: this.tally,
        crowdMs: seed % 4 < 2 && !compares ? 20 : 0,
        narrow: seed % 4 < 3 && !compares,
        versions: 0,
      },
      options.server,
    );
    this.#deployment = deployment;
    const truth = new Truth(this.#driver);
    this.#truth = truth;
    this.watch = new Watch(truth, this.tally, compares);
    const people = new People({ random, clock, network, truth, auditEvery, expectsAll, note });
    this.#people = people;
    this.#misfortune = new Misfortune({
      random,
      machine,
      clock,
      network,
      deployment,
      people,
      tally: this.tally,
      note,
    });
    const compact = () => this.#compact();
    const deliver = (one: Network["busy"][number]) => this.#deliver(one);
    this.#healing = new Healing({
      random,
      clock,
      network,
      deployment,
      people,
      truth,
      compact,
      deliver,
      note,
    });
    for (const person of ["ada", "bob", "carl"]) people.openTab(person, "provider");
    if (seed % 3 === 0) people.openTab("dora", "plain");
    if (seed % 5 === 0) people.openTab("eve", "reader");
  }

  get head(): number {
    return this.#truth.head;
  }

  get server(): Server {
    return this.#deployment.current;
  }

  /** What audits found, in all tabs that were ever open. */
  get differences(): readonly Difference[] {
    return this.#people.tabs.flatMap((tab) => tab.differences);
  }

  /** @throws Violation when a rule does not hold */
  async run(): Promise<void> {
    try {
      for (let step = 0; step < this.#options.steps; step++) await this.#step();
      await this.#healing.heal(this.#options.restMs);
      await this.#healing.vanish(this.#options.hibernation === "random");
      this.#people.check();
    } finally {
      for (const client of this.#people.clients) client.close();
      await settle();
      this.#driver.close();
    }
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const choice = random.int(100);
    if (choice < 49 && this.#network.busy.length > 0) await this.#deliverSome();
    else if (choice < 69) this.#people.act(this.#people.anybody());
    else if (choice < 79) await this.#pass(random.int(150));
    else if (choice < 81) await this.#pass(random.int(20_000));
    else if (choice < 86) this.#misfortune.ofLines();
    else if (choice < 91) this.#misfortune.ofRepetition();
    else if (choice < 94) this.#administer();
    else if (choice < 96) this.#people.turnOver();
    else if (this.#options.faults) this.#misfortune.ofServers();
    await settle();
    this.#people.check();
  }

  async #deliverSome(): Promise<void> {
    for (let left = 1 + this.#random.int(5); left > 0; left--) {
      const { busy } = this.#network;
      if (busy.length === 0) return;
      this.#deliver(this.#random.pick(busy));
      await settle();
    }
  }

  #deliver({ link, way }: Network["busy"][number]): void {
    const { hibernation } = this.#options;
    // an idle document sleeps: what wakes it, an end as well as a word, finds nothing in memory
    const sleeps = hibernation === "random" && this.#random.chance(this.#sleepiness);
    if (hibernation === "always" || sleeps) this.#deployment.hibernate();
    this.trace.push(`${link.id} ${way} ${link[way][0]?.kind}`);
    this.#network.deliver(link, way);
  }

  async #pass(ms: number): Promise<void> {
    this.trace.push(`${ms} ms pass`);
    await this.#clock.advance(ms);
  }

  #administer(): void {
    const choice = this.#random.int(6);
    const { current } = this.#deployment;
    this.trace.push(`administers ${choice}`);
    if (choice < 3) {
      if (this.#options.faults && this.#random.chance(0.25)) {
        current.fault = { kind: "crash", statement: 1 + this.#random.int(14) };
      }
      this.#compact();
    } else if (choice < 4) current.nameVersion();
    else
      current.restore(
        this.#random.int(this.#truth.head + 1) as never,
        this.#people.newClientId() as ClientId,
      );
  }

  #compact(): void {
    this.#deployment.current.alarm();
    this.#truth.checkSnapshots();
    // A room that slept reads the snapshot's delete set, which also has what was deleted with its parent; one that
    // stayed awake hears of that only when it builds itself again. Deleting it once more changes no document, but
    // it is a different byte: a comparison begins both from the same knowledge.
    if (this.#options.hibernation !== "random") this.#deployment.hibernate();
  }
}

/** Runs one seed. @throws Error that names the seed, with the end of its trace, when a rule does not hold */
export async function simulate(seed: number, options: Partial<WorldOptions> = {}): Promise<World> {
  const world = new World(seed, { ...usual, ...options });
  try {
    await world.run();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const { length } = world.trace;
    throw new Error(`seed ${seed}, step ${length}: ${reason}\n  ${world.trace.slice(-12).join("\n  ")}`, {
      cause,
    });
  }
  return world;
}

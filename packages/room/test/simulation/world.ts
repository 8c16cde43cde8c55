import type { ClientId } from "@palimpsest/protocol";
import type { Difference } from "@palimpsest/provider";
import { type Random, seeded } from "@palimpsest/testkit";
import { FakeClock, settle } from "@palimpsest/testkit/clock";
import * as Y from "yjs";
import type { Client } from "./client.ts";
import { Network } from "./network.ts";
import { PlainClient } from "./plain-client.ts";
import { ProviderClient } from "./provider-client.ts";
import { type Observer, Server } from "./server.ts";
import { differences, fail, Truth } from "./truth.ts";
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
}

export const usual: WorldOptions = {
  steps: 220,
  hibernation: "random",
  faults: true,
  server: Server,
  auditEvery: 30,
  restMs: 0,
};

/** Some clients, one room, and everything that can go wrong between them; one seed decides all of it. */
export class World {
  readonly #random: Random;
  readonly #options: WorldOptions;
  readonly #clock = new FakeClock();
  readonly #network: Network;
  readonly server: Server;
  readonly #truth: Truth;
  readonly watch: Watch;
  /** How likely the process is asleep when something arrives; in half of the lives it hardly ever is. */
  readonly #sleepiness: number;
  #clients: Client[] = [];
  readonly #tabs: ProviderClient[] = [];
  readonly trace: string[] = [];

  constructor(seed: number, options: WorldOptions) {
    this.#random = seeded(seed);
    this.#options = options;
    this.#sleepiness = seed % 2 === 0 ? 0.1 : 0.005;
    this.#network = new Network(this.#random);
    const observer: Observer = {
      turn: (report) => this.watch.turn(report),
      died: () => {
        this.#note("the process died");
        this.#truth.refresh();
        this.#truth.checkSnapshots();
      },
    };
    // a room that has just woken does not know when it last wrote: a comparison of the two does without crowds
    const crowdMs = seed % 4 < 2 && options.hibernation === "random" ? 20 : 0;
    this.server = new options.server(this.#network, this.#clock, observer, crowdMs);
    this.#truth = new Truth(this.server.driver);
    this.watch = new Watch(this.#truth);
    for (const person of ["ada", "bob", "carl"]) this.#openTab(person, "provider");
    if (seed % 3 === 0) this.#openTab("dora", "plain");
    if (seed % 5 === 0) this.#openTab("eve", "reader");
  }

  /** @throws Violation when a rule does not hold */
  async run(): Promise<void> {
    try {
      for (let step = 0; step < this.#options.steps; step++) await this.#step();
      await this.#heal();
      await this.#vanish();
    } finally {
      for (const client of this.#clients) client.close();
      await settle();
      this.server.driver.close();
    }
  }

  async #step(): Promise<void> {
    const random = this.#random;
    const { busy } = this.#network;
    const choice = random.int(100);
    if (choice < 50 && busy.length > 0) await this.#deliverSome();
    else if (choice < 70) this.#act(random.pick(this.#clients));
    else if (choice < 80) await this.#pass(random.int(150));
    else if (choice < 82) await this.#pass(random.int(20_000));
    else if (choice < 86) this.#breakLine();
    else if (choice < 92) this.#replay();
    else if (choice < 95) this.#administer();
    else if (choice < 97) this.#turnOver();
    else this.#misfortune();
    await settle();
    this.#checkClients();
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
    if (hibernation === "always" || sleeps) this.server.hibernate();
    this.#note(`${link.id} ${way} ${link[way][0]?.kind}`);
    this.#network.deliver(link, way);
  }

  #act(client: Client): void {
    const choice = this.#random.int(20);
    if (choice < 1) client.moveCaret(this.#random.int(100));
    else if (choice < 2) client.heartbeat();
    else if (choice < 4) this.#goOnOrOffline(client);
    else if (!client.mayEdit) return;
    else if (choice < 6) client.undo();
    else if (choice < 7) client.paste(this.#random);
    else for (let left = 1 + this.#random.int(3); left > 0; left--) client.edit(this.#random);
    this.#note(`${client.person} acts ${choice}`);
  }

  #goOnOrOffline(client: Client): void {
    if (client.isOnline && this.#random.chance(0.3)) client.disconnect();
    else client.connect();
  }

  async #pass(ms: number): Promise<void> {
    this.#note(`${ms} ms pass`);
    await this.#clock.advance(ms);
  }

  #breakLine(): void {
    const open = this.#network.links.filter(({ clientSide }) => clientSide === "open");
    if (open.length === 0) return;
    const link = this.#random.pick(open);
    const atClient = this.#random.chance(0.5);
    this.#note(`${link.id} breaks ${atClient ? "at the client" : "at the server"}`);
    if (atClient) this.#network.breakAtClient(link);
    else this.#network.breakAtServer(link);
  }

  /** Something a tab sent long ago arrives once more, or something that is on its way arrives early and again. */
  #replay(): void {
    const client = this.#random.pick(this.#clients);
    const link = this.#network.links.find(
      ({ person, serverSide, id }) =>
        person === client.person && serverSide === "open" && this.server.attachments.get(id)?.ready === true,
    );
    if (link === undefined) return;
    const early = link.up.findLast((item) => item.kind === "data");
    const message = early?.kind === "data" ? early.data : client.oldMessage(this.#random);
    if (message === null) return;
    this.#note(`${link.id} repeats itself`);
    this.server.message(link, message);
  }

  #administer(): void {
    const choice = this.#random.int(6);
    this.#note(`administers ${choice}`);
    if (choice < 3) {
      if (this.#options.faults && this.#random.chance(0.25)) {
        this.server.fault = { kind: "crash", statement: 1 + this.#random.int(14) };
      }
      this.#compact();
    } else if (choice < 4) this.server.nameVersion();
    else
      this.server.restore(this.#random.int(this.#truth.head + 1) as never, this.#newClientId() as ClientId);
  }

  #compact(): void {
    this.server.alarm();
    this.#truth.checkSnapshots();
    // A room that slept reads the snapshot's delete set, which also has what was deleted with its parent; one that
    // stayed awake hears of that only when it builds itself again. Deleting it once more changes no document, but
    // it is a different byte: a comparison begins both from the same knowledge.
    if (this.#options.hibernation !== "random") this.server.hibernate();
  }

  /** A tab is closed, and its person opens another: with the copy that the browser kept, or without. */
  #turnOver(): void {
    const client = this.#random.pick(this.#clients);
    const keeps = this.#random.chance(0.5);
    this.#note(`${client.person} reloads ${keeps ? "with" : "without"} a copy`);
    const copy = keeps ? { update: Y.encodeStateAsUpdate(client.doc), unstored: [...client.unstored] } : null;
    client.close();
    this.#clients = this.#clients.filter((other) => other !== client);
    const kind = client instanceof PlainClient ? "plain" : client.mayEdit ? "provider" : "reader";
    this.#openTab(client.person, kind, copy);
  }

  #misfortune(): void {
    if (!this.#options.faults) return;
    const choice = this.#random.int(7);
    const statement = 1 + Math.min(this.#random.int(14), this.#random.int(14));
    if (choice < 1) this.server.die();
    else if (choice < 3) this.server.fault = { kind: "crash", statement };
    else if (choice < 4) this.server.fault = { kind: "crash-before-sending" };
    else this.server.fault = { kind: "throw", statement };
    this.#note(`${this.server.fault?.kind ?? "nothing"} is coming`);
  }

  /** [I20] What a tab says is saved is stored; no tab broke a rule by itself. */
  #checkClients(): void {
    for (const client of this.#clients) {
      if (client.violation !== null) throw client.violation;
      if (client.saysSaved === true) {
        for (const update of client.unstored.splice(0)) {
          if (!this.#truth.contains(update)) fail("I20", `${client.person} was told "saved" too early`);
        }
      }
    }
  }

  /** No more misfortune: everybody connects, and everything arrives. */
  async #heal(): Promise<void> {
    this.#note("heals");
    this.server.fault = null;
    this.server.goesRight = true;
    this.#truth.refresh();
    await this.#quiet();
    // what formatting clean-up deleted while reading travels with the next real change
    for (const client of this.#clients) if (client.mayEdit) client.edit(this.#random);
    await this.#quiet();
    await this.#rest();
    this.#checkClients();
    this.#compact();
    for (const client of this.#clients) {
      const difference = differences(this.#truth.doc, client.doc);
      if (difference !== null) fail("I4", `${client.person} and storage do not agree: ${difference}`);
      if (!(client instanceof PlainClient)) this.#checkPresence(client);
    }
    // y-protocols keeps the clocks of those it lost sight of: who came back unchanged is seen when they next move
    for (const client of this.#clients) client.moveCaret(1_000);
    await this.#quiet();
    for (const client of this.#clients) this.#checkPresence(client);
  }

  /** Nobody does anything; what the programs do by themselves arrives. */
  async #rest(): Promise<void> {
    for (let left = this.#options.restMs; left > 0; left -= 1_000) {
      await this.#clock.advance(1_000);
      await this.#quiet();
    }
  }

  get head(): number {
    return this.#truth.head;
  }

  /** What audits found, in all tabs that were ever open. */
  get differences(): readonly Difference[] {
    return this.#tabs.flatMap((tab) => tab.differences);
  }

  /** A laptop is shut: nothing is said, the line just ends, with the process awake or asleep. */
  async #vanish(): Promise<void> {
    const gone = this.#random.pick(this.#clients);
    this.#note(`${gone.person} vanishes`);
    const link = this.#network.links.find(
      ({ person, clientSide }) => person === gone.person && clientSide === "open",
    );
    if (link === undefined) fail("I4", `${gone.person} has no connection`);
    const sleeps = this.#random.chance(0.5);
    if (sleeps && this.#options.hibernation === "random") this.server.hibernate();
    this.#network.breakAtClient(link);
    gone.close();
    this.#clients = this.#clients.filter((client) => client !== gone);
    for (const { link: one, way } of this.#network.busy)
      while (one[way].length > 0) this.#network.deliver(one, way);
    await this.#quiet();
    for (const client of this.#clients) this.#checkPresence(client);
  }

  async #quiet(): Promise<void> {
    for (let round = 0; round < 400; round++) {
      for (const client of this.#clients) client.connect();
      await settle();
      for (let busy = this.#network.busy; busy.length > 0; busy = this.#network.busy) {
        for (const one of busy) this.#deliver(one);
        await settle();
      }
      if (round > 2 && this.#clients.every((client) => client.isSettled)) return;
      if (round < 2) for (const client of this.#clients) client.heartbeat();
      await this.#clock.advance(round < 20 ? 500 : 5_000);
    }
    const waiting = this.#clients.filter((client) => !client.isSettled);
    const why = waiting.map(({ person, trouble }) => (trouble === null ? person : `${person} (${trouble})`));
    fail("I4", `${why.join(", ")} never came to rest`);
  }

  /** [I13] */
  #checkPresence(client: Client): void {
    const expected = this.#clients
      .filter((other) => other !== client)
      .map(({ presence: { clientId, state }, person }) => [clientId, { ...(state as object), user: person }]);
    const seen = [...client.others].map(([id, state]) => {
      const { user, ...rest } = state as { user?: { name?: string } };
      return [id, { ...rest, user: user?.name }];
    });
    const [a, b] = [expected, seen].map((list) =>
      JSON.stringify(list.sort((x, y) => Number(x[0]) - Number(y[0]))),
    );
    if (a !== b) fail("I13", `${client.person} sees ${b} where ${a} are present`);
  }

  #openTab(
    person: string,
    kind: "provider" | "plain" | "reader",
    copy: { update: Uint8Array; unstored: Uint8Array[] } | null = null,
  ): void {
    const tab = { person, mayEdit: kind !== "reader", clientId: this.#newClientId(), copy };
    const client =
      kind === "plain"
        ? new PlainClient(tab, this.#network)
        : new ProviderClient(tab, this.#network, this.#clock, this.#random, this.#options.auditEvery);
    this.#clients.push(client);
    if (client instanceof ProviderClient) this.#tabs.push(client);
    client.connect();
  }

  #newClientId(): number {
    return 1 + this.#random.int(0xffff_fffe);
  }

  #note(line: string): void {
    this.trace.push(line);
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

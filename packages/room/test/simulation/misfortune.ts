import type { Random } from "@palimpsest/testkit";
import type { FakeClock } from "@palimpsest/testkit/clock";
import type { Deployment } from "./deployment.ts";
import type { Link, Network } from "./network.ts";
import type { People } from "./people.ts";
import type { Tally } from "./tally.ts";
import type { WallClock } from "./wall-clock.ts";

export interface MisfortuneParts {
  readonly random: Random;
  /** The server's. */
  readonly machine: WallClock;
  readonly clock: FakeClock;
  readonly network: Network;
  readonly deployment: Deployment;
  readonly people: People;
  readonly tally: Tally;
  readonly note: (line: string) => void;
}

/** Everything that can go wrong, one at a time. */
export class Misfortune {
  readonly #parts: MisfortuneParts;

  constructor(parts: MisfortuneParts) {
    this.#parts = parts;
  }

  /** A line breaks, at one end or the other, or its reader is slow. */
  ofLines(): void {
    const { network, random, clock, tally, note } = this.#parts;
    const open = network.links.filter(({ clientSide }) => clientSide === "open");
    if (open.length === 0) return;
    const link = random.pick(open);
    const choice = random.int(3);
    note(
      `${link.id} ${["breaks at the client", "breaks at the server", "reads nothing for a while"][choice]}`,
    );
    if (choice === 0) network.breakAtClient(link);
    else if (choice === 1) network.breakAtServer(link);
    else {
      link.readsFrom = clock.now() + 500 + random.int(8_000);
      tally.count("readers slow for seconds");
    }
  }

  /** Something a tab sent long ago arrives once more, or something that is on its way arrives early and again. */
  ofRepetition(): void {
    const { network, random, deployment, people, tally, note } = this.#parts;
    const client = people.anybody();
    const isReady = ({ id }: Link) => deployment.ownerOf(id)?.attachments.get(id)?.ready === true;
    const link = network.links.find(
      (one) => one.person === client.person && one.serverSide === "open" && isReady(one),
    );
    if (link === undefined) return;
    const early = link.up.findLast((item) => item.kind === "data");
    const message = early?.kind === "data" ? early.data : client.oldMessage(random);
    if (message === null) return;
    note(`${link.id} repeats itself`);
    tally.count("repetitions");
    deployment.message(link, message);
  }

  ofServers(): void {
    const { random } = this.#parts;
    const choice = random.int(16);
    if (choice < 5) this.#fault();
    else if (choice < 10) this.#tear();
    else if (choice < 12) this.#deployOrEnd();
    else if (choice < 14) this.#jump();
    else this.#sweep();
  }

  #fault(): void {
    const { random, deployment, tally, note } = this.#parts;
    const server = random.pick(deployment.all);
    const choice = random.int(7);
    const statement = 1 + Math.min(random.int(14), random.int(14));
    if (choice < 1) {
      tally.count("deaths in between");
      server.die();
    } else if (choice < 3) server.fault = { kind: "crash", statement };
    else if (choice < 4) server.fault = { kind: "crash-before-sending" };
    else server.fault = { kind: "throw", statement };
    note(`${server.fault?.kind ?? "nothing"} is coming`);
  }

  #tear(): void {
    const { random, deployment, note } = this.#parts;
    const statement = 1 + Math.min(random.int(4), random.int(4));
    deployment.current.tear = { kind: random.chance(0.5) ? "crash" : "throw", statement };
    note("a batch will be torn");
  }

  #deployOrEnd(): void {
    const { random, deployment, note } = this.#parts;
    const ends = deployment.older !== null && random.chance(0.7);
    note(ends ? "the older object ends" : "deploys");
    if (ends) deployment.endOlder();
    else deployment.deploy();
  }

  /** Somebody's clock is set: by minutes, or by so little that a timer comes too early. */
  #jump(): void {
    const { random, people, machine, tally, note } = this.#parts;
    const size = random.chance(0.5) ? random.int(600_000) : random.int(40);
    const ms = random.chance(0.5) ? size : -size;
    const person = random.chance(0.6) ? null : people.anybody();
    const clock = person === null ? machine : person.clock;
    if (clock === null || ms === 0) return;
    tally.count(
      `${person === null ? "the server's" : "a client's"} clock jumps ${ms < 0 ? "back" : "forward"}`,
    );
    note(`${person?.person ?? "the server"}'s clock jumps by ${ms} ms`);
    clock.jump(ms);
  }

  /** Connections that live are taken for dead. */
  #sweep(): void {
    const { random, deployment, tally, note } = this.#parts;
    const server = random.pick(deployment.all);
    const living = [...server.attachments].filter(([, attachment]) => attachment !== null);
    const silent = living.filter(() => random.chance(0.4));
    for (const [, attachment] of silent)
      tally.count(`sweeps of a living ${attachment?.negotiated === true ? "negotiated" : "plain"} client`);
    note(`takes ${silent.map(([id]) => id).join(", ") || "nobody"} for silent`);
    server.sweep(silent.map(([id]) => id));
  }
}

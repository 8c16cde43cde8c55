import type { Random } from "@palimpsest/testkit";
import type { FakeClock } from "@palimpsest/testkit/clock";
import * as Y from "yjs";
import type { Client } from "./client.ts";
import type { Network } from "./network.ts";
import { PlainClient } from "./plain-client.ts";
import { ProviderClient } from "./provider-client.ts";
import { fail, type Truth } from "./truth.ts";
import { WallClock } from "./wall-clock.ts";

export interface PeopleParts {
  readonly random: Random;
  readonly clock: FakeClock;
  readonly network: Network;
  readonly truth: Truth;
  /** Frames between two audits. */
  readonly auditEvery: number;
  /** Whoever finds out that something was kept from them, finds a mistake. */
  readonly expectsAll: boolean;
  readonly note: (line: string) => void;
}

type Kind = "provider" | "plain" | "reader";
type Copy = { readonly update: Uint8Array; readonly unstored: readonly Uint8Array[] };

/** Everybody with an open tab. */
export class People {
  readonly #parts: PeopleParts;
  clients: Client[] = [];
  /** All that were ever open. */
  readonly tabs: ProviderClient[] = [];

  constructor(parts: PeopleParts) {
    this.#parts = parts;
  }

  anybody(): Client {
    return this.#parts.random.pick(this.clients);
  }

  openTab(person: string, kind: Kind, copy: Copy | null = null): void {
    const { network, clock, random, auditEvery, expectsAll } = this.#parts;
    const tab = { person, mayEdit: kind !== "reader", clientId: this.newClientId(), copy };
    const client =
      kind === "plain"
        ? new PlainClient(tab, network)
        : new ProviderClient(tab, network, new WallClock(clock), random, auditEvery, expectsAll);
    this.clients.push(client);
    if (client instanceof ProviderClient) this.tabs.push(client);
    client.connect();
  }

  newClientId(): number {
    return 1 + this.#parts.random.int(0xffff_fffe);
  }

  /** Somebody does something. */
  act(client: Client): void {
    const { random, note } = this.#parts;
    const choice = random.int(20);
    if (choice < 1) client.moveCaret(random.int(100));
    else if (choice < 2) client.heartbeat();
    else if (choice < 4) this.#goOnOrOffline(client);
    else if (!client.mayEdit) return;
    else if (choice < 6) client.undo();
    else if (choice < 7) client.paste(random);
    else for (let left = 1 + random.int(3); left > 0; left--) client.edit(random);
    note(`${client.person} acts ${choice}`);
  }

  /** A tab is closed, and its person opens another: with the copy that the browser kept, or without. */
  turnOver(): void {
    const client = this.anybody();
    const keeps = this.#parts.random.chance(0.5);
    this.#parts.note(`${client.person} reloads ${keeps ? "with" : "without"} a copy`);
    const copy = keeps ? { update: Y.encodeStateAsUpdate(client.doc), unstored: [...client.unstored] } : null;
    this.remove(client);
    const kind = client instanceof PlainClient ? "plain" : client.mayEdit ? "provider" : "reader";
    this.openTab(client.person, kind, copy);
  }

  remove(client: Client): void {
    client.close();
    this.clients = this.clients.filter((other) => other !== client);
  }

  /** [I20] What a tab says is saved is stored; no tab broke a rule by itself. */
  check(): void {
    for (const client of this.clients) {
      if (client.violation !== null) throw client.violation;
      if (client.saysSaved !== true) continue;
      for (const update of client.unstored.splice(0))
        if (!this.#parts.truth.contains(update)) fail("I20", `${client.person} was told "saved" too early`);
    }
  }

  /** [I13] */
  checkPresence(client: Client): void {
    const expected = this.clients
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

  #goOnOrOffline(client: Client): void {
    if (client.isOnline && this.#parts.random.chance(0.3)) client.disconnect();
    else client.connect();
  }
}

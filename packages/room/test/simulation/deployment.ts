import type { ConnectionId } from "@palimpsest/protocol";
import { SqliteStore } from "@palimpsest/store";
import type { Link, Receiver } from "./network.ts";
import type { Server } from "./server.ts";
import type { Site } from "./site.ts";

/**
 * The objects of one document. Right after a deploy there are two for a while, and each takes itself for the only one:
 * the older with the sockets that it has, the newer with those that open from then on.
 */
export class Deployment implements Receiver {
  readonly #site: Site;
  readonly #kind: typeof Server;
  readonly #owners = new Map<ConnectionId, Server>();
  current: Server;
  older: Server | null = null;
  #goesRight = false;

  constructor(site: Omit<Site, "died" | "wrote">, kind: typeof Server) {
    this.#kind = kind;
    this.#site = {
      ...site,
      wrote: (process) => {
        for (const other of this.all) if (other !== process) other.isOvertaken = true;
      },
      died: (process) => this.#disconnect(process as Server),
    };
    site.network.receiver = this;
    new SqliteStore(site.driver).create({ documentId: "d1", logId: "log-1", createdAt: 0 });
    this.current = new kind(this.#site);
  }

  get all(): readonly Server[] {
    return this.older === null ? [this.current] : [this.current, this.older];
  }

  /** A new version of the program: the object that is there does not know of it yet. */
  deploy(): void {
    this.endOlder();
    // one that sleeps is not there twice: what wakes it next makes the newer one, with the same sockets
    this.current.sweep([]);
    this.older = this.current;
    this.current = new this.#kind(this.#site);
    this.current.goesRight = this.#goesRight;
    this.#site.tally.count("deploys");
  }

  /** The older object is taken away: its sockets end, and what it had in memory is nobody's. */
  endOlder(): void {
    const { older } = this;
    if (older === null) return;
    this.older = null;
    this.#disconnect(older);
    older.stop();
  }

  /** Nothing fails any more. */
  goRight(): void {
    this.endOlder();
    this.#goesRight = true;
    Object.assign(this.current, { fault: null, tear: null, goesRight: true });
  }

  /**
   * Not while there are two: what the older one writes is noticed by comparing with what this one remembers, and one
   * that slept through it has nothing to compare with. The platform waits ten seconds of quiet.
   */
  hibernate(): void {
    if (this.older === null) this.current.hibernate();
  }

  ownerOf(id: ConnectionId): Server | null {
    return this.#owners.get(id) ?? null;
  }

  opened(link: Link): void {
    this.#owners.set(link.id, this.current);
    this.current.opened(link);
  }

  message(link: Link, data: Uint8Array | string): void {
    this.ownerOf(link.id)?.message(link, data);
  }

  closed(link: Link): void {
    const owner = this.ownerOf(link.id);
    this.#owners.delete(link.id);
    owner?.closed(link);
  }

  #disconnect(server: Server): void {
    const isTheirs = ({ id, serverSide }: Link) =>
      serverSide === "new" ? server === this.current : this.ownerOf(id) === server;
    this.#site.network.serverDied(isTheirs);
    for (const [id, owner] of this.#owners) if (owner === server) this.#owners.delete(id);
  }
}

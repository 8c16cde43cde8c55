import type { ConnectionId, Role } from "@palimpsest/protocol";
import type { Random } from "@palimpsest/testkit";

/** A client's end of a connection; the testkit's FakeSocket is one. */
export interface End {
  accept(): void;
  receive(data: Uint8Array | string): void;
  drop(code: number): void;
}

/** What the server's process does about what arrives. */
export interface Receiver {
  opened(link: Link): void;
  message(link: Link, data: Uint8Array | string): void;
  closed(link: Link): void;
}

type Item =
  | { readonly kind: "open" }
  | { readonly kind: "data"; readonly data: Uint8Array | string }
  | { readonly kind: "close"; readonly code: number };

/** One connection. Each direction keeps its order, as WebSockets do; nothing else is promised. */
export interface Link {
  readonly id: ConnectionId;
  readonly person: string;
  readonly role: Role;
  readonly negotiated: boolean;
  readonly end: End;
  readonly up: Item[];
  readonly down: Item[];
  /** Whether the client still takes it for open. */
  clientSide: "open" | "gone";
  /** Whether the server has a socket for it. */
  serverSide: "new" | "open" | "gone";
  /** The client reads nothing before this time, ms; what it writes leaves all the same. */
  readsFrom: number;
}

export type NewLink = Pick<Link, "person" | "role" | "negotiated" | "end">;

/** Pipes between clients and one server: it delays, and it loses what is in flight when a connection is lost. */
export class Network {
  readonly #random: Random;
  readonly #now: () => number;
  readonly #links = new Map<ConnectionId, Link>();
  #count = 0;
  receiver: Receiver | null = null;

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  get links(): readonly Link[] {
    return [...this.#links.values()];
  }

  find(id: ConnectionId): Link | undefined {
    return this.#links.get(id);
  }

  connect(link: NewLink): Link {
    const id = `${link.person}-${++this.#count}` as ConnectionId;
    const made: Link = {
      ...link,
      id,
      up: [{ kind: "open" }],
      down: [],
      clientSide: "open",
      serverSide: "new",
      readsFrom: 0,
    };
    this.#links.set(id, made);
    return made;
  }

  /** The client sends. */
  send(link: Link, data: Uint8Array | string): void {
    if (link.clientSide === "open") link.up.push({ kind: "data", data });
  }

  /** The client closes: what it sent before still arrives, late. */
  hangUp(link: Link): void {
    if (link.clientSide === "gone") return;
    link.clientSide = "gone";
    link.down.length = 0;
    link.up.push({ kind: "close", code: 1000 });
  }

  /** The server sends, or closes. */
  answer(link: Link, item: Item): void {
    if (link.clientSide === "open") link.down.push(item);
  }

  /** The line breaks and the client notices first: the server may still get some of what was in flight. */
  breakAtClient(link: Link): void {
    if (link.clientSide === "gone") return;
    link.up.length = this.#random.int(link.up.length + 1);
    this.hangUp(link);
    link.end.drop(1006);
  }

  /** The line breaks and the server notices first. */
  breakAtServer(link: Link): void {
    if (link.serverSide !== "open") return;
    this.#cutDown(link);
    this.receiver?.closed(link);
  }

  /** The process behind some of them died: their sockets are gone, and nobody reads what is on its way there. */
  serverDied(isTheirs: (link: Link) => boolean): void {
    for (const link of this.#links.values()) {
      if (!isTheirs(link) || (link.serverSide === "gone" && link.up.length === 0)) continue;
      link.serverSide = "gone";
      this.#cutDown(link);
    }
  }

  /** Directions in which something is on its way. */
  get busy(): readonly { readonly link: Link; readonly way: "up" | "down" }[] {
    const busy: { link: Link; way: "up" | "down" }[] = [];
    const now = this.#now();
    for (const link of this.#links.values()) {
      if (link.up.length > 0) busy.push({ link, way: "up" });
      if (link.down.length > 0 && link.readsFrom <= now) busy.push({ link, way: "down" });
      if (
        link.up.length + link.down.length === 0 &&
        link.clientSide === "gone" &&
        link.serverSide === "gone"
      ) {
        this.#links.delete(link.id);
      }
    }
    return busy;
  }

  deliver(link: Link, way: "up" | "down"): void {
    const item = link[way].shift();
    if (item === undefined) return;
    if (way === "down") this.#arriveAtClient(link, item);
    else this.#arriveAtServer(link, item);
  }

  #arriveAtServer(link: Link, item: Item): void {
    switch (item.kind) {
      case "open":
        link.serverSide = "open";
        this.answer(link, { kind: "open" });
        this.receiver?.opened(link);
        return;
      case "data":
        this.receiver?.message(link, item.data);
        return;
      case "close":
        if (link.serverSide === "open") this.receiver?.closed(link);
        link.serverSide = "gone";
        return;
    }
  }

  #arriveAtClient(link: Link, item: Item): void {
    switch (item.kind) {
      case "open":
        link.end.accept();
        return;
      case "data":
        link.end.receive(item.data);
        return;
      case "close":
        link.clientSide = "gone";
        link.up.length = 0;
        link.end.drop(item.code);
        return;
    }
  }

  #cutDown(link: Link): void {
    link.up.length = 0;
    if (link.clientSide === "gone") return;
    link.down.length = this.#random.int(link.down.length + 1);
    link.down.push({ kind: "close", code: 1006 });
  }
}

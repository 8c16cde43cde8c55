import type { FakeClock } from "@palimpsest/testkit/clock";
import { FakeSockets } from "@palimpsest/testkit/socket";
import * as Y from "yjs";
import { type MeetTabs, Provider, type ProviderOptions } from "../../src/index.ts";
import { MemoryDisk, type MemoryStore } from "./memory-store.ts";
import type { ReferenceServer } from "./reference-server.ts";

interface OpenTab {
  readonly id: string;
  readonly channel: string;
  readonly hear: (message: unknown) => void;
  readonly whenGone: (() => void)[];
}

/** What the tabs of one browser know of each other. */
class FakeTabs {
  readonly #open = new Map<string, OpenTab>();
  #next = 1;

  /** `knowsWho`: as a browser with Web Locks. */
  meet(knowsWho: boolean, named: (id: string) => void): MeetTabs {
    return (channel, hear) => {
      const id = `tab-${this.#next++}`;
      named(id);
      this.#open.set(id, { id, channel, hear, whenGone: [] });
      return {
        id,
        alive: async () => (knowsWho ? new Set(this.#open.keys()) : null),
        whenGone: (tab, run) => {
          if (!knowsWho) return;
          const other = this.#open.get(tab);
          if (other === undefined) queueMicrotask(run);
          else other.whenGone.push(run);
        },
        post: (message) => {
          const copy = structuredClone(message);
          for (const other of this.#open.values())
            if (other.id !== id && other.channel === channel) queueMicrotask(() => other.hear(copy));
        },
        close: (last) => void last.finally(() => this.gone(id)),
      };
    };
  }

  gone(id: string): void {
    const tab = this.#open.get(id);
    this.#open.delete(id);
    for (const run of tab?.whenGone ?? []) queueMicrotask(run);
  }
}

/** Somebody's browser: a disk, and tabs that come and go. */
export class Browser {
  readonly disk = new MemoryDisk();
  readonly tabs = new FakeTabs();
  readonly clock: FakeClock;
  readonly server: ReferenceServer;
  owner: string | null = "u-ada";
  isOnline = true;
  knowsWho = true;
  schemaVersion = 7;

  constructor(clock: FakeClock, server: ReferenceServer) {
    this.clock = clock;
    this.server = server;
  }

  open(options: Partial<ProviderOptions> = {}): Tab {
    return new Tab(this, options);
  }
}

export class Tab {
  readonly browser: Browser;
  readonly doc = new Y.Doc();
  readonly provider: Provider;
  readonly sockets: FakeSockets;
  readonly #store: MemoryStore;
  readonly faults: Error[] = [];
  #id = "";
  isGone = false;

  constructor(browser: Browser, options: Partial<ProviderOptions>) {
    this.browser = browser;
    this.#store = browser.disk.open();
    this.sockets = new FakeSockets(browser.clock.now);
    this.sockets.onopen = (socket) => {
      if (browser.isOnline) browser.server.accept(socket);
      else queueMicrotask(() => socket.drop());
    };
    this.provider = new Provider({
      url: "wss://example.test/sync",
      documentId: "doc-1",
      schemaVersion: browser.schemaVersion,
      ticket: async () => {
        if (!browser.isOnline) throw new Error("offline");
        return "t";
      },
      timers: browser.clock,
      random: () => 0.5,
      WebSocket: this.sockets.WebSocket,
      copy: {
        store: this.#store,
        owner: () => browser.owner,
        meetTabs: browser.tabs.meet(browser.knowsWho, (id) => {
          this.#id = id;
        }),
      },
      ...options,
      doc: this.doc,
    });
    this.provider.on("fault", (error) => this.faults.push(error));
    this.provider.connect();
  }

  get state() {
    return this.provider.state;
  }

  get text(): string {
    return this.doc.getText("t").toString();
  }

  type(text: string): void {
    const type = this.doc.getText("t");
    type.insert(type.length, text);
  }

  /** The connection breaks. */
  cut(): void {
    const socket = this.sockets.all.at(-1);
    if (socket !== undefined) this.browser.server.cut(socket);
  }

  /** As when somebody closes it. */
  close(): void {
    this.provider.destroy();
    this.doc.destroy();
    this.isGone = true;
  }

  /** As when the browser is killed. */
  crash(): void {
    this.#store.crash();
    for (const socket of this.sockets.all) this.browser.server.cut(socket);
    this.browser.tabs.gone(this.#id);
    this.isGone = true;
    // what is left of it in this process hears and says nothing any more
    this.provider.destroy();
  }
}

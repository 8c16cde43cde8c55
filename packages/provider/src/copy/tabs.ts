import type { Alive } from "./decide.ts";

/** The open tabs of one browser, as far as they can know of each other. */
export interface Tabs {
  /** This tab's name, and no other's ever. */
  readonly id: string;
  /** Resolves once the others can see this tab, with who else is open. */
  alive(): Promise<Alive>;
  /** Calls `run` once when that tab is closed or has crashed; never, where that cannot be known. */
  whenGone(tab: string, run: () => void): void;
  /** Says something to all other tabs. */
  post(message: unknown): void;
  /** From here on it hears and says nothing, and counts as closed once `last` has settled. */
  close(last: Promise<unknown>): void;
}

/** What tabs of one document say to each other goes to `hear`; `channel` is the same for those that may talk. */
export type MeetTabs = (channel: string, hear: (message: unknown) => void) => Tabs;

const PREFIX = "palimpsest-tab-";

/** 128 random bits. `crypto.randomUUID` is absent on a page without TLS. */
export function freshId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * By the platform's `BroadcastChannel` and Web Locks. A lock ends with its tab whatever happens to that; nothing that a
 * tab could write down about itself does.
 */
export const meetTabs: MeetTabs = (channel, hear) => {
  const id = freshId();
  const line = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel(channel);
  // only a page that came over a safe connection has them
  const locks: LockManager | undefined = globalThis.navigator?.locks;
  const ending = new AbortController();
  const ended = new Promise<void>((resolve) => {
    ending.signal.addEventListener("abort", () => resolve());
  });
  const held = new Promise<void>((resolve) => {
    if (locks === undefined) resolve();
    else
      locks
        .request(PREFIX + id, () => {
          resolve();
          return ended;
        })
        .catch(() => resolve());
  });
  if (line !== null) line.onmessage = ({ data }) => hear(data);
  // a program that has nothing else to do may end (Node)
  (line as unknown as { unref?: () => void } | null)?.unref?.();
  return {
    id,
    async alive() {
      await held;
      const snapshot = await locks?.query();
      if (snapshot?.held === undefined) return null;
      // who waits for a tab to go holds its lock for a moment, shared, when it is gone
      const own = snapshot.held.filter(({ mode }) => mode === "exclusive");
      const names = own.map(({ name = "" }) => name);
      return new Set(
        names.filter((name) => name.startsWith(PREFIX)).map((name) => name.slice(PREFIX.length)),
      );
    },
    whenGone(tab, run) {
      const options = { mode: "shared", signal: ending.signal } as const;
      locks?.request(PREFIX + tab, options, run).catch((error: unknown) => {
        if (!ending.signal.aborted) throw error;
      });
    },
    post: (message) => line?.postMessage(message),
    close(last) {
      if (line !== null) line.onmessage = null;
      line?.close();
      void last.finally(() => ending.abort());
    },
  };
};

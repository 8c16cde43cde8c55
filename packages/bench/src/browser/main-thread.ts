import type { CDPSession, Page } from "@playwright/test";

/** What the browser counts about a page. */
export interface PageCounters {
  /** Seconds of the main thread: scripts, styles, layout, painting. */
  readonly taskSeconds: number;
  readonly nodes: number;
  readonly listeners: number;
}

/** Reads a page's own counters through the browser's debugging protocol. */
export class MainThread {
  readonly #session: CDPSession;
  readonly #page: Page;

  private constructor(session: CDPSession, page: Page) {
    this.#session = session;
    this.#page = page;
  }

  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    await session.send("Performance.enable");
    return new MainThread(session, page);
  }

  async counters(): Promise<PageCounters> {
    const { metrics } = await this.#session.send("Performance.getMetrics");
    const of = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN;
    return { taskSeconds: of("TaskDuration"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
  }

  /** Bytes of JavaScript objects that are still needed. */
  async heapBytes(): Promise<number> {
    await this.#session.send("HeapProfiler.collectGarbage");
    return (await this.#session.send("Runtime.getHeapUsage")).usedSize;
  }

  /** Resolves when what is under way has been drawn. */
  async drawn(): Promise<void> {
    await this.#page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** Milliseconds of the main thread that `act` costs until it has been drawn, everything that happens meanwhile included. */
  async cost(act: () => Promise<unknown>): Promise<number> {
    await this.drawn();
    const before = (await this.counters()).taskSeconds;
    await act();
    await this.drawn();
    return ((await this.counters()).taskSeconds - before) * 1000;
  }
}

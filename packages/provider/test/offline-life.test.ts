import { caseCount, forEachSeed, type Random } from "@palimpsest/testkit";
import { FakeClock } from "@palimpsest/testkit/clock";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { Browser, type Tab } from "./support/browser.ts";
import { ReferenceServer } from "./support/reference-server.ts";

/** Words that nobody else types, so that each can be looked for. */
class Life {
  readonly random: Random;
  readonly clock = new FakeClock();
  readonly server: ReferenceServer;
  readonly browsers: readonly Browser[];
  readonly tabs: { readonly tab: Tab; readonly mine: Set<string> }[] = [];
  /** What a page has called kept or saved: it may never be lost. */
  readonly promised = new Set<string>();
  hadFaults = false;
  #next = 1;

  constructor(random: Random) {
    this.random = random;
    this.server = new ReferenceServer(this.clock, () => random.int(40));
    this.browsers = [0, 1].map((i) => {
      const browser = new Browser(this.clock, this.server);
      browser.owner = `u-${i}`;
      browser.knowsWho = random.chance(0.8);
      return browser;
    });
  }

  get open() {
    return this.tabs.filter(({ tab }) => !tab.isGone);
  }

  get stored(): string {
    return this.server.doc.getText("t").toString();
  }

  async step(): Promise<void> {
    const { random } = this;
    const browser = random.pick(this.browsers);
    const someone = this.open.length === 0 ? null : random.pick(this.open);
    const dice = random.int(100);
    if (dice < 12 || someone === null) {
      if (this.open.length < 4) this.tabs.push({ tab: browser.open(), mine: new Set() });
    } else if (dice < 55) this.#type(someone);
    else if (dice < 60) someone.tab.cut();
    else if (dice < 67) someone.tab.crash();
    else if (dice < 72) someone.tab.close();
    else if (dice < 82) this.#network(browser, random.chance(0.5));
    else if (dice < 90) browser.disk.fault = this.#fault();
    else if (dice < 92)
      browser.disk.capacity = random.chance(0.5) ? browser.disk.bytes : Number.POSITIVE_INFINITY;
    this.#note();
    await this.clock.advance(random.pick([0, 1, 7, 60, 400, 3_000]));
    this.#note();
  }

  async heal(): Promise<void> {
    for (const browser of this.browsers) {
      browser.disk.fault = () => null;
      browser.disk.capacity = Number.POSITIVE_INFINITY;
      this.#network(browser, true);
      // where nobody can know that a tab crashed, what it left waits for the next that opens
      if (!browser.knowsWho || !this.open.some(({ tab }) => tab.browser === browser))
        this.tabs.push({ tab: browser.open(), mine: new Set() });
    }
    await this.clock.advance(300_000);
    this.#note();
  }

  #type({ tab, mine }: (typeof this.tabs)[number]): void {
    if (!tab.state.everSynced) return;
    for (let i = this.random.int(3); i >= 0; i--) {
      const word = `<${this.#next++}>`;
      const text = tab.doc.getText("t");
      // only between words: one that is torn is none
      const places = [0, ...[...text.toString().matchAll(/>/g)].map(({ index }) => index + 1)];
      text.insert(this.random.pick(places), word);
      mine.add(word);
    }
  }

  #network(browser: Browser, isOnline: boolean): void {
    browser.isOnline = isOnline;
    if (!isOnline) for (const { tab } of this.open) if (tab.browser === browser) tab.cut();
  }

  #fault(): () => "fails" | "full" | "lost" | null {
    const kind = this.random.pick([null, null, "fails", "full", "lost"] as const);
    this.hadFaults ||= kind !== null;
    const rate = this.random.pick([0.1, 0.5, 1]);
    return () => (this.random.chance(rate) ? kind : null);
  }

  #note(): void {
    const { stored } = this;
    for (const { tab, mine } of this.open) {
      if (tab.provider.isKept) for (const word of mine) this.promised.add(word);
      if (!tab.state.saved) continue;
      // a browser that does not say who is open cannot know of its other tabs
      const words = tab.browser.knowsWho ? wordsOf(tab.text) : mine;
      for (const word of words) if (!stored.includes(word)) throw new Error(`${word} is not saved`);
    }
  }
}

const wordsOf = (text: string) => text.match(/<\d+>/g) ?? [];

async function live(random: Random, steps: number): Promise<void> {
  const life = new Life(random);
  for (let i = 0; i < steps; i++) await life.step();
  await life.heal();
  const words = wordsOf(life.stored);
  expect(new Set(words).size, "no word twice").toBe(words.length);
  for (const word of life.promised)
    if (!life.stored.includes(word)) throw new Error(`${word} was kept, and is lost`);
  for (const { tab } of life.open) {
    expect(tab.text).toBe(life.stored);
    expect(tab.state, JSON.stringify(tab.faults.map(String))).toMatchObject({
      saved: true,
      synced: true,
      pending: 0,
    });
    tab.close();
  }
  await life.clock.advance(1_000);
  for (const browser of life.browsers) {
    // what is left on the disk is all of it, at the right place; an acknowledgement may have been too much for a bad disk
    const { head, outbox } = browser.disk.shelf("doc-1");
    const isUnsent = outbox.size > 0;
    expect(head?.position?.seq).toBe(life.server.log.length);
    browser.isOnline = false;
    const tab = browser.open();
    await life.clock.advance(1);
    expect(tab.text).toBe(life.stored);
    expect(tab.state.saved).toBe(!isUnsent);
    expect(isUnsent && !life.hadFaults).toBe(false);
    tab.close();
  }
}

test("[PV75] [I4] [I20] tabs that crash, close, lose the network and write on failing disks lose nothing they called kept, and never call saved what is not", async () => {
  const failures: string[] = [];
  const runs: (() => Promise<void>)[] = [];
  forEachSeed(1, caseCount("OFFLINE_CASES", 150), (random) => {
    runs.push(() =>
      live(random, 60).catch((error: Error) => {
        failures.push(`seed ${random.seed}: ${error.message}\n${error.stack}`);
      }),
    );
  });
  for (const run of runs) await run();
  expect(failures.slice(0, 3)).toEqual([]);
});

test("[PV75] a document of a stored copy and one of the server's bytes are the same", async () => {
  const clock = new FakeClock();
  const browser = new Browser(clock, new ReferenceServer(clock));
  const tab = browser.open();
  await clock.advance(1_000);
  tab.type("some words");
  tab.doc.getText("t").delete(2, 4);
  await clock.advance(1_000);
  tab.close();
  await clock.advance(1_000);
  browser.isOnline = false;
  const again = browser.open();
  await clock.advance(1);
  expect(Y.encodeStateAsUpdate(again.doc)).toEqual(Y.encodeStateAsUpdate(browser.server.doc));
});

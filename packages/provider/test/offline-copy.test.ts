import { FakeClock, settle } from "@palimpsest/testkit/clock";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { Browser, type Tab } from "./support/browser.ts";
import { sentOf, seq } from "./support/harness.ts";
import { ReferenceServer } from "./support/reference-server.ts";

function world() {
  const clock = new FakeClock();
  const server = new ReferenceServer(clock);
  const browser = new Browser(clock, server);
  const other = new Browser(clock, server);
  other.owner = "u-ben";
  return { clock, server, browser, other };
}

const serverText = (server: ReferenceServer) => server.doc.getText("t").toString();
const hello = (tab: Tab) => sentOf(tab.sockets.last, "hello")[0];
const pushes = (tab: Tab) => tab.sockets.all.flatMap((socket) => sentOf(socket, "push"));

const eveCopy = (browser: Browser) => ({
  store: browser.disk.open(),
  owner: () => "u-eve",
  meetTabs: browser.tabs.meet(true, () => undefined),
});

/** A browser in which "hello" was written, read and closed. */
async function visited() {
  const w = world();
  const tab = w.browser.open();
  await w.clock.advance(1_000);
  tab.type("hello");
  await w.clock.advance(1_000);
  expect(tab.state).toMatchObject({ saved: true, copy: "kept" });
  tab.close();
  await w.clock.advance(1_000);
  return w;
}

describe("opening from the copy", () => {
  test("[PV62] a document that was open before is there before any server answers, at its position, without a push", async () => {
    const { browser, clock, server } = await visited();
    browser.isOnline = false;
    const tab = browser.open();
    await settle();
    expect(tab.text).toBe("hello");
    expect(tab.state).toMatchObject({
      everSynced: true,
      saved: true,
      pending: 0,
      seq: 1,
      role: "edit",
      copy: "kept",
    });
    browser.isOnline = true;
    await clock.advance(60_000);
    expect(hello(tab)).toMatchObject({ resume: { logId: "log-1", seq: seq(1) }, stateVector: null });
    expect(pushes(tab)).toEqual([]);
    expect(server.log).toHaveLength(1);
  });

  test("[PV62] on return only what was missed is sent", async () => {
    const { browser, other, clock, server } = await visited();
    const ben = other.open();
    await clock.advance(1_000);
    ben.type("x".repeat(5_000));
    await clock.advance(1_000);
    const tab = browser.open();
    await clock.advance(1_000);
    expect(tab.text).toBe(`hello${"x".repeat(5_000)}`);
    ben.type("!");
    tab.close();
    await clock.advance(1_000);
    const before = server.sentBytes;
    const again = browser.open();
    await clock.advance(1_000);
    expect(again.text).toHaveLength(5_006);
    expect(server.sentBytes - before).toBeLessThan(200);
    expect(again.state.seq).toBe(server.log.length);
  });

  test("[PV50] a copy from the device that was brought up to date is compared with the server's; one without news is not", async () => {
    const { browser, other, clock, server } = await visited();
    const ben = other.open();
    await clock.advance(1_000);
    ben.type("!");
    await clock.advance(1_000);
    ben.close();
    const tab = browser.open();
    await clock.advance(20_000);
    expect(server.audits).toEqual([true]);
    tab.close();
    await clock.advance(1_000);
    browser.open();
    await clock.advance(60_000);
    expect(server.audits).toEqual([true]);
  });

  test("[PV52] what a stored copy lacks, as after an error in a program that wrote it, comes back", async () => {
    const { browser, other, clock, server } = await visited();
    const shelf = browser.disk.shelf("doc-1");
    shelf.rows.delete([...shelf.rows.keys()].at(-1)!);
    const ben = other.open();
    await clock.advance(1_000);
    ben.doc.getMap("m").set("news", 1);
    await clock.advance(1_000);
    const tab = browser.open();
    await clock.advance(60_000);
    expect(tab.text).toBe("hello");
    expect(tab.state).toMatchObject({ saved: true, synced: true });
    expect(server.audits).toEqual([false]);
    tab.close();
    browser.isOnline = false;
    await settle();
    const again = browser.open();
    await settle();
    expect(again.text).toBe("hello");
  });

  test("[PV62] what arrives has no local origin, and the editor hears of it as one change", async () => {
    const { browser } = await visited();
    const tab = browser.open();
    const origins: unknown[] = [];
    tab.doc.on("afterTransaction", ({ origin, local }: Y.Transaction) => origins.push([origin, local]));
    await settle();
    expect(origins).toEqual([[tab.provider, false]]);
  });

  test("[PV63] a copy of a newer editor is not opened: the person is told to reload, and it stays as it is", async () => {
    const { browser, clock } = await visited();
    browser.schemaVersion = 6;
    const tab = browser.open();
    await clock.advance(1_000);
    expect(tab.state).toMatchObject({ status: "refused", everSynced: false });
    expect(tab.state.refusal).toMatchObject({ code: 4426, action: "reload" });
    expect(tab.text).toBe("");
    tab.close();
    browser.schemaVersion = 7;
    browser.isOnline = false;
    const newer = browser.open();
    await settle();
    expect(newer.text).toBe("hello");
  });

  test("[PV64] another user's copy is neither shown nor sent; what was not sent of it is put aside when its place is taken", async () => {
    const { browser, clock, server } = await visited();
    browser.isOnline = false;
    const ada = browser.open();
    await settle();
    ada.type(" unsent");
    await settle();
    ada.close();
    await settle();
    browser.owner = "u-eve";
    const eve = browser.open();
    await settle();
    expect(eve.text).toBe("");
    browser.isOnline = true;
    await clock.advance(60_000);
    expect(eve.text).toBe("hello");
    expect(serverText(server)).toBe("hello");
    const [aside] = [...browser.disk.aside.values()];
    expect(aside).toMatchObject({ owner: "u-ada", documentId: "doc-1", code: 0 });
    const doc = new Y.Doc();
    for (const update of aside!.updates) Y.applyUpdate(doc, update);
    expect(doc.getText("t").toString()).toBe("hello unsent");
  });

  test("[PV65] damaged rows cost the position, not what is readable: nothing is shown until the server has mended it", async () => {
    const { browser, clock } = await visited();
    browser.isOnline = false;
    const ada = browser.open();
    await settle();
    ada.type("!");
    await settle();
    ada.close();
    await settle();
    const row = [...browser.disk.shelf("doc-1").rows.values()].at(-1)!;
    const at = row.update.length - 3;
    row.update[at] = 255 - row.update[at]!;
    const tab = browser.open();
    await settle();
    expect(tab.state).toMatchObject({ everSynced: false, saved: false, pending: 1 });
    browser.isOnline = true;
    await clock.advance(60_000);
    expect(hello(tab)?.resume).toBeNull();
    expect(tab.text).toBe("hello!");
    expect(tab.state).toMatchObject({ everSynced: true, saved: true });
    tab.close();
    browser.isOnline = false;
    await settle();
    const again = browser.open();
    await settle();
    expect(again.text).toBe("hello!");
  });

  test("[PV66] a store that fails, or does not answer, keeps nobody from the server, and is told of", async () => {
    const { browser, clock, server } = world();
    const broken = { change: () => Promise.reject(new Error("private window")) } as never;
    const tab = browser.open({ copy: { store: broken, owner: () => "u-ada" } });
    await clock.advance(1_000);
    tab.type("a");
    expect(tab.provider.isKept).toBe(false);
    await clock.advance(1_000);
    expect(tab.state).toMatchObject({ copy: "unavailable", saved: true });
    expect(tab.provider.isKept).toBe(true);
    const silent = { change: () => new Promise(() => undefined) } as never;
    const other = browser.open({ copy: { store: silent, owner: () => "u-ada" } });
    await clock.advance(10_000);
    expect(other.state).toMatchObject({ copy: "unavailable", synced: true });
    expect(other.text).toBe("a");
    expect(serverText(server)).toBe("a");
    tab.close();
    other.close();
  });
});

describe("what is written without a server", () => {
  test("[PV67] outlives the tab, counts as not saved, and is sent once by the next", async () => {
    const { browser, clock, server } = await visited();
    browser.isOnline = false;
    const first = browser.open();
    await settle();
    first.type(" from");
    first.type(" the tunnel");
    await settle();
    expect(first.provider.isKept).toBe(true);
    expect(first.state.saved).toBe(false);
    first.crash();
    const second = browser.open();
    await settle();
    expect(second.text).toBe("hello from the tunnel");
    expect(second.state).toMatchObject({ saved: false, pending: 2 });
    browser.isOnline = true;
    await clock.advance(60_000);
    expect(serverText(server)).toBe("hello from the tunnel");
    expect(second.state).toMatchObject({ saved: true, seq: 2 });
    expect(server.log).toHaveLength(2);
    expect(pushes(second)).toHaveLength(1);
    second.crash();
    const third = browser.open();
    await clock.advance(1_000);
    expect(pushes(third)).toEqual([]);
    expect(third.state).toMatchObject({ saved: true, seq: 2 });
  });

  test("[PV67] a push of which only the acknowledgement was lost with the page is repeated and does nothing", async () => {
    const { browser, clock, server } = await visited();
    const tab = browser.open();
    await clock.advance(1_000);
    const real = tab.sockets.last.receive.bind(tab.sockets.last);
    tab.sockets.last.receive = () => undefined;
    tab.type("!");
    await clock.advance(500);
    expect(serverText(server)).toBe("hello!");
    tab.sockets.last.receive = real;
    tab.crash();
    const next = browser.open();
    await settle();
    expect(next.state.saved).toBe(false);
    await clock.advance(1_000);
    expect(next.state).toMatchObject({ saved: true, seq: 2 });
    expect(server.log).toHaveLength(2);
  });

  test("[PV67] another log is sent what it lacks, also by a page that never saw the old one", async () => {
    const { browser, clock, server } = await visited();
    const fresh = new ReferenceServer(clock);
    fresh.logId = "log-2";
    const moved = new Browser(clock, fresh);
    for (const [id, shelf] of browser.disk.shelves) moved.disk.shelves.set(id, shelf);
    const tab = moved.open();
    await clock.advance(2_000);
    expect(serverText(fresh)).toBe("hello");
    expect(tab.state).toMatchObject({ saved: true, seq: 1 });
    expect(server.log).toHaveLength(1);
  });

  test("[PV68] a full disk is told, tried again, and what was written meanwhile is kept then", async () => {
    const { browser, clock } = await visited();
    browser.isOnline = false;
    const tab = browser.open();
    await settle();
    browser.disk.capacity = browser.disk.bytes;
    tab.type(" more");
    await clock.advance(1_000);
    expect(tab.state.copy).toBe("full");
    expect(tab.provider.isKept).toBe(false);
    browser.disk.capacity = Number.POSITIVE_INFINITY;
    await clock.advance(70_000);
    expect(tab.state.copy).toBe("kept");
    expect(tab.provider.isKept).toBe(true);
    tab.crash();
    const next = browser.open();
    await settle();
    expect(next.text).toBe("hello more");
  });

  test("[PV68] room is made by other documents' copies, never by one with something unsent", async () => {
    const { browser, clock } = await visited();
    browser.isOnline = false;
    const filler = (id: string) => ({
      removesAll: true,
      head: { ...browser.disk.shelf("doc-1").head!, documentId: id },
      rows: [{ row: 0, tab: "x", update: new Uint8Array(1_000), checksum: 0 }],
    });
    browser.disk.put("old", filler("old"));
    browser.disk.put("unsent", {
      ...filler("unsent"),
      outbox: [{ tab: "x", first: 1, update: new Uint8Array(10), checksum: 0 }],
    });
    browser.disk.capacity = browser.disk.bytes + 10;
    const tab = browser.open();
    await settle();
    tab.type("y".repeat(300));
    await clock.advance(1_000);
    expect(tab.state.copy).toBe("kept");
    expect(tab.provider.isKept).toBe(true);
    expect(browser.disk.shelf("old").head).toBeNull();
    expect(browser.disk.shelf("unsent").head).not.toBeNull();
  });

  test("[PV69] a full disk can still be read, and what is unsent there is sent", async () => {
    const { browser, clock, server } = await visited();
    browser.isOnline = false;
    const tab = browser.open();
    await settle();
    tab.type("!");
    await settle();
    tab.crash();
    browser.disk.fault = () => "full";
    browser.isOnline = true;
    const next = browser.open();
    await clock.advance(2_000);
    expect(serverText(server)).toBe("hello!");
    expect(next.state.saved).toBe(true);
    browser.disk.fault = () => null;
    await clock.advance(70_000);
    expect(browser.disk.shelf("doc-1").outbox.size).toBe(0);
  });
});

describe("a refusal", () => {
  test.each([4403, 4404, 4413, 4422])(
    "[PV70] %i ends the copy; what was not sent is put aside and told of",
    async (code) => {
      const { browser, clock } = await visited();
      browser.isOnline = false;
      const tab = browser.open();
      await settle();
      tab.type(" unsent");
      await settle();
      const asides: unknown[] = [];
      tab.provider.on("aside", (aside) => asides.push(aside));
      browser.isOnline = true;
      tab.sockets.onopen = (socket) =>
        queueMicrotask(() => {
          socket.accept();
          socket.drop(code);
        });
      await clock.advance(60_000);
      expect(tab.state).toMatchObject({ status: "refused", copy: "aside" });
      expect(tab.provider.isKept).toBe(true);
      expect(browser.disk.shelf("doc-1").head).toBeNull();
      expect(asides).toHaveLength(1);
      const [aside] = [...browser.disk.aside.values()];
      expect(aside).toMatchObject({ code, owner: "u-ada" });
      const doc = new Y.Doc();
      for (const update of aside!.updates) Y.applyUpdate(doc, update);
      expect(doc.getText("t").toString()).toBe("hello unsent");
    },
  );

  test.each([4401, 4426, 4450])("[PV70] %i leaves the copy where it is", async (code) => {
    const { browser, clock } = await visited();
    const tab = browser.open();
    await clock.advance(1_000);
    tab.sockets.last.drop(code);
    await clock.advance(1_000);
    expect(tab.state).toMatchObject({ status: "refused", copy: "kept" });
    expect(browser.disk.shelf("doc-1").head).not.toBeNull();
    expect(browser.disk.aside.size).toBe(0);
  });

  test("[PV70] a copy without anything unsent goes without leaving anything", async () => {
    const { browser, clock } = await visited();
    const tab = browser.open();
    await clock.advance(1_000);
    tab.sockets.last.drop(4404);
    await clock.advance(1_000);
    expect(browser.disk.shelf("doc-1").head).toBeNull();
    expect(browser.disk.aside.size).toBe(0);
  });
});

describe("two tabs", () => {
  test("[PV71] see each other's words at once without a server, and each says that not all is saved", async () => {
    const { browser } = await visited();
    browser.isOnline = false;
    const [a, b] = [browser.open(), browser.open()];
    await settle();
    a.type(" from a");
    await settle();
    expect(b.text).toBe("hello from a");
    expect(b.state).toMatchObject({ saved: false, pending: 0 });
    b.type(" and b");
    await settle();
    expect(a.text).toBe("hello from a and b");
    const c = browser.open();
    await settle();
    expect(c.text).toBe("hello from a and b");
    expect(c.state.saved).toBe(false);
  });

  test("[PV71] a tab that learned only later whose it is talks to that user's tabs, and to nobody else's", async () => {
    const { browser, clock } = world();
    browser.owner = null;
    const first = browser.open();
    await settle();
    browser.owner = "u-ada";
    await clock.advance(1_000);
    const second = browser.open();
    await settle();
    browser.owner = "u-eve";
    const eve = browser.open({ copy: eveCopy(browser) });
    await clock.advance(1_000);
    browser.isOnline = false;
    browser.owner = "u-ada";
    for (const tab of [first, second, eve]) tab.cut();
    first.type("hello");
    await settle();
    expect(second.text).toBe("hello");
    expect(eve.text).toBe("");
  });

  test("[PV71] on return each sends its own words, once, and all are saved", async () => {
    const { browser, clock, server } = await visited();
    browser.isOnline = false;
    const [a, b] = [browser.open(), browser.open()];
    await settle();
    a.type(" from a");
    b.type("?");
    await settle();
    browser.isOnline = true;
    await clock.advance(60_000);
    expect(serverText(server)).toContain(" from a");
    expect(a.text).toBe(serverText(server));
    expect(b.text).toBe(serverText(server));
    expect([a, b].map(({ state }) => state.saved)).toEqual([true, true]);
    expect(server.log).toHaveLength(3);
    expect(browser.disk.shelf("doc-1").outbox.size).toBe(0);
  });

  test.each([true, false])(
    "[PV72] what a tab left that was closed (crashed: %s) is sent by one that is open, before anything is reloaded",
    async (crashes) => {
      const { browser, clock, server } = await visited();
      browser.isOnline = false;
      const [a, b] = [browser.open(), browser.open()];
      await settle();
      a.type(" from a");
      await settle();
      if (crashes) a.crash();
      else a.close();
      await settle();
      expect(b.state).toMatchObject({ saved: false, pending: 1 });
      browser.isOnline = true;
      await clock.advance(60_000);
      expect(serverText(server)).toBe("hello from a");
      expect(b.state.saved).toBe(true);
    },
  );

  test("[PV72] a tab that opens takes nothing from one that is open", async () => {
    const { browser, clock, server } = await visited();
    browser.isOnline = false;
    const a = browser.open();
    await settle();
    a.type("!");
    await settle();
    const b = browser.open();
    await settle();
    expect(b.state.pending).toBe(0);
    browser.isOnline = true;
    await clock.advance(60_000);
    expect(pushes(b)).toEqual([]);
    expect(serverText(server)).toBe("hello!");
    expect(b.state.saved).toBe(true);
  });

  test("[PV71] a tab that read another's outbox just before it was acknowledged hears that it was", async () => {
    const { browser, clock } = await visited();
    const a = browser.open();
    await clock.advance(1_000);
    const disk = browser.disk.open();
    a.type("!");
    await settle();
    // the read of the second tab is slow: in the meantime everything of the first is acknowledged
    const slow = {
      list: () => disk.list(),
      asides: (id: string) => disk.asides(id),
      discardAside: (id: string) => disk.discardAside(id),
      change: async (...args: Parameters<typeof disk.change>) => {
        const result = await disk.change(...args);
        await new Promise<void>((resolve) => void clock.setTimeout(resolve, 1_000));
        return result;
      },
    };
    const copy = { store: slow as never, owner: () => "u-ada" };
    const meet = browser.tabs.meet(true, () => undefined);
    const b = browser.open({ copy: { ...copy, meetTabs: meet } });
    await clock.advance(5_000);
    expect(a.state.saved).toBe(true);
    expect(b.state).toMatchObject({ saved: true, synced: true });
  });

  test("[PV73] frames that both receive are stored once, and the copy is where the further one is", async () => {
    const { browser, other, clock, server } = await visited();
    const [a, b] = [browser.open(), browser.open()];
    const ben = other.open();
    await clock.advance(1_000);
    const before = browser.disk.shelf("doc-1").rows.size;
    for (let i = 0; i < 5; i++) {
      ben.type(String(i));
      await clock.advance(1_000);
    }
    expect(browser.disk.shelf("doc-1").rows.size).toBe(before + 5);
    expect(browser.disk.shelf("doc-1").head?.position).toEqual({ logId: "log-1", seq: server.log.length });
    expect(a.text).toBe(b.text);
  });

  test("[PV73] putting everything into one row leaves out nothing that another tab has stored", async () => {
    const { browser, clock } = await visited();
    browser.isOnline = false;
    const [a, b] = [browser.open(), browser.open()];
    await settle();
    for (let i = 0; i < 450; i++) {
      (i % 3 === 0 ? b : a).type("z");
      if (i % 40 === 0) await settle();
    }
    await clock.advance(10_000);
    const { head, rows, outbox } = browser.disk.shelf("doc-1");
    expect(head!.loose).toBeLessThan(450);
    expect(rows.size).toBeLessThan(10);
    expect(outbox.size).toBeLessThan(450);
    a.crash();
    b.crash();
    const next = browser.open();
    await settle();
    expect(next.text).toBe(`hello${"z".repeat(450)}`);
  });
});

describe("the position", () => {
  test("[PV74] a log that lost its end takes the stored position back with it, though another tab had come further", async () => {
    const { browser, other, clock, server } = await visited();
    const ben = other.open();
    await clock.advance(1_000);
    for (let i = 0; i < 4; i++) {
      ben.type("b");
      await clock.advance(1_000);
    }
    const tab = browser.open();
    await clock.advance(1_000);
    expect(browser.disk.shelf("doc-1").head?.position?.seq).toBe(5);
    ben.close();
    tab.cut();
    // an older backup was restored
    server.log.length = 2;
    const kept = new Y.Doc();
    for (const update of server.log) Y.applyUpdate(kept, update);
    (server as { doc: Y.Doc }).doc = kept;
    await clock.advance(2_000);
    expect(tab.state).toMatchObject({ saved: true });
    expect(serverText(server)).toBe("hellobbbb");
    expect(browser.disk.shelf("doc-1").head?.position?.seq).toBe(server.log.length);
  });

  test("[PV74] what came over a connection that cannot be trusted leaves no position behind", async () => {
    const { browser, clock } = await visited();
    const tab = browser.open();
    await clock.advance(1_000);
    tab.sockets.last.receive(new Uint8Array([200, 1, 2, 3]));
    browser.isOnline = false;
    await settle();
    expect(browser.disk.shelf("doc-1").head?.position).toBeNull();
  });
});

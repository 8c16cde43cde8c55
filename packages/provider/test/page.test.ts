import { settle } from "@palimpsest/testkit/clock";
import { afterEach, describe, expect, test, vi } from "vitest";
import { Harness } from "./support/harness.ts";

describe("the page", () => {
  const page = new EventTarget();
  const shown = Object.assign(new EventTarget(), { visibilityState: "visible" });

  function inPage(): Harness {
    vi.stubGlobal("addEventListener", page.addEventListener.bind(page));
    vi.stubGlobal("removeEventListener", page.removeEventListener.bind(page));
    vi.stubGlobal("document", shown);
    return new Harness();
  }

  function show(state: "visible" | "hidden"): void {
    shown.visibilityState = state;
    shown.dispatchEvent(new Event("visibilitychange"));
  }

  afterEach(() => {
    shown.visibilityState = "visible";
    vi.unstubAllGlobals();
  });

  test.each(["online", "visible"])("[PV7] %s ends the wait", async (what) => {
    const h = inPage();
    await h.open();
    h.socket.drop();
    expect(h.state.status).toBe("offline");
    if (what === "online") page.dispatchEvent(new Event("online"));
    else show("visible");
    await settle();
    expect(h.sockets.all).toHaveLength(2);
    h.provider.destroy();
  });

  test("[PV7] connect ends the wait, too", async () => {
    const h = new Harness();
    await h.open();
    h.socket.drop();
    h.provider.connect();
    await settle();
    expect(h.sockets.all).toHaveLength(2);
  });

  test.each(["online", "offline"])(
    "[PV9] %s asks a standing connection at once whether it still stands",
    async (what) => {
      const h = inPage();
      await h.live();
      page.dispatchEvent(new Event(what));
      page.dispatchEvent(new Event(what));
      expect(h.socket.sent.filter((data) => data === "ping")).toHaveLength(1);
      await h.clock.advance(10_000);
      expect(h.state.status).toBe("offline");
      h.provider.destroy();
    },
  );

  test("[PV21] a page that is hidden sends what waits at once", async () => {
    const h = inPage();
    await h.live();
    h.type("a");
    h.type("b");
    show("hidden");
    expect(h.pushed().getText("t").toString()).toBe("ab");
    expect(h.state.status).toBe("online");
    h.provider.destroy();
  });

  test("[PV21] a page that ends sends what waits and says goodbye; one that comes back connects again", async () => {
    const h = inPage();
    await h.live();
    h.type("a");
    h.type("b");
    page.dispatchEvent(new Event("pagehide"));
    expect(h.pushed().getText("t").toString()).toBe("ab");
    expect(h.socket.closedWith).toBe(1000);
    expect(h.state).toMatchObject({ status: "offline", retryAt: null, saved: false });
    await h.clock.advance(600_000);
    expect(h.sockets.all).toHaveLength(1);
    page.dispatchEvent(new Event("pageshow"));
    await h.accept();
    h.welcome();
    expect(h.pushed().getText("t").toString()).toBe("ab");
    h.provider.destroy();
  });

  test("[PV41] a destroyed provider listens to nothing", async () => {
    const added = [vi.spyOn(page, "addEventListener"), vi.spyOn(shown, "addEventListener")];
    const removed = [vi.spyOn(page, "removeEventListener"), vi.spyOn(shown, "removeEventListener")];
    const calls = (spies: typeof added) => spies.flatMap((spy) => spy.mock.calls);
    const h = inPage();
    expect(calls(added)).toHaveLength(5);
    await h.live();
    h.provider.destroy();
    expect(calls(removed)).toEqual(calls(added));
    page.dispatchEvent(new Event("online"));
    page.dispatchEvent(new Event("pageshow"));
    show("visible");
    await settle();
    expect(h.sockets.all).toHaveLength(1);
    expect(h.clock.timers).toBe(0);
  });
});

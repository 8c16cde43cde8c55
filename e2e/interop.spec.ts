import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";
import { Guest, sharedServer } from "./support/api.ts";
import { OwnServer } from "./support/own-server.ts";
import { expect, test } from "./support/test.ts";

/** A program with the unmodified provider of the y-websocket package. */
class Program {
  readonly doc = new Y.Doc();
  readonly provider: WebsocketProvider;

  constructor(serverUrl: string, id: string, params: Record<string, string> = {}) {
    this.provider = new WebsocketProvider(`${serverUrl.replace(/^http/, "ws")}/sync`, id, this.doc, {
      params,
      disableBc: true,
      // Its types ask for the browser's class, of which ws implements what the provider uses.
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
    });
  }

  get text(): Y.XmlFragment {
    return this.doc.getXmlFragment("default");
  }

  async synced(): Promise<void> {
    await expect.poll(() => this.provider.synced).toBe(true);
  }

  write(...lines: readonly string[]): void {
    for (const line of lines) {
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [new Y.XmlText(line)]);
      this.text.push([paragraph]);
    }
  }

  /** Adds to the end of the paragraph with this index. */
  append(index: number, words: string): void {
    const text = (this.text.get(index) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(text.length, words);
  }

  async reads(...lines: readonly string[]): Promise<void> {
    const expected = lines.map((line) => `<paragraph>${line}</paragraph>`).join("");
    await expect.poll(() => this.text.toString()).toBe(expected);
  }

  end(): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}

test("[I4] an unmodified y-websocket client and a browser write one document, in both directions", async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ title: "Two kinds of writers", markdown: "Ada:" });
  const program = new Program(sharedServer(), id);
  try {
    await program.synced();
    await program.reads("Ada:");
    expect(program.doc.getMap("meta").get("title")).toBe("Two kinds of writers");
    const ada = await (await person("Ada")).open(id);
    program.write("The program:");
    await ada.sees("Ada:", "The program:");
    await ada.goTo("Ada:");
    const typing = ada.type(" typed by hand");
    for (const word of [" written", " by", " machine"]) program.append(1, word);
    await typing;
    await ada.saved();
    await ada.sees("Ada: typed by hand", "The program: written by machine");
    await program.reads("Ada: typed by hand", "The program: written by machine");
    program.doc.getMap("meta").set("title", "Renamed by a program");
    await expect(ada.title).toHaveValue("Renamed by a program");
    await ada.title.fill("Renamed by hand");
    await expect.poll(() => program.doc.getMap("meta").get("title")).toBe("Renamed by hand");
  } finally {
    program.end();
  }
});

test("[I13] both see each other's presence, and see it end", async ({ person }) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const named = await Guest.enter("Robot");
  const program = new Program(sharedServer(), id, { token: await named.ticket(id) });
  try {
    await program.synced();
    const { awareness } = program.provider;
    // The name that a ticket's owner has wins over the one that a client makes up.
    awareness.setLocalStateField("user", { name: "Somebody else", color: "#123456" });
    const ada = await (await person("Ada")).open(id);
    await ada.seesPeople("Robot");
    const names = () =>
      [...awareness.getStates().entries()].flatMap(([client, state]) => {
        const user: unknown = state.user;
        if (client === program.doc.clientID || typeof user !== "object" || user === null) return [];
        return "name" in user ? [user.name] : [];
      });
    await expect.poll(names).toEqual(["Ada"]);
    await ada.page.close();
    await expect.poll(names).toEqual([]);
    const ben = await (await person("Ben")).open(id);
    await ben.seesPeople("Robot");
    program.end();
    await ben.seesPeople();
  } finally {
    program.end();
  }
});

test("[I4] both come back after the server was killed, with what they wrote meanwhile", async ({
  person,
}) => {
  const server = await new OwnServer().start();
  const scribe = await Guest.enter("Scribe", server.url);
  const id = await scribe.create({ markdown: "Ada:\n\nProgram:" });
  const program = new Program(server.url, id);
  try {
    await program.synced();
    const ada = await (await person("Ada", { url: server.url })).open(id);
    program.append(1, " one");
    await ada.sees("Ada:", "Program: one");
    const port = await server.kill();
    await expect.poll(() => program.provider.wsconnected).toBe(false);
    program.append(1, " two");
    await ada.goTo("Ada:");
    await ada.type(" written in between");
    await server.start(port);
    await ada.saved({ timeout: 45_000 });
    const both = ["Ada: written in between", "Program: one two"];
    await ada.sees(...both);
    await program.reads(...both);
    program.append(1, " three");
    await ada.sees("Ada: written in between", "Program: one two three");
    expect(await scribe.markdown(id)).toContain("Program: one two three");
  } finally {
    program.end();
    await server.end();
  }
});

test("a program that joins late gets everything, and one under another address nothing", async ({
  person,
}) => {
  const scribe = await Guest.enter();
  const id = await scribe.create({ markdown: "Ada:" });
  const ada = await (await person("Ada")).open(id);
  await ada.goTo();
  await ada.type(" a long time ago");
  await ada.saved();
  const program = new Program(sharedServer(), id);
  const lost = new Program(sharedServer(), "0".repeat(22));
  const closes: number[] = [];
  lost.provider.on("connection-close", (event) => {
    if (event !== null) closes.push(event.code);
  });
  try {
    await program.reads("Ada: a long time ago");
    await expect.poll(() => closes).toContain(4404);
    expect(lost.provider.synced).toBe(false);
  } finally {
    program.end();
    lost.end();
  }
});

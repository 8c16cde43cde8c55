import { blocksOf, Guest } from "./support/api.ts";
import { type Line, layLine } from "./support/line.ts";
import { OwnServer } from "./support/own-server.ts";
import type { Person } from "./support/person.ts";
import { agreement, expect, test } from "./support/test.ts";

const rounds = 3;

/** From now on the page notes, whenever it shows that everything is saved, what its editor holds at that instant. */
async function watchSaves(someone: Person): Promise<void> {
  await someone.status.evaluate((status) => {
    const note = () => {
      if (status.getAttribute("data-saved") !== "true") return;
      const blocks = [...document.querySelectorAll("[data-testid=editor-body] .ProseMirror > *")];
      const texts = blocks.map((block) => block.textContent ?? "");
      status.setAttribute("data-noted", JSON.stringify(texts));
      status.setAttribute("data-notes", String(Number(status.getAttribute("data-notes") ?? "0") + 1));
    };
    note();
    new MutationObserver(note).observe(status, { attributeFilter: ["data-saved"] });
  });
}

const notes = async (someone: Person): Promise<number> =>
  Number((await someone.status.getAttribute("data-notes")) ?? "0");

async function lastNote(someone: Person): Promise<readonly string[]> {
  const noted: unknown = JSON.parse((await someone.status.getAttribute("data-noted")) ?? "[]");
  return Array.isArray(noted) ? noted.map(String) : [];
}

/** Types numbers until told to stop. */
function keepTyping(someone: Person): { stop: () => Promise<void> } {
  let on = true;
  const typing = (async () => {
    for (let n = 1; on; n++) await someone.type(` ${n}`);
  })();
  return {
    stop: () => {
      on = false;
      return typing;
    },
  };
}

async function theirBlock(read: Promise<readonly string[]>, name: string): Promise<string> {
  return (await read).find((block) => block.startsWith(name)) ?? "";
}

test("[I1] [I2] what was shown as saved, or to others, outlives kill -9 of the server", async ({
  person,
}) => {
  const server = await new OwnServer().start();
  let line: Line | null = null;
  try {
    const scribe = await Guest.enter("Scribe", server.url);
    const id = await scribe.create({ markdown: "Ada\n\nBen" });
    line = await layLine(server.url);
    const ada = await (await person("Ada", { url: line.url })).open(id);
    const ben = await (await person("Ben", { url: line.url })).open(id);
    const inBothOrders = [
      [ada, ben],
      [ben, ada],
    ] as const;
    await Promise.all([ada, ben].map(watchSaves));
    await Promise.all([ada.goTo("Ada"), ben.goTo("Ben")]);

    for (let round = 1; round <= rounds; round++) {
      const before = await Promise.all([ada, ben].map(notes));
      const typing = [ada, ben].map(keepTyping);
      // The plug is pulled in the middle of it: at another point of the exchange in every round.
      for (const [index, each] of [ada, ben].entries())
        await expect
          .poll(() => notes(each), { intervals: [20] })
          .toBeGreaterThan((before[index] ?? 0) + round);
      const port = await server.kill();
      // Nobody may come back and send again what the server should have kept by itself.
      line.cut();
      await Promise.all(typing.map(({ stop }) => stop()));
      await Promise.all(
        [ada, ben].map((each) => expect(each.status).toHaveAttribute("data-kind", /^(offline|kept)$/)),
      );

      await server.start(port);
      const stored = async () => blocksOf((await scribe.content(id)).content);
      for (const [writer, reader] of inBothOrders) {
        const kept = await theirBlock(stored(), writer.name);
        const shown = await theirBlock(lastNote(writer), writer.name);
        expect(kept.startsWith(shown), `round ${round}: “${kept}” holds the saved “${shown}”`).toBe(true);
        const seen = await theirBlock(reader.blocks(), writer.name);
        expect(kept.startsWith(seen), `round ${round}: “${kept}” holds “${seen}”, which was seen`).toBe(true);
      }

      line.mend();
      // They come back by themselves, if need be after the longest wait there is. In later rounds the system says that the
      // network is back, which ends the wait: minutes of it would show nothing more.
      if (round > 1)
        for (const { page } of [ada, ben])
          await page.evaluate(() => window.dispatchEvent(new Event("online")));
      await Promise.all([ada, ben].map((each) => each.saved({ timeout: 45_000 })));
      const agreed = await agreement([ada, ben], stored);
      const newcomer = await (await person(`Newcomer ${round}`, { url: server.url })).open(id);
      await newcomer.sees(...agreed);
      await newcomer.context.close();
    }
  } finally {
    await line?.close();
    await server.end();
  }
});

test("[I1] a document made a moment before kill -9 is there afterwards, and so is who made it", async ({
  person,
}) => {
  const server = await new OwnServer().start();
  try {
    const ada = await person("Ada", { url: server.url });
    await ada.page.goto(ada.url);
    await ada.page.getByRole("button", { name: "New document" }).click();
    await ada.ready();
    await ada.type("Written in time");
    await ada.press("Enter");
    await ada.type("A first line");
    await ada.saved();
    const id = ada.documentId;
    await server.start(await server.kill());
    await ada.saved({ timeout: 45_000 });
    await ada.type(", and a second thought");
    await ada.saved();
    await ada.page.goto(ada.url);
    const row = ada.page.locator(`[data-document-id="${id}"]`);
    await expect(row).toContainText("Written in time");
    await row.getByRole("link").click();
    await ada.ready();
    await ada.sees("A first line, and a second thought");
    await expect(ada.page.locator("[data-testid=person][data-own]")).toHaveAttribute("data-user-name", "Ada");
  } finally {
    await server.end();
  }
});

import { runInDurableObject } from "cloudflare:test";
import type { AuthorNo, NewFrame } from "@palimpsest/history";
import { SqliteStore } from "@palimpsest/store";
import { condense } from "@palimpsest/ydoc";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { sqlDriver } from "../src/document/sql-driver.ts";
import { summarise } from "../src/document/summarise.ts";
import { call, guest, json, newDocument, stubOf } from "./support/api.ts";
import { hibernate } from "./support/hibernate.ts";

const stateOf = async (id: string) =>
  new Uint8Array(await (await call("GET", `/api/documents/${id}/content?format=yjs`)).arrayBuffer());

const KEYS = 30_000;

/** Somebody has typed and corrected for hours. @returns what the text was after some of the frames */
async function typed(id: string): Promise<ReadonlyMap<number, string>> {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, await stateOf(id));
  const updates: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array) => updates.push(update));
  const text = (doc.getXmlFragment("default").get(0) as Y.XmlElement).get(0) as Y.XmlText;
  const { head } = await stubOf(id).stats();
  const texts = new Map<number, string>();
  for (let i = 0; i < KEYS; i++) {
    if (i % 7 === 6) text.delete(text.length - 2, 1);
    else
      text.insert(
        i % 90 < 80 ? text.length : Math.floor(text.length / 3),
        String.fromCharCode(97 + (i % 26)),
      );
    if (i % 1_000 === 777) texts.set(head + i + 1, text.toString());
  }
  await runInDurableObject(stubOf(id), (_, { storage }) => {
    const store = new SqliteStore(sqlDriver(storage), { summarise, condense });
    for (let from = 0; from < updates.length; from += 50) {
      const frames = updates
        .slice(from, from + 50)
        .map((update, i): NewFrame => ({ kind: "edit", time: from + i, author: 1 as AuthorNo, update }));
      store.append({ frames, authors: [], owners: new Map(), stateVector: () => Y.encodeStateVector(doc) });
    }
  });
  await hibernate(id);
  return texts;
}

interface Node {
  readonly text?: string;
  readonly content?: readonly Node[];
}

const textOf = ({ text = "", content = [] }: Node): string => text + content.map(textOf).join("");

it("[WK60] a moment is the same whichever was looked at before it: none, one beside it, one far away", async () => {
  const ada = await guest("Ada");
  const id = await newDocument(ada, { title: "T", markdown: "Seed." });
  const texts = await typed(id);
  const shown = async (at: number) => {
    const { content } = await json<{ content: Node }>(
      call("GET", `/api/documents/${id}/content?format=json&at=${at}`),
    );
    return textOf(content);
  };
  const seqs = [...texts.keys()];
  // neighbours share what was loaded, those that are far apart do not
  const jumps = seqs.map((_, i) => seqs[(i * 11) % seqs.length] as number);
  for (const at of [...seqs, ...jumps, ...seqs.reverse()])
    expect(await shown(at), `at ${at}`).toBe(texts.get(at));
  for (const at of seqs.slice(0, 3)) {
    await hibernate(id);
    expect(await shown(at)).toBe(texts.get(at));
    const { summary } = await json<{ summary: { inserted: number; deleted: number } }>(
      call("GET", `/api/documents/${id}/diff?from=${at - 1_000}&to=${at}`),
    );
    expect(summary.inserted - summary.deleted).toBe(
      (texts.get(at) as string).length - (texts.get(at - 1_000) as string).length,
    );
  }
}, 60_000);

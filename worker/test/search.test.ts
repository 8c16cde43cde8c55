import { describe, expect, it } from "vitest";
import { readMarked, searchable, titleKey } from "../src/directory/search-text.ts";
import { alarmAfterSilence } from "./support/alarm.ts";
import { call, type Guest, guest, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { list, titles } from "./support/listing.ts";

const search = (who: Guest, query: string) => titles(who, { query });

/** A document whose text the directory has. */
async function told(who: Guest, body: object): Promise<string> {
  const id = await newDocument(who, body);
  await stubOf(id).tell();
  return id;
}

describe("searching", () => {
  it("[WK105] finds words in titles and texts by their beginnings, whatever the accents, best first", async () => {
    const ada = await guest("Ada");
    await told(ada, {
      title: "Minutes",
      markdown: "We talked about the **budget** of the café, twice: the budget.",
    });
    await told(ada, { title: "Budget of next year", markdown: "Numbers." });
    await told(ada, { title: "Holidays", markdown: "Nothing of the kind." });
    expect(await search(ada, "budget")).toEqual(["Budget of next year", "Minutes"]);
    expect(await search(ada, "BUDG")).toEqual(["Budget of next year", "Minutes"]);
    expect(await search(ada, "CAFE")).toEqual(["Minutes"]);
    expect(await search(ada, "twi budg")).toEqual(["Minutes"]);
    expect(await search(ada, '"of the café"')).toEqual(["Minutes"]);
    expect(await search(ada, '"the of"')).toEqual([]);
    expect(await search(ada, "budget holidays")).toEqual([]);
  });

  it("[WK105] a language without spaces is searched sign by sign", async () => {
    const ada = await guest("Ada");
    await told(ada, { title: "会議の記録", markdown: "来週の予算について話し合った。" });
    await told(ada, { title: "ABC会議", markdown: "x" });
    expect(await search(ada, "予算")).toEqual(["会議の記録"]);
    expect((await search(ada, "会議")).sort()).toEqual(["ABC会議", "会議の記録"]);
    expect(await search(ada, "算予")).toEqual([]);
    const [document] = (await list(ada, { query: "記録" })).documents;
    expect(document?.found?.title).toEqual([[3, 5]]);
  });

  it("[WK106] says where: hits in the title, and plain text around those in the text", async () => {
    const ada = await guest("Ada");
    const markdown = `${"filler ".repeat(80)}\n\n<b>Über</b> the budget & more\n\n${"filler ".repeat(80)}`;
    await told(ada, { title: "The budget", markdown });
    const [found] = (await list(ada, { query: "budg uber" })).documents;
    expect(found?.found?.title).toEqual([[4, 10]]);
    const { text = "", hits = [] } = found?.found?.text ?? {};
    expect(hits.map(([from, to]) => text.slice(from, to))).toEqual(["Über", "budget"]);
    expect(text).toContain("Über");
    expect(text).toMatch(/^…filler.*filler…$/);
    for (const sign of ["\n", "\u0002", "\u0003", "\u200b"]) expect(text).not.toContain(sign);
    expect((await list(ada, { query: "the" })).documents[0]?.found?.text?.hits.length).toBeGreaterThan(0);
    await told(ada, { title: "Alone in its title" });
    expect((await list(ada, { query: "alone" })).documents[0]?.found).toEqual({
      title: [[0, 5]],
      text: null,
    });
  });

  it("[WK107] finds nothing that the caller neither owns nor has opened", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await told(ada, { title: "Secret plan", markdown: "the hidden treasure" });
    expect(await search(ben, "treasure")).toEqual([]);
    (await Client.join(id, ben)).close();
    expect(await search(ben, "treasure")).toEqual(["Secret plan"]);
  });

  it("[WK108] whatever is typed is an answer, never an error", async () => {
    const ada = await guest("Ada");
    await told(ada, { title: "C++ and C#: a NEAR miss", markdown: 'say "hello" (world) OR not' });
    for (const query of [
      '"',
      '""',
      "*",
      "^a",
      "a*b",
      "title:c",
      "{title}:c",
      "NEAR(a b)",
      "AND",
      "a AND",
      "-x",
      "(",
      "'; DROP TABLE texts; --",
      "\u0000\u0002\u200b",
      "\ud800",
      "\u0301",
      "😀",
      "word ".repeat(39),
    ])
      expect(Array.isArray(await search(ada, query)), query).toBe(true);
    expect(await search(ada, "c++")).toHaveLength(1);
    expect(await search(ada, "near")).toHaveLength(1);
    expect(await search(ada, 'hello "(world)"')).toHaveLength(1);
  });

  it("[WK109] what is typed and what is deleted is known to the search after the next alarm", async () => {
    const ada = await guest("Ada");
    const id = await told(ada, { title: "Diary", markdown: "morning" });
    const client = await Client.join(id, ada);
    await client.write(paragraph("evening"));
    await client.write((doc) => doc.getXmlFragment("default").delete(0, 1));
    await alarmAfterSilence(id);
    expect(await search(ada, "evening")).toEqual(["Diary"]);
    expect(await search(ada, "morning")).toEqual([]);
  });

  it("[WK109] a document that is too large to be built is searched all the same", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada, { title: "Long" });
    const client = await Client.join(id, ada);
    await client.write(paragraph("introduction to beekeeping"));
    for (let i = 0; i < 4; i++)
      await client.write((doc) => doc.getText("long").insert(0, "words of no importance ".repeat(300_000)));
    expect((await call("GET", `/api/documents/${id}/content?format=text`)).status).toBe(413);
    await alarmAfterSilence(id);
    expect(await search(ada, "beekeep")).toEqual(["Long"]);
    expect(await search(ada, "importance")).toEqual(["Long"]);
  });

  it("[WK110] results come in pages", async () => {
    const ada = await guest("Ada");
    for (let i = 0; i < 5; i++) await told(ada, { title: `Report ${i}`, markdown: "numbers" });
    const first = await list(ada, { query: "report", limit: "3" });
    const second = await list(ada, { query: "report", limit: "3", cursor: first.next ?? "" });
    expect(second.next).toBeNull();
    const all = [...first.documents, ...second.documents].map(({ title }) => title);
    expect(all.sort()).toEqual([0, 1, 2, 3, 4].map((i) => `Report ${i}`));
  });
});

describe("text that is searched", () => {
  it("[WK106] is given back as it was", () => {
    for (const text of ["plain", "日本語 and more", "a 日b", "ไทย", "😀 x"]) {
      const marked = searchable(text);
      expect(readMarked(marked)).toEqual({ text, hits: [] });
    }
    expect(readMarked("a \u0002b\u0003\u200b\u0002c\u0003\n\n d")).toEqual({
      text: "a bc d",
      hits: [[2, 4]],
    });
  });

  it("[WK101] titles are ordered as people read them", () => {
    const sorted = ["Zoë", "", "10 things", "9 things", "ada", "Ärger", "Azure"].sort((a, b) =>
      titleKey(a) < titleKey(b) ? -1 : 1,
    );
    expect(sorted).toEqual(["9 things", "10 things", "ada", "Ärger", "Azure", "Zoë", ""]);
  });
});

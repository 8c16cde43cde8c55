import { describe, expect, it } from "vitest";
import { alarmAfterSilence } from "./support/alarm.ts";
import { call, type Guest, guest, json, newDocument, stubOf } from "./support/api.ts";
import { Client, paragraph } from "./support/client.ts";
import { hibernate } from "./support/hibernate.ts";
import { exported, importedId, importFile, type Line, pack, wholeHistory } from "./support/history-file.ts";
import { refusal } from "./support/refusal.ts";
import { thin } from "./support/thin.ts";

const content = (id: string, at: number | string) =>
  json(call("GET", `/api/documents/${id}/content?at=${at}`));

/** Eight positions of which the first four were dropped but for a version at 2, and a restore behind them. */
async function thinned(ada: Guest, ben: Guest): Promise<string> {
  const id = await newDocument(ada, { title: "Long ago", markdown: "first" });
  const [a, b] = [await Client.join(id, ada), await Client.join(id, ben)];
  await a.write((doc) => doc.getText("aside").insert(0, "x".repeat(5_000)));
  const version = { token: ada.token, body: { name: "Beginning", seq: 2 } };
  await json(call("POST", `/api/documents/${id}/versions`, version));
  await b.write(paragraph("from Ben"));
  await a.write((doc) => doc.getXmlFragment("default").delete(0, 1));
  await b.write(paragraph("more"));
  await thin(id, 4, [2]);
  await json(call("POST", `/api/documents/${id}/restore`, { token: ada.token, body: { to: 4 } }));
  const c = await Client.join(id, ben);
  await c.write(paragraph("the end"));
  await hibernate(id);
  return id;
}

describe("a history whose beginning was dropped, in a file", () => {
  it("[WK46] comes back with every moment that is left, the version below them, and goes on", async () => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const id = await thinned(ada, ben);
    const lines = await exported(id);
    expect(lines[0]).toMatchObject({ floor: 4, head: 7 });
    expect(lines.filter((line) => "snapshot" in line).map(({ snapshot }) => snapshot)).toEqual([2, 4]);
    expect(lines.filter((line) => "s" in line).map(({ s }) => s)).toEqual([5, 6, 7]);
    const made = await importedId(ada, lines);
    await hibernate(made);
    const [before, after] = [await wholeHistory(id, 4), await wholeHistory(made, 4)];
    const said = (id: string, name: string) => JSON.stringify({ id, name }).slice(1, -1);
    const asTold = JSON.stringify(before).replaceAll(
      said(ben.user.id, "Ben"),
      said(`imported:${ben.user.id}`, "Ben (imported)"),
    );
    expect(after).toEqual(JSON.parse(asTold));
    const [version] = lines.filter((line) => "automatic" in line) as [Line];
    expect(await content(made, version.version as string)).toMatchObject({
      content: (await content(id, version.version as string)).content as object,
    });
    for (const at of [0, 1, 3]) {
      const path = `/api/documents/${made}/content?at=${at}`;
      expect(await refusal(call("GET", path))).toBe("before-floor");
    }
    expect(await json(call("GET", `/api/documents/${made}/verify`))).toMatchObject({ ok: true, bad: null });

    const d = await Client.join(made, ben);
    expect(d.text()).toBe((await Client.join(id, ben)).text());
    await d.write(paragraph("goes on"));
    await json(call("POST", `/api/documents/${made}/restore`, { token: ada.token, body: { to: 4 } }));
    await alarmAfterSilence(made);
    await hibernate(made);
    const late = await Client.join(made, ada);
    expect(late.text()).toBe("<paragraph>from Ben</paragraph>");
    // and through a file once more
    const again = await importedId(ada, await exported(made));
    expect((await wholeHistory(again, 4)).contents).toEqual((await wholeHistory(made, 4)).contents);
  });

  it("[WK46] from a long log, of which the rows are really dropped", async () => {
    const ada = await guest("Ada");
    const id = await newDocument(ada);
    const a = await Client.join(id, ada);
    for (let i = 0; i < 12; i++) await a.write((doc) => doc.getText("aside").insert(0, `${i}`.repeat(5_000)));
    await thin(id, 9, []);
    const made = await importedId(ada, await exported(id));
    await hibernate(made);
    expect(await stubOf(made).stats()).toMatchObject({ head: 12, floor: 9 });
    for (const at of [9, 10, 12]) {
      const { seq, content: text } = await content(made, at);
      expect({ seq, text }).toEqual({ seq: at, text: (await content(id, at)).content });
    }
    const b = await Client.join(made, ada);
    expect(b.doc.getText("aside").toString()).toBe(a.doc.getText("aside").toString());
    await b.write(paragraph("goes on"));
  });

  it.each<[string, (lines: Line[]) => Line[], string]>([
    [
      "without the state at its beginning",
      (lines) => lines.filter(({ snapshot }) => snapshot !== 4),
      "the state at 4, where the history begins, is missing",
    ],
    [
      "without the state of a version",
      (lines) => lines.filter(({ snapshot }) => snapshot !== 2),
      "a version is at 2, of which nothing is kept",
    ],
    [
      "with states out of order",
      (lines) =>
        lines.map((line) => ("snapshot" in line ? { ...line, snapshot: line.snapshot === 2 ? 4 : 2 } : line)),
      "snapshots must stand in their order",
    ],
    [
      "with a state behind its beginning",
      (lines) => lines.map((line) => (line.snapshot === 4 ? { ...line, snapshot: 5 } : line)),
      "only a history whose beginning was dropped",
    ],
    [
      "with a state that nobody owns",
      (lines) => lines.map((line) => (line.snapshot === 4 ? { ...line, owners: [] } : line)),
      "it does not say whose",
    ],
    [
      "with a state of an unknown person",
      (lines) => lines.map((line) => (line.snapshot === 4 ? { ...line, owners: [[1, 9]] } : line)),
      "there is no author 9",
    ],
    [
      "with a state that is none",
      (lines) => lines.map((line) => (line.snapshot === 4 ? { ...line, u: "AQID" } : line)),
      "its update is not one that a document takes",
    ],
    [
      "with frames that do not follow from the state",
      (lines) =>
        lines.map((line) =>
          line.snapshot === 4
            ? { ...line, u: (lines.find(({ snapshot }) => snapshot === 2) as Line).u }
            : line,
        ),
      "its update builds on changes that are not there",
    ],
    [
      "with a beginning that is far away",
      (lines) =>
        lines.map((line) => ("format" in line ? { ...line, floor: 3_000_000, head: 3_000_003 } : line)),
      "a history can begin at 2000000 at the latest",
    ],
    [
      "with a beginning behind its end",
      (lines) => lines.map((line) => ("format" in line ? { ...line, floor: 8 } : line)),
      "the history begins behind its end",
    ],
  ])("[WK47] %s it is refused", async (_, change, expected) => {
    const [ada, ben] = [await guest("Ada"), await guest("Ben")];
    const lines = change(await exported(await thinned(ada, ben))).filter((line) => !("sealed" in line));
    const response = await importFile(ada, await pack(lines));
    const { code, detail } = await json<{ code: string; detail: string }>(response);
    expect([response.status, code]).toEqual([422, "bad-history-file"]);
    expect(detail).toContain(expected);
  });
});

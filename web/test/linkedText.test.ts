import { documentSchema } from "@palimpsest/schema";
import { expect, test } from "vitest";
import { linkedText } from "../src/editor/clipboard/linkedText.ts";

const linked = (line: string) =>
  linkedText(documentSchema(), line, []).map((node) =>
    [node.text, node.marks[0]?.attrs.href].filter(Boolean),
  );

test("the addresses in a line are linked, without the sentence around them", () => {
  expect(linked("see https://a.example/x_(y)?z=1, or (www.b.example).")).toEqual([
    ["see "],
    ["https://a.example/x_(y)?z=1", "https://a.example/x_(y)?z=1"],
    [", or ("],
    ["www.b.example", "https://www.b.example"],
    [")."],
  ]);
  expect(linked("https://a.example/")).toEqual([["https://a.example/", "https://a.example/"]]);
});

test("[S12] what is no address, or one that runs something, stays text", () => {
  for (const line of [
    "plain",
    "javascript:alert(1)",
    "ftp://a.example",
    "me@www.example.org",
    "xhttps://a",
    "",
  ])
    expect(linked(line)).toEqual(line === "" ? [] : [[line]]);
});

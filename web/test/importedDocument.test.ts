import { expect, test } from "vitest";
import { importedDocument } from "../src/home/importedDocument.ts";

test("a leading heading becomes the title and leaves the text", () => {
  expect(importedDocument("notes.md", "\uFEFF# The *title* #\n\nText")).toEqual({
    title: "The title",
    markdown: "\nText",
  });
});

test("a heading further down names the document but stays", () => {
  const source = "Intro\n\n# Part one\n";
  expect(importedDocument("notes.md", source)).toEqual({ title: "Part one", markdown: source });
});

test("without a heading the file's name is the title", () => {
  expect(importedDocument("Shopping list.markdown", "- milk").title).toBe("Shopping list");
  expect(importedDocument("a.md", "#hashtag").title).toBe("a");
});

import { documentSchema } from "@palimpsest/schema";
import { Slice } from "@tiptap/pm/model";
import { expect, test } from "vitest";
import { assetsIn, withAssets } from "../src/editor/images/foreignAssets.ts";
import { isAnimated, sendingOf } from "../src/editor/images/pictureFormat.ts";
import { NARROWEST, storedWidth, widthByDrag, widthByKey, within } from "../src/editor/images/pictureSize.ts";
import { gapFor } from "../src/editor/images/uploadPlace.ts";
import type { DiffNode } from "../src/history/past/answers.ts";
import { splitPictures } from "../src/history/past/changedPictures.ts";
import { comparedText } from "../src/history/past/comparedText.ts";

test("a picture keeps its shape within what is kept, and small ones their size", () => {
  expect(within({ width: 8064, height: 6048 })).toEqual({ width: 4096, height: 3072 });
  expect(within({ width: 20, height: 9000 })).toEqual({ width: 9, height: 4096 });
  expect(within({ width: 1, height: 90_000 })).toEqual({ width: 1, height: 4096 });
  expect(within({ width: 300, height: 200 })).toEqual({ width: 300, height: 200 });
});

test("near the width of the text a picture is as wide as the text, whatever that is", () => {
  expect(storedWidth(704, 704)).toBeNull();
  expect(storedWidth(692, 704)).toBeNull();
  expect(storedWidth(680.4, 704)).toBe(680);
  expect(storedWidth(3, 704)).toBe(NARROWEST);
  expect(storedWidth(500, 350)).toBeNull();
});

test("an edge that is pulled moves the picture's width, twice as far for one in the middle", () => {
  expect(widthByDrag(300, 50, "right", false, 704)).toBe(350);
  expect(widthByDrag(300, 50, "right", true, 704)).toBe(400);
  expect(widthByDrag(300, 50, "left", true, 704)).toBe(200);
  expect(widthByDrag(300, -50, "left", false, 704)).toBe(350);
  expect(widthByDrag(300, 900, "right", true, 704)).toBe(704);
  expect(widthByDrag(300, 395, "right", false, 704)).toBe(704);
  expect(widthByDrag(300, -900, "right", true, 704)).toBe(NARROWEST);
});

test("arrow keys make it wider and narrower, others do nothing", () => {
  expect(widthByKey("ArrowRight", false, 300, 704)).toBe(316);
  expect(widthByKey("ArrowLeft", true, 300, 704)).toBe(236);
  expect(widthByKey("ArrowUp", false, 700, 704)).toBe(704);
  expect(widthByKey("ArrowDown", false, 50, 704)).toBe(NARROWEST);
  expect([widthByKey("Home", false, 300, 704), widthByKey("End", false, 300, 704)]).toEqual([NARROWEST, 704]);
  expect(widthByKey("a", false, 300, 704)).toBeNull();
});

const bytes = (...parts: (string | number)[]) =>
  new Uint8Array(
    parts.flatMap((part) =>
      typeof part === "number" ? [part] : [...part].map((sign) => sign.charCodeAt(0)),
    ),
  );
const gifHead = ["GIF89a", 2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255] as const;
const gifImage = [0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0x44, 1, 0] as const;

test("only what moves is sent as it is", () => {
  expect(isAnimated(bytes(...gifHead, ...gifImage, 0x3b))).toBe(false);
  expect(isAnimated(bytes(...gifHead, ...gifImage, 0x21, 0xf9, 4, 0, 0, 0, 0, 0, ...gifImage, 0x3b))).toBe(
    true,
  );
  expect(isAnimated(bytes(...gifHead, ...gifImage, 0x2c))).toBe(true);
  const webp = (flags: number) => bytes("RIFF", 0, 0, 0, 0, "WEBPVP8X", 10, 0, 0, 0, flags);
  expect([isAnimated(webp(2)), isAnimated(webp(0x1c)), isAnimated(bytes(0x89, "PNG"))]).toEqual([
    true,
    false,
    false,
  ]);
  expect(sendingOf("image/gif", true)).toEqual({ kind: "as-is" });
  expect(sendingOf("image/jpeg", false)).toEqual({ kind: "redrawn", types: ["image/jpeg"] });
  expect(sendingOf("image/png", false)).toMatchObject({ types: ["image/png", "image/webp", "image/jpeg"] });
});

test("a picture goes between blocks, inside what may hold blocks, and behind what may not", () => {
  const schema = documentSchema();
  const image = schema.nodes.image;
  if (image === undefined) throw new Error("the schema has pictures");
  const doc = schema.nodeFromJSON({
    type: "doc",
    content: [
      { type: "paragraph", content: [{ type: "text", text: "abc" }] },
      { type: "blockquote", content: [{ type: "paragraph", content: [{ type: "text", text: "de" }] }] },
      { type: "codeBlock", content: [{ type: "text", text: "f" }] },
    ],
  });
  expect(gapFor(doc, 0, image)).toBe(0);
  expect(gapFor(doc, 2, image)).toBe(5);
  expect(gapFor(doc, 7, image)).toBe(10);
  expect(gapFor(doc, 12, image)).toBe(14);
  expect(gapFor(doc, 99, image)).toBe(doc.content.size);
});

const a = `asset:${"a".repeat(22)}`;
const b = `asset:${"b".repeat(22)}`;

function changedPicture(attrs: object, before: object): DiffNode {
  const change = { kind: "attributes", n: 1, by: 0, at: null, before: { attrs: before } };
  return { type: "doc", content: [{ type: "image", attrs, change }] } as unknown as DiffNode;
}

test("a picture that took another's place is drawn as both, as one change", () => {
  const compared = comparedText(
    documentSchema(),
    changedPicture({ src: b, alt: "new" }, { src: a, alt: "old" }),
  );
  expect(compared.doc.childCount).toBe(2);
  expect(compared.doc.child(0).attrs).toMatchObject({ src: a, alt: "old" });
  expect(compared.doc.child(1).attrs).toMatchObject({ src: b, alt: "new" });
  expect(compared.pieces).toMatchObject([
    { from: 0, to: 1, kind: "deleted", n: 1, shape: "block" },
    { from: 1, to: 2, kind: "inserted", n: 1, shape: "block" },
  ]);
  expect(compared.changes).toMatchObject([{ n: 1, kind: "attributes", deletes: false, from: 0, to: 2 }]);
  expect(compared.changes[0]?.differences).toEqual(["another one in its place", "description: old → new"]);
});

test("one whose size or caption changed is drawn once, with what changed in words", () => {
  const content = changedPicture(
    { src: a, width: 320, ratio: 2 },
    { src: a, width: null, caption: "The house", ratio: 1 },
  );
  expect(splitPictures(content).content).toBe(content);
  const compared = comparedText(documentSchema(), content);
  expect(compared.doc.childCount).toBe(1);
  expect(compared.changes[0]?.differences.toSorted()).toEqual([
    "caption: The house → none",
    "width: none → 320",
  ]);
});

test("pictures that came and went are marked as blocks", () => {
  const change = (kind: string, n: number) => ({ kind, n, by: 0, at: null });
  const content = [
    { type: "image", attrs: { src: a }, change: change("deleted", 1) },
    { type: "image", attrs: { src: b }, change: change("inserted", 2) },
  ];
  const compared = comparedText(documentSchema(), { type: "doc", content } as unknown as DiffNode);
  expect(compared.pieces).toMatchObject([
    { from: 0, to: 1, shape: "block", kind: "deleted" },
    { from: 1, to: 2, shape: "block", kind: "inserted" },
  ]);
  expect(compared.changes.map(({ deletes }) => deletes)).toEqual([true, false]);
});

test("what comes from another document refers to copies, and what has none is left out", () => {
  const schema = documentSchema();
  const doc = schema.nodeFromJSON({
    type: "doc",
    content: [
      { type: "paragraph", content: [{ type: "text", text: `asset:${"c".repeat(22)}` }] },
      {
        type: "blockquote",
        content: [{ type: "image", attrs: { src: a, alt: "old" } }, { type: "paragraph" }],
      },
      { type: "file", attrs: { src: b, name: "x.pdf" } },
      { type: "image", attrs: { src: "https://pictures.example/x.png" } },
    ],
  });
  const slice = new Slice(doc.content, 0, 0);
  expect(assetsIn(slice)).toEqual(["a".repeat(22), "b".repeat(22)]);
  const copy = `asset:${"d".repeat(22)}`;
  const brought = withAssets(slice, new Map([["a".repeat(22), copy]]));
  expect(brought.content.toJSON()).toMatchObject([
    { type: "paragraph" },
    {
      type: "blockquote",
      content: [{ type: "image", attrs: { src: copy, alt: "old" } }, { type: "paragraph" }],
    },
    { type: "image", attrs: { src: "https://pictures.example/x.png" } },
  ]);
});

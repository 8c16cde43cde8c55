import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { joined } from "../src/assets/announced.ts";
import { assetLimits, judgePicture } from "../src/assets/judging.ts";
import { kindOf, type PictureType } from "../src/assets/kinds.ts";
import { readRange } from "../src/assets/range.ts";
import { assetIdsIn } from "../src/assets/references.ts";
import {
  avif,
  bytes,
  exif,
  gif,
  gifComment,
  jpeg,
  jpegSegment,
  pictures,
  png,
  pngChunk,
  u16,
  u32,
  webp,
  webpChunk,
} from "./support/pictures.ts";

const kinds = Object.entries(pictures).map(([name, make]) => [`image/${name}` as PictureType, make] as const);

describe("what the bytes of a picture say", () => {
  it("[WK80] each kind of picture is known by its first bytes, whatever it is called, and says its size", () => {
    for (const [type, make] of kinds) {
      for (const [width, height] of [
        [1, 1],
        [640, 480],
        [4096, 31],
      ] as const) {
        const picture = make(width, height);
        expect(kindOf(picture, "notes.txt")).toEqual({ kind: "picture", type });
        const judged = judgePicture(type, picture);
        expect(judged, type).toMatchObject({ kind: "kept", width, height });
        expect(judged.kind === "kept" && joined(judged.parts), type).toEqual(picture);
      }
    }
  });

  it("[WK81] one that is cut off anywhere is refused, and what stands behind its end is left out", () => {
    for (const [type, make] of kinds) {
      const picture = make(40, 30);
      for (let length = 0; length < picture.length; length++)
        expect(judgePicture(type, picture.slice(0, length)).kind, `${type} cut at ${length}`).toBe("refused");
      if (type === "image/avif") continue;
      const polyglot = bytes(picture, "<script>alert(1)</script>PK\u0003\u0004");
      const judged = judgePicture(type, polyglot);
      expect(judged.kind === "kept" && joined(judged.parts), type).toEqual(picture);
    }
  });

  it("[WK82] what would take too much memory to show is refused by what it says of itself", () => {
    for (const [type, make] of kinds) {
      for (const [width, height] of [
        [16_385, 1],
        [16_000, 16_000],
      ] as const) {
        if (type === "image/webp" && width > 16_384) continue;
        const judged = judgePicture(type, make(width, height));
        expect(judged, type).toMatchObject({ kind: "refused" });
        expect(judged.kind === "refused" && judged.sentence).toContain(`${width} × ${height} pixels`);
      }
      if (type !== "image/webp" && type !== "image/avif")
        expect(judgePicture(type, make(0, 5)).kind, type).toBe("refused");
    }
    const inside = webp(16, 16).slice();
    const lossless = webp(16_000, 16_000).slice(30);
    const lying = bytes(inside.slice(0, 30), lossless);
    expect(judgePicture("image/webp", lying)).toMatchObject({ kind: "refused" });
    expect(assetLimits.pixels).toBeLessThan(16_000 * 16_000);
  });

  it("[WK83] where, when and with what a picture was taken is not kept, how it was held is", () => {
    const told = "GPS 52.5200N";
    const comment = jpegSegment(0xfe, bytes(told));
    const profile = jpegSegment(0xe2, bytes("ICC_PROFILE\0", 1, 1, "colours"));
    const cases = [
      ["image/jpeg", jpeg(40, 30, [exif(6), comment, profile]), 30, 40],
      ["image/jpeg", jpeg(40, 30, [exif(1), comment, profile]), 40, 30],
      ["image/png", png(40, 30, [pngChunk("eXIf", bytes(told)), pngChunk("tEXt", bytes(told))]), 40, 30],
      ["image/gif", gif(40, 30, [gifComment(told)]), 40, 30],
      ["image/webp", webp(40, 30, [webpChunk("EXIF", bytes(told)), webpChunk("XMP ", bytes(told))]), 40, 30],
    ] as const;
    for (const [type, picture, width, height] of cases) {
      expect(textOf(picture)).toContain(told);
      const judged = judgePicture(type, picture);
      if (judged.kind !== "kept") throw new Error(judged.sentence);
      expect(judged).toMatchObject({ width, height });
      const kept = joined(judged.parts);
      expect(textOf(kept), type).not.toContain(told);
      expect(judgePicture(type, kept), type).toMatchObject({ kind: "kept", width, height });
      if (type === "image/jpeg") expect(textOf(kept)).toContain("ICC_PROFILE\0");
    }
    expect(textOf(joined(partsOf("image/webp", cases[4][1]))).includes("EXIF")).toBe(false);
  });

  it("[WK84] any bytes are read to a size or refused, quickly, and never throw", () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...kinds),
        fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 }),
        fc.nat(400),
        fc.uint8Array({ maxLength: 40 }),
      )
      .map(([[type, make], changes, length, tail]) => {
        const picture = bytes(make(40, 30), tail);
        for (const [at, value] of changes) if (at < picture.length) picture[at] = value;
        return [type, length < 200 ? picture.slice(0, length) : picture] as const;
      });
    fc.assert(
      fc.property(mutated, ([type, picture]) => {
        const judged = judgePicture(type, picture);
        if (judged.kind === "refused") return;
        expect(judged.width * judged.height).toBeLessThanOrEqual(assetLimits.pixels);
        // what is kept is such a picture itself
        expect(judgePicture(type, joined(judged.parts))).toMatchObject({
          width: judged.width,
          height: judged.height,
        });
      }),
      { numRuns: 4_000, seed: 7 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.constantFrom(...kinds), (any, [type]) => {
        judgePicture(type, any);
        kindOf(any, "x");
      }),
      { numRuns: 3_000, seed: 8 },
    );
  });

  it("[WK84] a million empty pieces take no time that grows with their square", () => {
    const pieces = new Uint8Array(12 * 200_000);
    for (let at = 0; at < pieces.length; at += 12) pieces.set(pngChunk("aaaa"), at);
    const start = performance.now();
    expect(judgePicture("image/png", png(4, 4, [pieces]))).toMatchObject({ kind: "kept" });
    expect(
      judgePicture("image/gif", bytes(gif(2, 2).slice(0, 19), new Uint8Array(4_000_000).fill(0x21))),
    ).toMatchObject({ kind: "refused" });
    expect(judgePicture("image/jpeg", bytes(0xff, 0xd8, new Uint8Array(4_000_000).fill(0xff)))).toMatchObject(
      { kind: "refused" },
    );
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});

describe("what a file is", () => {
  it("[WK85] files of the list are known by their bytes, and the name decides only between those that begin alike", () => {
    const zip = bytes("PK", 3, 4, new Uint8Array(30));
    const text = (content: string) => new TextEncoder().encode(content);
    const ftyp = (brand: string) => bytes(u32(16), "ftyp", brand, u32(0), "mp41");
    for (const [head, name, type] of [
      [bytes("%PDF-1.7\n"), "svg.svg", "application/pdf"],
      [zip, "a.zip", "application/zip"],
      [zip, "a.DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
      [zip, "a.html", "application/zip"],
      [bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]), "a.xls", "application/vnd.ms-excel"],
      [text("a,b\n1,2\n"), "a.csv", "text/csv"],
      [text("# Plan"), "a.md", "text/markdown"],
      [text("a < b and b > c"), "a.html", "text/plain"],
      [bytes(u32(0x1a45dfa3), 0x9f, 0x42, 0x82, 0x84, "webm"), "", "video/webm"],
      [ftyp("isom"), "", "video/mp4"],
      [ftyp("M4A "), "", "audio/mp4"],
      [ftyp("qt  "), "", "video/quicktime"],
      [bytes("ID3", 4, 0), "", "audio/mpeg"],
      [bytes(0xff, 0xfb, 0x90, 0x64), "", "audio/mpeg"],
      [bytes("OggS", 0), "", "audio/ogg"],
      [bytes("RIFF", u32(0), "WAVEfmt "), "", "audio/wav"],
      [bytes("fLaC"), "", "audio/flac"],
      [bytes("{\\rtf1"), "", "application/rtf"],
    ] as const) {
      expect(kindOf(head, name), `${name} ${type}`).toEqual({ kind: "file", type });
    }
  });

  it("[WK86] drawings and pages that could run, programs and what is not known are refused under any name", () => {
    const text = (content: string) => new TextEncoder().encode(content);
    for (const head of [
      text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      text('<?xml version="1.0"?><svg/>'),
      text("\ufeff  \n<!DOCTYPE html><p>"),
      text("<HTML><script>"),
      text("words first, then <svg onload=alert(1)>"),
      text("<!-- --><html>"),
      bytes("MZ", u16(0), new Uint8Array(60)),
      bytes(0x7f, "ELF", new Uint8Array(12)),
      bytes("#!/bin/sh\0"),
      bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      bytes("RIFF", u32(0), "AVI LIST"),
      bytes([0xc3, 0x28, 0xa0, 0xa1]),
      bytes("BM", u32(70)),
      new Uint8Array(0),
    ]) {
      for (const name of ["", "a.png", "a.txt", "a.md", "a.pdf", "a.svg"])
        expect(kindOf(head, name), `${textOf(head).slice(0, 30)} as ${name}`).toEqual({ kind: "other" });
    }
  });

  it("[WK87] a part is what was asked for, cut at the end, and nonsense asks for everything", () => {
    expect(readRange("bytes=0-3", 10)).toEqual({ offset: 0, length: 4 });
    expect(readRange("bytes=4-", 10)).toEqual({ offset: 4, length: 6 });
    expect(readRange("bytes=-3", 10)).toEqual({ offset: 7, length: 3 });
    expect(readRange("bytes=-30", 10)).toEqual({ offset: 0, length: 10 });
    expect(readRange("bytes=9-99", 10)).toEqual({ offset: 9, length: 1 });
    expect(readRange("bytes=10-", 10)).toBe("unsatisfiable");
    expect(readRange("bytes=-0", 10)).toBe("unsatisfiable");
    for (const header of ["bytes=5-2", "bytes=0-1,3-4", "items=0-1", "bytes=-", "bytes=a-b", ""])
      expect(readRange(header, 10), header).toBeNull();
  });
});

describe("references", () => {
  it("[WK88] files are found in updates by their ids, wherever they stand", () => {
    const [a, b] = ["0123456789ABCDEFGHIJKL", "zyxwvutsrqponmlkjihgfe"];
    const update = bytes(1, 2, `asset:${a}`, 0xff, 0, "asset:short", `asset:asset:${b}`, "asset:", "a:b:");
    expect([...assetIdsIn(update)]).toEqual([a, b]);
    expect([...assetIdsIn(bytes(`asset:${a.slice(1)}`))]).toEqual([]);
    expect([...assetIdsIn(new Uint8Array(0))]).toEqual([]);
  });
});

function partsOf(type: PictureType, picture: Uint8Array): readonly Uint8Array[] {
  const judged = judgePicture(type, picture);
  if (judged.kind === "refused") throw new Error(judged.sentence);
  return judged.parts;
}

function textOf(content: Uint8Array): string {
  return Array.from(content, (byte) => String.fromCharCode(byte)).join("");
}

it("[WK80] the largest part of a picture of tiles is its size", () => {
  expect(judgePicture("image/avif", avif(900, 700))).toMatchObject({ width: 900, height: 700 });
});

import { expect, test } from "vitest";
import { digest, isSameDigest } from "../src/index.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("[PR15] the first 8 bytes of SHA-256, by the examples of FIPS 180-4", () => {
  expect(hex(digest(new Uint8Array()))).toBe("e3b0c44298fc1c14");
  expect(hex(digest(new TextEncoder().encode("abc")))).toBe("ba7816bf8f01cfea");
});

test("[PR15] the program for browsers says the same as the platform's, at every length around a block", async () => {
  // the same package serves Node its own hash and everybody else this one
  const served = import.meta.resolve("lib0/hash/sha256");
  const { digest: browsers } = await import(new URL("sha256.js", served).href);
  for (let length = 0; length < 200; length++) {
    const bytes = Uint8Array.from({ length }, (_, i) => i * 7 + length);
    expect(hex(browsers(bytes).slice(0, 8))).toBe(hex(digest(bytes)));
  }
});

test("[PR15] one bit more is another digest", () => {
  const bytes = new Uint8Array(100);
  const before = digest(bytes);
  bytes[50] = 1;
  expect(isSameDigest(before, digest(bytes))).toBe(false);
  bytes[50] = 0;
  expect(isSameDigest(before, digest(bytes))).toBe(true);
});

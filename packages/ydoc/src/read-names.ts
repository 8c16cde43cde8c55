import * as decoding from "lib0/decoding";
import { Refusal } from "./refusal.ts";
import type { UpdateLimits } from "./update-limits.ts";

const ROOT_NAME = /^[A-Za-z0-9_.:-]{1,64}$/;
/** As keys these change the prototype of the decoded object instead of setting a property. */
const FORBIDDEN_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/** The name of a root type. */
export function readRootName(input: decoding.Decoder): void {
  const name = decoding.readVarString(input);
  if (!ROOT_NAME.test(name) || FORBIDDEN_NAMES.has(name)) throw new Refusal("bad-name");
}

/** A map key, an attribute's or an element's name. */
export function readName(input: decoding.Decoder, limits: UpdateLimits): void {
  const name = decoding.readVarString(input);
  if (name.length > limits.maxNameLength || FORBIDDEN_NAMES.has(name)) throw new Refusal("bad-name");
}

/** A key inside a JSON value. */
export function checkKey(key: string): void {
  if (FORBIDDEN_NAMES.has(key)) throw new Refusal("bad-name");
}

export function skip(input: decoding.Decoder, bytes: number): void {
  if (bytes > input.arr.length - input.pos) throw new Refusal("malformed");
  input.pos += bytes;
}

export function skipString(input: decoding.Decoder): void {
  skip(input, decoding.readVarUint(input));
}

/** UTF-16 units of a string that is known to be UTF-8, without decoding it. */
export function readUnits(input: decoding.Decoder): number {
  const bytes = decoding.readVarUint(input);
  const from = input.pos;
  skip(input, bytes);
  let units = bytes;
  for (let i = from; i < input.pos; i++) {
    const byte = input.arr[i] as number;
    // a character of 2 bytes is one unit, of 3 bytes too, of 4 bytes two: the bytes behind the first count for none
    if ((byte & 0b1100_0000) === 0b1000_0000) units--;
    else if (byte >= 0b1111_0000) units++;
  }
  return units;
}

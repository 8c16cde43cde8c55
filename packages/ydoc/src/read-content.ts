import * as decoding from "lib0/decoding";
import { checkKey, readName, readUnits, skip, skipString } from "./read-names.ts";
import { Refusal } from "./refusal.ts";
import type { UpdateLimits } from "./update-limits.ts";

/** Yjs's number of text, whose length in clocks is its length in UTF-16 units. */
export const TEXT_REF = 4;
/** Yjs's number of a shared type: other structs can be inside it. */
export const TYPE_REF = 7;

/**
 * Reads the content of one item and tells its length in clocks. The numbers are Yjs's `contentRefs`.
 *
 * @param limits null for our own bytes: values were checked on their way in
 */
export function readContent(input: decoding.Decoder, ref: number, limits: UpdateLimits | null): number {
  switch (ref) {
    case 1: // deleted: only a length is left
      return decoding.readVarUint(input);
    case 2: {
      // JSON: a list of texts, each of which Yjs will parse
      const length = readCount(input);
      for (let i = 0; i < length; i++) readJSON(input, limits, true);
      return length;
    }
    case 3: // binary
      skipString(input);
      return 1;
    case TEXT_REF:
      return limits === null ? readUnits(input) : readTextLength(input);
    case 5: // embed
      readJSON(input, limits);
      return 1;
    case 6: // format: a mark's name and value
      readAnyName(input, limits);
      readJSON(input, limits);
      return 1;
    case TYPE_REF: {
      // XML elements (3) and hooks (5) carry a name; there are types 0 to 6
      const type = decoding.readVarUint(input);
      if (type > 6) throw new Refusal("bad-content");
      if (type === 3 || type === 5) readAnyName(input, limits);
      return 1;
    }
    case 8: {
      const length = readCount(input);
      for (let i = 0; i < length; i++) skipAny(input, limits, 0);
      return length;
    }
    default: // 9 is a subdocument: nothing here would ever load it; the rest does not exist
      throw new Refusal("bad-content");
  }
}

/** Decoding would build the text to tell its length; most text shows it by itself. @throws on broken UTF-8 */
function readTextLength(input: decoding.Decoder): number {
  const start = input.pos;
  const length = decoding.readVarUint(input);
  const end = input.pos + length;
  if (end > input.arr.length) throw new Refusal("malformed");
  for (let at = input.pos; at < end; at++) {
    if ((input.arr[at] as number) < 128) continue;
    input.pos = start;
    return decoding.readVarString(input).length;
  }
  input.pos = end;
  return length;
}

/** A number of things that follow, each at least one byte long. */
function readCount(input: decoding.Decoder): number {
  const count = decoding.readVarUint(input);
  if (count > input.arr.length - input.pos) throw new Refusal("malformed");
  return count;
}

function readAnyName(input: decoding.Decoder, limits: UpdateLimits | null): void {
  if (limits === null) skipString(input);
  else readName(input, limits);
}

/** @param inList where Yjs writes a missing value as "undefined", and does not parse that */
function readJSON(input: decoding.Decoder, limits: UpdateLimits | null, inList = false): void {
  if (limits === null) {
    skipString(input);
    return;
  }
  const text = decoding.readVarString(input);
  if (!inList || text !== "undefined") checkJSON(text, limits);
}

function checkJSON(text: string, limits: UpdateLimits): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Refusal("bad-content");
  }
  checkValue(value, limits, 0);
}

function checkValue(value: unknown, limits: UpdateLimits, depth: number): void {
  if (typeof value !== "object" || value === null) return;
  if (depth >= limits.maxDepth) throw new Refusal("too-deep");
  if (Array.isArray(value)) {
    // without Object.keys: its list of index names would take several times the memory of the array
    for (const element of value) checkValue(element, limits, depth + 1);
    return;
  }
  for (const key of Object.keys(value)) {
    checkKey(key);
    checkValue((value as Record<string, unknown>)[key], limits, depth + 1);
  }
}

/** Walks one value of lib0's `any` encoding (`lib0/decoding` `readAny`) without building it. */
function skipAny(input: decoding.Decoder, limits: UpdateLimits | null, depth: number): void {
  if (limits !== null && depth > limits.maxDepth) throw new Refusal("too-deep");
  if (!decoding.hasContent(input)) throw new Refusal("malformed");
  switch (decoding.readUint8(input)) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      decoding.readVarInt(input);
      return;
    case 124:
      skip(input, 4);
      return;
    case 123:
    case 122:
      skip(input, 8);
      return;
    case 119:
      if (limits === null) skipString(input);
      else decoding.readVarString(input);
      return;
    case 118: {
      const size = readCount(input);
      for (let i = 0; i < size; i++) {
        if (limits === null) skipString(input);
        else checkKey(decoding.readVarString(input));
        skipAny(input, limits, depth + 1);
      }
      return;
    }
    case 117: {
      const size = readCount(input);
      for (let i = 0; i < size; i++) skipAny(input, limits, depth + 1);
      return;
    }
    case 116:
      skipString(input);
      return;
    default:
      throw new Refusal("bad-content");
  }
}

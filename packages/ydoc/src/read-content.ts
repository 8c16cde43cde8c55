import * as decoding from "lib0/decoding";
import { readName } from "./read-update.ts";
import { Refusal } from "./refusal.ts";
import type { UpdateLimits } from "./update-limits.ts";

interface Content {
  readonly length: number;
  readonly isType: boolean;
  readonly text: number;
}

const single: Content = { length: 1, isType: false, text: 0 };

/** Reads the content of one item and tells its length in clocks. The numbers are Yjs's `contentRefs`. */
export function readContent(input: decoding.Decoder, ref: number, limits: UpdateLimits): Content {
  switch (ref) {
    case 1: // deleted: only a length is left
      return { length: decoding.readVarUint(input), isType: false, text: 0 };
    case 2: {
      // JSON: a list of texts, each of which Yjs will parse
      const length = readCount(input);
      for (let i = 0; i < length; i++) {
        const text = decoding.readVarString(input);
        if (text !== "undefined") checkJSON(text, limits);
      }
      return { length, isType: false, text: 0 };
    }
    case 3: // binary
      skip(input, decoding.readVarUint(input));
      return single;
    case 4: {
      const text = decoding.readVarString(input).length;
      return { length: text, isType: false, text };
    }
    case 5: // embed
      checkJSON(decoding.readVarString(input), limits);
      return single;
    case 6: // format: a mark's name and value
      readName(input, limits);
      checkJSON(decoding.readVarString(input), limits);
      return single;
    case 7: {
      // a shared type: XML elements (3) and hooks (5) carry a name; there are types 0 to 6
      const type = decoding.readVarUint(input);
      if (type > 6) throw new Refusal("bad-content");
      if (type === 3 || type === 5) readName(input, limits);
      return { length: 1, isType: true, text: 0 };
    }
    case 8: {
      const length = readCount(input);
      for (let i = 0; i < length; i++) skipAny(input, limits, 0);
      return { length, isType: false, text: 0 };
    }
    default: // 9 is a subdocument: nothing here would ever load it; the rest does not exist
      throw new Refusal("bad-content");
  }
}

/** A number of things that follow, each at least one byte long. */
function readCount(input: decoding.Decoder): number {
  const count = decoding.readVarUint(input);
  if (count > input.arr.length - input.pos) throw new Refusal("malformed");
  return count;
}

function skip(input: decoding.Decoder, bytes: number): void {
  if (bytes > input.arr.length - input.pos) throw new Refusal("malformed");
  input.pos += bytes;
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

function checkKey(key: string): void {
  if (key === "__proto__" || key === "constructor" || key === "prototype") throw new Refusal("bad-name");
}

/** Walks one value of lib0's `any` encoding (`lib0/decoding` `readAny`) without building it. */
function skipAny(input: decoding.Decoder, limits: UpdateLimits, depth: number): void {
  if (depth > limits.maxDepth) throw new Refusal("too-deep");
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
      decoding.readVarString(input);
      return;
    case 118: {
      const size = readCount(input);
      for (let i = 0; i < size; i++) {
        checkKey(decoding.readVarString(input));
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
      skip(input, decoding.readVarUint(input));
      return;
    default:
      throw new Refusal("bad-content");
  }
}

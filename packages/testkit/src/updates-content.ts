import * as encoding from "lib0/encoding";
import { encodeBytes, type RawId, type RawItem } from "./updates-raw.ts";

type Content = Pick<RawItem, "ref" | "content" | "length">;

/** Contents of items, by the names that Yjs gives them. */
export const content = {
  deleted: (length: number): Content => ({
    ref: 1,
    length,
    content: encodeBytes((out) => encoding.writeVarUint(out, length)),
  }),
  json: (...texts: string[]): Content => ({
    ref: 2,
    length: texts.length,
    content: encodeBytes((out) => {
      encoding.writeVarUint(out, texts.length);
      for (const text of texts) encoding.writeVarString(out, text);
    }),
  }),
  binary: (bytes: Uint8Array): Content => ({
    ref: 3,
    length: 1,
    content: encodeBytes((out) => encoding.writeVarUint8Array(out, bytes)),
  }),
  string: (text: string): Content => ({
    ref: 4,
    length: text.length,
    content: encodeBytes((out) => encoding.writeVarString(out, text)),
  }),
  embed: (json: string): Content => ({
    ref: 5,
    length: 1,
    content: encodeBytes((out) => encoding.writeVarString(out, json)),
  }),
  format: (key: string, json: string): Content => ({
    ref: 6,
    length: 1,
    content: encodeBytes((out) => {
      encoding.writeVarString(out, key);
      encoding.writeVarString(out, json);
    }),
  }),
  /** 0 array, 1 map, 2 text, 3 element, 4 fragment, 5 hook, 6 XML text; 3 and 5 have a name. */
  type: (kind: number, name = "p"): Content => ({
    ref: 7,
    length: 1,
    content: encodeBytes((out) => {
      encoding.writeVarUint(out, kind);
      if (kind === 3 || kind === 5) encoding.writeVarString(out, name);
    }),
  }),
  any: (...values: encoding.AnyEncodable[]): Content => ({
    ref: 8,
    length: values.length,
    content: encodeBytes((out) => {
      encoding.writeVarUint(out, values.length);
      for (const value of values) encoding.writeAny(out, value);
    }),
  }),
  subdocument: (guid: string): Content => ({
    ref: 9,
    length: 1,
    content: encodeBytes((out) => {
      encoding.writeVarString(out, guid);
      encoding.writeAny(out, {});
    }),
  }),
};

/** An item that stands first under a root type, unless told otherwise. */
export function item(what: Content, place: Partial<RawItem> = {}): RawItem {
  return {
    kind: "item",
    origin: null,
    rightOrigin: null,
    parent: "default",
    parentSub: null,
    ...what,
    ...place,
  };
}

export function id(client: number, clock: number): RawId {
  return { client, clock };
}

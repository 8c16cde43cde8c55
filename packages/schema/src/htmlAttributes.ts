import { decodeNamedCharacterReference } from "decode-named-character-reference";
import type { AttributeSource } from "./attributeSource.ts";

function decode(value: string): string {
  return value.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z0-9]{1,31}));/g, (whole, ...found) => {
    const [decimal, hexadecimal, name] = found as (string | undefined)[];
    if (name !== undefined) return decodeNamedCharacterReference(name) || whole;
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "\ufffd";
  });
}

/** The attributes of one tag as it stands in a text, without a DOM: names in lower case, values decoded, the first wins. */
export function htmlAttributes(tag: string): AttributeSource {
  const found = new Map<string, string>();
  const inside = tag.replace(/^<[A-Za-z][A-Za-z0-9-]*/, "");
  const each = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g;
  for (const [, name = "", double, single, bare] of inside.matchAll(each)) {
    const key = name.toLowerCase();
    if (!found.has(key)) found.set(key, decode(double ?? single ?? bare ?? ""));
  }
  return { getAttribute: (name) => found.get(name) ?? null };
}

import * as encoding from "lib0/encoding";
import * as Y from "yjs";

/** Writers for V1 updates that Yjs itself would never write: forged, broken, or hand-made for one rule. */
export interface RawId {
  readonly client: number;
  readonly clock: number;
}

export interface RawItem {
  readonly kind: "item";
  readonly origin: RawId | null;
  readonly rightOrigin: RawId | null;
  /** A root type's name, or the item that holds the parent type. Written only when both origins are null. */
  readonly parent: string | RawId | null;
  readonly parentSub: string | null;
  /** Number of the content's kind, 1 to 9. */
  readonly ref: number;
  readonly content: Uint8Array;
  /** Clocks that the content takes. */
  readonly length: number;
}

export type RawStruct = RawItem | { readonly kind: "gc" | "skip"; readonly length: number };

export interface RawSection {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly RawStruct[];
}

export interface RawRange extends RawId {
  readonly length: number;
}

export interface RawUpdate {
  readonly sections: readonly RawSection[];
  readonly deletes: readonly RawRange[];
}

export function writeRaw({ sections, deletes }: RawUpdate): Uint8Array {
  return encodeBytes((out) => {
    encoding.writeVarUint(out, sections.length);
    for (const { client, clock, structs } of sections) {
      encoding.writeVarUint(out, structs.length);
      encoding.writeVarUint(out, client);
      encoding.writeVarUint(out, clock);
      for (const struct of structs) writeStruct(out, struct);
    }
    const clients = [...new Set(deletes.map(({ client }) => client))];
    encoding.writeVarUint(out, clients.length);
    for (const client of clients) {
      const ranges = deletes.filter((range) => range.client === client);
      encoding.writeVarUint(out, client);
      encoding.writeVarUint(out, ranges.length);
      for (const { clock, length } of ranges) {
        encoding.writeVarUint(out, clock);
        encoding.writeVarUint(out, length);
      }
    }
  });
}

/** The same update as a value that can be changed piece by piece. Reads with Yjs's own decoder. */
export function parseRaw(update: Uint8Array): RawUpdate {
  const { structs, ds } = Y.decodeUpdate(update);
  const sections: { client: number; clock: number; structs: RawStruct[] }[] = [];
  for (const struct of structs) {
    const { client, clock } = struct.id;
    let section = sections.at(-1);
    if (section?.client !== client) {
      section = { client, clock, structs: [] };
      sections.push(section);
    }
    section.structs.push(toRawStruct(struct));
  }
  const deletes = [...ds.clients].flatMap(([client, ranges]) =>
    ranges.map(({ clock, len }) => ({ client, clock, length: len })),
  );
  return { sections, deletes };
}

export function encodeBytes(write: (out: encoding.Encoder) => void): Uint8Array {
  const out = encoding.createEncoder();
  write(out);
  return encoding.toUint8Array(out);
}

function toRawStruct(struct: Y.Item | Y.GC | { readonly length: number }): RawStruct {
  if (struct instanceof Y.GC) return { kind: "gc", length: struct.length };
  if (!(struct instanceof Y.Item)) return { kind: "skip", length: struct.length };
  const encoder = new Y.UpdateEncoderV1();
  struct.content.write(encoder, 0);
  return {
    kind: "item",
    origin: struct.origin,
    rightOrigin: struct.rightOrigin,
    // an item that was only decoded carries a name or an id here, never a type
    parent: struct.parent as unknown as string | RawId | null,
    parentSub: struct.parentSub,
    ref: struct.content.getRef(),
    content: encoder.toUint8Array(),
    length: struct.length,
  };
}

function writeStruct(out: encoding.Encoder, struct: RawStruct): void {
  if (struct.kind !== "item") {
    encoding.writeUint8(out, struct.kind === "gc" ? 0 : 10);
    encoding.writeVarUint(out, struct.length);
    return;
  }
  const { origin, rightOrigin, parent, parentSub, ref, content } = struct;
  const flags = (origin ? 0x80 : 0) | (rightOrigin ? 0x40 : 0) | (parentSub === null ? 0 : 0x20);
  encoding.writeUint8(out, flags | ref);
  if (origin) writeId(out, origin);
  if (rightOrigin) writeId(out, rightOrigin);
  if (!origin && !rightOrigin) {
    if (typeof parent === "string") {
      encoding.writeVarUint(out, 1);
      encoding.writeVarString(out, parent);
    } else {
      encoding.writeVarUint(out, 0);
      writeId(out, parent ?? { client: 0, clock: 0 });
    }
    if (parentSub !== null) encoding.writeVarString(out, parentSub);
  }
  encoding.writeUint8Array(out, content);
}

function writeId(out: encoding.Encoder, { client, clock }: RawId): void {
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, clock);
}

import * as encoding from "lib0/encoding";

/**
 * Updates that together are a document of `count` short paragraphs (an element, a text in it, characters in that),
 * as one client writes them who inserts each behind the one before. Written byte by byte: as a `Y.Doc` it would take
 * 1.5 kB for each.
 */
export function* paragraphUpdates(
  client: number,
  count: number,
  perUpdate: number,
): Generator<Uint8Array<ArrayBuffer>> {
  let clock = 0;
  let previous: number | null = null;
  for (let at = 0; at < count; at += perUpdate) {
    const paragraphs = Math.min(perUpdate, count - at);
    const out = encoding.createEncoder();
    for (const number of [1, paragraphs * 3, client, clock]) encoding.writeVarUint(out, number);
    for (let i = at; i < at + paragraphs; i++) {
      const element: number = clock;
      const text = textOf(i);
      if (previous === null) {
        encoding.writeUint8(out, 7);
        encoding.writeVarUint(out, 1);
        encoding.writeVarString(out, "default");
      } else {
        encoding.writeUint8(out, 7 | 0b1000_0000);
        writeId(out, client, previous);
      }
      encoding.writeVarUint(out, 3);
      encoding.writeVarString(out, "paragraph");
      writeChild(out, 7, client, element);
      encoding.writeVarUint(out, 6);
      writeChild(out, 4, client, element + 1);
      encoding.writeVarString(out, text);
      previous = element;
      clock += 2 + text.length;
    }
    encoding.writeVarUint(out, 0);
    yield encoding.toUint8Array(out) as Uint8Array<ArrayBuffer>;
  }
}

export function textOf(paragraph: number): string {
  return (paragraph % 1296).toString(36).padStart(3, "-");
}

function writeChild(out: encoding.Encoder, ref: number, client: number, parent: number): void {
  encoding.writeUint8(out, ref);
  encoding.writeVarUint(out, 0);
  writeId(out, client, parent);
}

function writeId(out: encoding.Encoder, client: number, clock: number): void {
  encoding.writeVarUint(out, client);
  encoding.writeVarUint(out, clock);
}

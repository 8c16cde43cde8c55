import { joined } from "../assets/announced.ts";
import type { FileLine } from "./format.ts";
import { Unreadable } from "./read-lines.ts";

/** A file that comes in parts: one at a time is in memory, and none is larger than one that somebody brings. */
export class ReceivedFile {
  readonly line: FileLine;
  readonly #parts: Uint8Array[] = [];
  #bytes = 0;

  constructor(line: FileLine) {
    this.line = line;
  }

  get isWhole(): boolean {
    return this.#parts.length === this.line.parts;
  }

  add(text: string, line: number): void {
    let bytes: Uint8Array;
    try {
      bytes = Uint8Array.fromBase64(text, { lastChunkHandling: "strict" });
    } catch {
      throw new Unreadable(line, "its bytes are not base64");
    }
    this.#bytes += bytes.length;
    if (this.#bytes > this.line.size) throw new Unreadable(line, "the file is larger than was said");
    this.#parts.push(bytes);
  }

  content(line: number): Uint8Array {
    if (this.#bytes !== this.line.size) throw new Unreadable(line, "the file is smaller than was said");
    return joined(this.#parts);
  }
}

/** Bytes that grow at the end. Ranges of other arrays are copied at once, numbers as lib0 writes them. */
export class ByteWriter {
  #bytes: Uint8Array;
  length = 0;

  /** @param capacity how many bytes it holds before it has to be copied into something larger */
  constructor(capacity = 64) {
    this.#bytes = new Uint8Array(capacity);
  }

  writeRange(source: Uint8Array, from: number, to: number): void {
    this.#reserve(to - from);
    // a view for each of many short ranges costs more than the bytes
    if (to - from > 64) this.#bytes.set(source.subarray(from, to), this.length);
    else for (let i = from; i < to; i++) this.#bytes[this.length + i - from] = source[i] as number;
    this.length += to - from;
  }

  writeByte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.length++] = value;
  }

  /** An unsigned integer, 7 bits to a byte, the lowest first. */
  writeVarUint(value: number): void {
    let rest = value;
    for (; rest > 0b111_1111; rest = Math.floor(rest / 128))
      this.writeByte(0b1000_0000 | (rest & 0b111_1111));
    this.writeByte(rest);
  }

  /** Puts `front` before what stands behind `at`. */
  insert(at: number, front: Uint8Array): void {
    this.#reserve(front.length);
    this.#bytes.copyWithin(at + front.length, at, this.length);
    this.#bytes.set(front, at);
    this.length += front.length;
  }

  clear(): void {
    this.length = 0;
  }

  /** What was written. Not a copy, unless the capacity was a poor guess: a large one would take its memory twice. */
  finish(): Uint8Array {
    return this.length * 8 < this.#bytes.length * 7 ? this.view().slice() : this.view();
  }

  /** A view: it changes when this is written on. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.length);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.length + more));
    larger.set(this.view());
    this.#bytes = larger;
  }
}

/**
 * How many shared types each struct of one client lies in, as far as an update tells: five bytes for each struct, where
 * a large paste has a million of them.
 */
export class Depths {
  readonly #starts: Uint32Array;
  readonly #depths: Uint8Array;
  #count = 0;

  /** @param most how many structs can come; depths are below 256 */
  constructor(most: number) {
    this.#starts = new Uint32Array(most);
    this.#depths = new Uint8Array(most);
  }

  /** Takes in the next struct; clocks ascend. */
  push(clock: number, depth: number): void {
    this.#starts[this.#count] = clock;
    this.#depths[this.#count] = depth;
    this.#count++;
  }

  /** The depth of the struct that holds a clock; 0 for one that was there before. */
  at(clock: number): number {
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] as number) <= clock) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : (this.#depths[low - 1] as number);
  }

  has(clock: number): boolean {
    return this.#count > 0 && (this.#starts[0] as number) <= clock;
  }
}

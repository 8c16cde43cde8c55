import type { Seq, ServerMessage } from "@palimpsest/protocol";

type Part = Extract<ServerMessage, { kind: "part" }>;

/** Document bytes that are ready to be applied; after them the reader has everything through `seq`. */
export interface Delivery {
  readonly seq: Seq;
  readonly update: Uint8Array;
}

/** Slices so far, of how many. */
export interface Progress {
  readonly received: number;
  readonly total: number;
}

export type Taken =
  | { readonly kind: "ready"; readonly deliveries: readonly Delivery[] }
  /** A slice was missed, doubled or contradicts the ones before: this connection cannot be trusted. */
  | { readonly kind: "broken" };

/**
 * Puts the slices of a stored state together, and holds back frames that overtake them: applied before their
 * base, they would lie in the document as pending structs.
 */
export class Intake {
  #slices: Uint8Array[] = [];
  #first: Part | null = null;
  #held: Delivery[] = [];

  get progress(): Progress | null {
    return this.#first === null ? null : { received: this.#slices.length, total: this.#first.count };
  }

  get isWhole(): boolean {
    return this.#first === null;
  }

  frames(delivery: Delivery): Taken {
    if (this.isWhole) return { kind: "ready", deliveries: [delivery] };
    this.#held.push(delivery);
    return { kind: "ready", deliveries: [] };
  }

  part(part: Part): Taken {
    const first = this.#first ?? part;
    const fits = part.index === this.#slices.length && part.index < part.count;
    if (!fits || part.count !== first.count || part.seq !== first.seq) return { kind: "broken" };
    this.#first = first;
    this.#slices.push(part.bytes);
    if (this.#slices.length < part.count) return { kind: "ready", deliveries: [] };
    const deliveries = [{ seq: part.seq, update: concatenate(this.#slices) }, ...this.#held];
    this.#slices = [];
    this.#first = null;
    this.#held = [];
    return { kind: "ready", deliveries };
  }
}

function concatenate(slices: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(slices.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const slice of slices) {
    whole.set(slice, offset);
    offset += slice.length;
  }
  return whole;
}

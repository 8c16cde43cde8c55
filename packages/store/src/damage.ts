import type { Seq } from "@palimpsest/history";

/** Something that is stored cannot be read any more. It is left as it is: somebody may still be able to mend it. */
export class Damage extends Error {
  override readonly name = "Damage";
  readonly part: "snapshot" | "log";
  /** The snapshot's position, or that of the first frame in the row. */
  readonly seq: Seq;
  /** The last frame in the row, as far as is known: what follows it may be whole. The snapshot's position for one. */
  readonly through: Seq;

  constructor(part: "snapshot" | "log", seq: Seq, through: Seq = seq, options?: ErrorOptions) {
    super(`the ${part} at ${seq} cannot be read`, options);
    this.part = part;
    this.seq = seq;
    this.through = through;
  }
}

import type { Seq } from "@palimpsest/history";

/** Something that is stored cannot be read any more. It is left as it is: somebody may still be able to mend it. */
export class Damage extends Error {
  override readonly name = "Damage";
  readonly part: "snapshot" | "log";
  /** The snapshot's position, or that of the first frame in the row. */
  readonly seq: Seq;

  constructor(part: "snapshot" | "log", seq: Seq, options?: ErrorOptions) {
    super(`the ${part} at ${seq} cannot be read`, options);
    this.part = part;
    this.seq = seq;
  }
}

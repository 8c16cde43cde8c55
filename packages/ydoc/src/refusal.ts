/** Why an update can never be accepted, whatever the document holds. */
export type RefusalReason =
  | "malformed"
  | "too-many-clients"
  | "too-many-structs"
  | "too-many-deletes"
  | "too-deep"
  | "bad-client"
  | "bad-clock"
  | "bad-name"
  | "bad-reference"
  | "bad-content";

/** Thrown and caught inside this package only. */
export class Refusal extends Error {
  readonly reason: RefusalReason;
  constructor(reason: RefusalReason) {
    super(reason);
    this.reason = reason;
  }
}

import type { UserId } from "@palimpsest/protocol";

/** How much may be used at once, and how much of it comes back in a second. */
export interface Allowance {
  readonly burst: number;
  readonly perSecond: number;
}

export interface PaceLimits {
  readonly messages: Allowance;
  readonly bytes: Allowance;
}

/**
 * What one person may send to one document: enough to put a book into it key by key at full speed, or to paste
 * pictures of text all day. Beyond that a program goes wild, and everybody else would wait for it.
 */
export const paceLimits: PaceLimits = {
  messages: { burst: 300_000, perSecond: 2_000 },
  bytes: { burst: 64 * 1024 * 1024, perSecond: 2 * 1024 * 1024 },
};

interface Bucket {
  messages: number;
  bytes: number;
  /** When it was filled up last, ms since the epoch. */
  at: number;
}

/** Counts what people send, over all of their connections: coming again does not begin anew. */
export class Pace {
  readonly #limits: PaceLimits;
  readonly #buckets = new Map<UserId, Bucket>();

  constructor(limits: PaceLimits) {
    this.#limits = limits;
  }

  /** @returns whether a message of so many bytes may be taken from this person now */
  take(user: UserId, bytes: number, now: number): boolean {
    const bucket = this.#bucketOf(user, now);
    if (bucket.messages < 1 || bucket.bytes < bytes) return false;
    bucket.messages--;
    bucket.bytes -= bytes;
    return true;
  }

  #bucketOf(user: UserId, now: number): Bucket {
    const { messages, bytes } = this.#limits;
    let bucket = this.#buckets.get(user);
    if (bucket === undefined) {
      bucket = { messages: messages.burst, bytes: bytes.burst, at: now };
      this.#buckets.set(user, bucket);
    }
    // a clock that was set back gives nothing, and takes nothing
    const seconds = Math.max(0, now - bucket.at) / 1_000;
    if (seconds > 0) {
      bucket.messages = Math.min(messages.burst, bucket.messages + seconds * messages.perSecond);
      bucket.bytes = Math.min(bytes.burst, bucket.bytes + seconds * bytes.perSecond);
    }
    bucket.at = now;
    return bucket;
  }
}

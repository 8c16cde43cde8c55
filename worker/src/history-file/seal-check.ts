import type { AuthorNo, NewFrame, Seq } from "@palimpsest/history";
import { CHAIN_START, encodeFrames, linkOf } from "@palimpsest/store";
import type { ReceivedFrame } from "../document/receiving.ts";

/** No stretch that was sealed is longer but for its last frame: a file without seals must not end up in memory. */
const MAX_BYTES = 2 * 1024 * 1024;
/** What a frame takes besides its update. */
const FRAME_BYTES = 100;

/**
 * Makes the chain of a file's seals again. It proves nothing to us, who have noted no link of it; but a frame that was
 * changed by somebody who did not make the links again is found, and the line named.
 */
export class SealCheck {
  /** Null where the frames that it goes back to are not there: then the next one is taken for right. */
  #link: Uint8Array | null;
  #frames: NewFrame[] = [];
  #bytes = 0;

  /** @param floor where the file's frames begin */
  constructor(floor: number) {
    this.#link = floor === 0 ? CHAIN_START : null;
  }

  add({ time, author, kind, target, update }: ReceivedFrame): void {
    if (this.#bytes > MAX_BYTES) {
      this.#link = null;
      this.#forget();
    }
    const base = { time, author: author as AuthorNo, update };
    this.#frames.push(
      kind === "restore" ? { ...base, kind, target: (target ?? 0) as Seq } : { ...base, kind },
    );
    this.#bytes += update.length + FRAME_BYTES;
  }

  /** @param link what the file says, in hex; null for what follows from before */
  closes(link: string | null): boolean {
    const made = this.#link === null ? null : linkOf(this.#link, encodeFrames(this.#frames, 0).bytes);
    this.#forget();
    const isRight = made === null || link === null || made.toHex() === link;
    this.#link = made ?? (link === null ? null : Uint8Array.fromHex(link));
    return isRight;
  }

  #forget(): void {
    this.#frames = [];
    this.#bytes = 0;
  }
}

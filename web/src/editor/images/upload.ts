import { ApiError, messageOf } from "../../app/api.ts";
import type { Size } from "./pictureSize.ts";
import { NotAPicture, preparePicture } from "./preparePicture.ts";
import { type SentAsset, sendAsset } from "./sendAsset.ts";
import { imagesText } from "./text.ts";

export type UploadState =
  | { readonly kind: "preparing" }
  | { readonly kind: "sending"; readonly part: number }
  /** The server cannot be reached; it is tried again by itself. */
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly sentence: string; readonly canRetry: boolean }
  | { readonly kind: "cancelled" }
  | { readonly kind: "done"; readonly asset: SentAsset; readonly size: Size | null };

const MOST_MB = 25;
const RETRY_MS = 5_000;

let count = 0;

/** One file on its way to a document: seen only by who brings it until it is there as a whole. */
export class Upload {
  readonly id = `upload-${++count}`;
  readonly file: File;
  readonly isPicture: boolean;
  readonly #documentId: string;
  readonly #onChange: (upload: Upload) => void;
  #state: UploadState = { kind: "preparing" };
  #abort = new AbortController();
  #timer: number | undefined;

  constructor(documentId: string, file: File, onChange: (upload: Upload) => void) {
    this.#documentId = documentId;
    this.file = file;
    this.isPicture = file.type.startsWith("image/");
    this.#onChange = onChange;
  }

  get state(): UploadState {
    return this.#state;
  }

  get name(): string {
    return this.file.name === "" ? imagesText.unnamed : this.file.name;
  }

  async start(): Promise<void> {
    if (this.#state.kind === "cancelled" || this.#state.kind === "done") return;
    this.#stopWaiting();
    this.#abort = new AbortController();
    this.#become({ kind: "preparing" });
    try {
      const { blob, size } = this.isPicture
        ? await preparePicture(this.file)
        : { blob: this.file, size: null };
      if (blob.size > MOST_MB * 1024 * 1024)
        throw new ApiError(413, "file-too-large", imagesText.tooLarge(MOST_MB));
      if (this.#abort.signal.aborted) return;
      this.#become({ kind: "sending", part: 0 });
      const asset = await sendAsset(this.#documentId, blob, this.file.name, {
        signal: this.#abort.signal,
        onProgress: (part) => this.#become({ kind: "sending", part }),
      });
      this.#become({ kind: "done", asset, size });
    } catch (error) {
      if (!this.#abort.signal.aborted) this.#fail(error);
    }
  }

  cancel(): void {
    if (this.#state.kind === "done") return;
    this.#stopWaiting();
    this.#become({ kind: "cancelled" });
    this.#abort.abort();
  }

  #fail(error: unknown): void {
    if (error instanceof ApiError && error.status === 0) {
      this.#become({ kind: "waiting" });
      window.addEventListener("online", this.#again);
      // the server may be away without the device noticing
      this.#timer = window.setTimeout(this.#again, RETRY_MS);
      return;
    }
    const canRetry = !(
      error instanceof ApiError &&
      error.status >= 400 &&
      error.status < 500 &&
      error.status !== 429
    );
    if (error instanceof NotAPicture)
      this.#become({ kind: "failed", sentence: imagesText.notDecoded, canRetry: false });
    else this.#become({ kind: "failed", sentence: messageOf(error), canRetry });
  }

  readonly #again = () => void this.start();

  #stopWaiting(): void {
    window.clearTimeout(this.#timer);
    window.removeEventListener("online", this.#again);
  }

  #become(state: UploadState): void {
    if (this.#state.kind === "cancelled") return;
    this.#state = state;
    this.#onChange(this);
  }
}

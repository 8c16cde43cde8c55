/** A body that has said how long it is. It is looked at first, then passed on, without ever being in memory as a whole. */
export class Announced {
  readonly length: number;
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  #read: Uint8Array[] = [];
  #bytes = 0;
  #isDone = false;

  constructor(body: ReadableStream<Uint8Array>, length: number) {
    this.length = length;
    this.#reader = body.getReader();
  }

  /** It ended before it was as long as it had said, or went on. */
  get isCut(): boolean {
    return this.#isDone && this.#bytes !== this.length;
  }

  /** At least so many bytes of its beginning, where it has as many. */
  async head(bytes: number): Promise<Uint8Array> {
    while (this.#bytes < bytes && (await this.#more()));
    return joined(this.#read).subarray(0, bytes);
  }

  /** All of it; null when it is cut off. */
  async whole(): Promise<Uint8Array | null> {
    while (await this.#more()) if (this.#bytes > this.length) return null;
    return this.isCut ? null : joined(this.#read);
  }

  /** All of it, as it comes. Reading it fails when it is cut off. */
  rest(): { readonly content: ReadableStream; readonly sent: Promise<void> } {
    const { readable, writable } = new FixedLengthStream(this.length);
    return { content: readable, sent: this.#pass(writable.getWriter()) };
  }

  async #pass(writer: WritableStreamDefaultWriter<Uint8Array>): Promise<void> {
    try {
      do for (const chunk of this.#read.splice(0)) await writer.write(chunk);
      while (await this.#more());
      await writer.close();
    } catch (error) {
      await writer.abort(error).catch(() => undefined);
      throw error;
    }
  }

  async #more(): Promise<boolean> {
    if (this.#isDone) return false;
    const { done, value } = await this.#reader.read();
    if (done) {
      this.#isDone = true;
      return false;
    }
    this.#read.push(value);
    this.#bytes += value.length;
    return true;
  }
}

export function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const [only] = chunks;
  if (chunks.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

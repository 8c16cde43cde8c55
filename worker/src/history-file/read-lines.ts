import { fileLimits } from "./format.ts";

/** Why a file cannot be read on, in the line that came next. */
export class Unreadable extends Error {
  readonly line: number;
  readonly sentence: string;
  readonly isTooLarge: boolean;
  constructor(line: number, sentence: string, isTooLarge = false) {
    super(sentence);
    this.line = line;
    this.sentence = sentence;
    this.isTooLarge = isTooLarge;
  }
}

/** Lines that came together. */
export interface Lines {
  /** The number of the first, from 1. */
  readonly first: number;
  readonly texts: readonly string[];
}

const NEWLINE = 0x0a;
const LAST_LINE = new TextEncoder().encode('{"end":');

/**
 * The lines of a packed history file, as they come in: nothing of it is in memory but the piece at hand and the line
 * that is not whole yet. A file that unpacks to more than it may is given up at that point, whatever it is packed to.
 *
 * @throws Unreadable
 */
export class LineReader {
  readonly #packed: ReadableStream<Uint8Array>;
  readonly #digest = new crypto.DigestStream("SHA-256");
  #read = 0;
  /** Of the line that is not whole. */
  #parts: Uint8Array[] = [];
  #partBytes = 0;
  #bytes = 0;
  #packedBytes = 0;
  #isLast = false;

  constructor(packed: ReadableStream<Uint8Array>) {
    this.#packed = packed;
  }

  async *lines(): AsyncGenerator<Lines> {
    const digest = this.#digest.getWriter();
    const unpacked = this.#packed.pipeThrough(this.#counted()).pipeThrough(gunzip()).getReader();
    try {
      for (;;) {
        const { done, value } = await this.#next(unpacked);
        if (done) break;
        this.#bytes += value.length;
        if (this.#bytes > fileLimits.bytes)
          throw this.#unreadable("the file unpacks to more than it may", true);
        const { texts, hashed } = this.#take(value);
        for (const bytes of hashed) await digest.write(bytes);
        if (texts.length > 0) yield { first: this.#read - texts.length + 1, texts };
      }
      if (this.#partBytes > 0) throw this.#unreadable("the file is cut off");
      await digest.close();
    } finally {
      await unpacked.cancel().catch(() => undefined);
      // an abandoned digest would be reported as a promise that nobody waited for
      this.#digest.digest.catch(() => undefined);
    }
  }

  /** SHA-256 of everything before the last line, in hex. Once all lines were read. */
  async sha256(): Promise<string> {
    return new Uint8Array(await this.#digest.digest).toHex();
  }

  /** The whole lines that a piece completes, and what of it goes into the sum. */
  #take(piece: Uint8Array): { readonly texts: string[]; readonly hashed: Uint8Array[] } {
    const texts: string[] = [];
    const carried = this.#parts;
    let from = 0;
    let hashedTo = 0;
    for (;;) {
      const to = piece.indexOf(NEWLINE, from);
      const rest = piece.subarray(from, to === -1 ? piece.length : to);
      this.#partBytes += rest.length;
      if (this.#partBytes > fileLimits.lineBytes) throw this.#unreadable("the line is too long", true);
      this.#parts = [...this.#parts, rest];
      if (to === -1) break;
      const line = joined(this.#parts, this.#partBytes);
      this.#parts = [];
      this.#partBytes = 0;
      this.#isLast ||= LAST_LINE.every((byte, i) => line[i] === byte);
      if (!this.#isLast) hashedTo = to + 1;
      texts.push(this.#decode(line));
      this.#read++;
      from = to + 1;
    }
    const before = carried === this.#parts ? [] : carried;
    return { texts, hashed: hashedTo === 0 ? [] : [...before, piece.subarray(0, hashedTo)] };
  }

  #decode(line: Uint8Array): string {
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(line);
    } catch {
      throw this.#unreadable("it is not text in UTF-8");
    }
  }

  async #next(reader: ReadableStreamDefaultReader<Uint8Array>) {
    try {
      return await reader.read();
    } catch (error) {
      if (error instanceof Unreadable) throw error;
      throw this.#unreadable("the file is cut off, damaged, or not packed as gzip");
    }
  }

  #counted(): TransformStream<Uint8Array, Uint8Array> {
    return new TransformStream({
      transform: (chunk, controller) => {
        this.#packedBytes += chunk.length;
        if (this.#packedBytes > fileLimits.packedBytes) throw this.#unreadable("the file is too large", true);
        controller.enqueue(chunk);
      },
    });
  }

  #unreadable(sentence: string, isTooLarge = false): Unreadable {
    return new Unreadable(this.#read + 1, sentence, isTooLarge);
  }
}

function gunzip(): ReadableWritablePair<Uint8Array, Uint8Array> {
  return new DecompressionStream("gzip") as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

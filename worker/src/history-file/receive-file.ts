import type { Identity } from "@palimpsest/protocol";
import type { BadLine, HistoryStart, Received } from "../document/receiving.ts";
import { FileCheck } from "./file-check.ts";
import type { FileLine } from "./format.ts";
import { type ParsedLine, parseLine } from "./parse-line.ts";
import { LineReader, Unreadable } from "./read-lines.ts";
import { ReceivedFile } from "./received-file.ts";
import { ReceivedPart } from "./received-part.ts";
import { SealCheck } from "./seal-check.ts";

/** The document that is being made. Each call is one of bounded size. */
export interface HistoryTarget {
  begin(start: Omit<HistoryStart, "documentId">): Promise<void>;
  take(part: Received): Promise<{ readonly ok: true } | BadLine>;
  /** @returns why the file cannot be kept; null when it is */
  takeFile(file: FileLine, content: Uint8Array): Promise<string | null>;
}

/**
 * Sends a history file to a new document, part by part, while it is read.
 *
 * @param now server time: nothing in the file can be later
 * @throws Unreadable with the line on account of which nothing is to be made
 */
export async function receiveFile(
  packed: ReadableStream<Uint8Array>,
  target: HistoryTarget,
  caller: Identity,
  now: number,
): Promise<void> {
  const reader = new LineReader(packed);
  const file = new FileReceiver(target, new FileCheck(caller, now), now);
  for await (const { first, texts } of reader.lines()) {
    for (const [index, text] of texts.entries()) await file.take(parseLine(text), first + index);
  }
  await file.finish(await reader.sha256());
}

class FileReceiver {
  readonly #target: HistoryTarget;
  readonly #check: FileCheck;
  readonly #now: number;
  #seals: SealCheck | null = null;
  #part = new ReceivedPart();
  #file: ReceivedFile | null = null;
  #line = 0;
  #sum: string | null = null;

  constructor(target: HistoryTarget, check: FileCheck, now: number) {
    this.#target = target;
    this.#check = check;
    this.#now = now;
  }

  async take(parsed: ParsedLine, line: number): Promise<void> {
    this.#line = line;
    const refused = this.#check.take(parsed);
    if (refused !== null) throw new Unreadable(line, refused);
    switch (parsed.kind) {
      case "bad":
        throw new Unreadable(line, parsed.sentence);
      case "header": {
        const { createdAt, floor } = parsed.line;
        this.#seals = new SealCheck(floor);
        await this.#target.begin({ createdAt: Math.min(Date.parse(createdAt), this.#now), floor });
        break;
      }
      case "author":
        this.#part.authors.push(this.#check.importedAuthor(parsed));
        break;
      case "version":
        this.#part.addVersion(parsed.line);
        break;
      case "restore":
        this.#part.addRestore(parsed.line, line);
        break;
      case "snapshot":
        this.#part.addSnapshot(parsed.line, line);
        break;
      case "frame":
        this.#seals?.add(this.#part.addFrame(parsed.line, line));
        break;
      case "seal":
        if (this.#seals?.closes(parsed.line.link) === false)
          throw new Unreadable(line, "the frames before it are not those that were sealed");
        break;
      case "file":
        this.#file = parsed.line.parts === 0 ? null : new ReceivedFile(parsed.line);
        break;
      case "part": {
        const file = this.#file;
        if (file === null) break;
        file.add(parsed.line.b, line);
        if (file.isWhole) await this.#sendFile(file);
        break;
      }
      case "end":
        this.#sum = parsed.line.sha256;
    }
    if (this.#part.isFull) await this.#send();
  }

  async finish(sum: string): Promise<void> {
    const refused = this.#check.finish();
    if (refused !== null) throw new Unreadable(this.#line + 1, refused);
    if (this.#sum !== sum)
      throw new Unreadable(this.#line, "the lines before it are not those that were summed up");
    await this.#send();
  }

  async #sendFile(file: ReceivedFile): Promise<void> {
    this.#file = null;
    const refused = await this.#target.takeFile(file.line, file.content(this.#line));
    if (refused !== null) throw new Unreadable(this.#line, refused);
  }

  async #send(): Promise<void> {
    const taken = await this.#target.take(this.#part.content);
    if (!taken.ok) throw new Unreadable(taken.line, taken.sentence);
    this.#part = new ReceivedPart();
  }
}

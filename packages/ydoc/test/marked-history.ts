import { collect, type Random } from "@palimpsest/testkit";
import * as Y from "yjs";
import {
  type ClientId,
  DeleteSet,
  deleteSetOf,
  type Move,
  Moved,
  materialize,
  personReversal,
  type Reverted,
  revert,
  rollBack,
  takeBackFrame,
} from "../src/index.ts";

/**
 * A history in which no character is written twice, with restores of all kinds between the edits: so a character can
 * be told to be the same one after it was inserted again.
 */
export class MarkedHistory {
  readonly frames: Uint8Array[] = [];
  readonly authors: number[] = [];
  readonly moves: (readonly Move[])[] = [];
  readonly restores: Uint8Array[] = [];
  readonly #random: Random;
  readonly #writers: Y.Doc[];
  readonly #received: number[];
  #marks = 0x4e00;

  constructor(random: Random, writers = 3) {
    this.#random = random;
    this.#writers = Array.from({ length: writers }, (_, i) => {
      const doc = new Y.Doc();
      doc.clientID = i + 1;
      doc.on("update", (update: Uint8Array, origin: unknown) => {
        if (origin === this) return;
        this.frames.push(update);
        this.authors.push(i);
      });
      return doc;
    });
    this.#received = this.#writers.map(() => 0);
  }

  present(): Y.Doc {
    return materialize(this.frames);
  }

  moved(): Moved {
    return new Moved(this.moves);
  }

  /** Somebody edits what they have received so far, which may be little. */
  edit(): void {
    const random = this.#random;
    const number = random.int(this.#writers.length);
    const doc = this.#writers[number] as Y.Doc;
    const received = this.#received[number] as number;
    const upTo = random.chance(0.5) ? this.frames.length : received;
    for (const frame of this.frames.slice(received, upTo)) Y.applyUpdate(doc, frame, this);
    this.#received[number] = upTo;
    doc.transact(() => this.#editSome(doc.getXmlFragment("default")));
  }

  #editSome(root: Y.XmlFragment): void {
    const random = this.#random;
    const texts = collect(root, Y.XmlText);
    const choice = random.int(100);
    if (texts.length === 0 || choice < 15) {
      const block = new Y.XmlElement("paragraph");
      block.insert(0, [new Y.XmlText(this.#marked(12))]);
      const quotes = collect(root, Y.XmlElement).filter(({ nodeName }) => nodeName === "quote");
      const inside = quotes.length > 0 && random.chance(0.5) ? random.pick(quotes) : root;
      if (random.chance(0.2)) {
        const quote = new Y.XmlElement("quote");
        quote.insert(0, [block]);
        inside.insert(random.int(inside.length + 1), [quote]);
      } else inside.insert(random.int(inside.length + 1), [block]);
      return;
    }
    const text = random.pick(texts);
    const at = random.int(text.length + 1);
    const length = Math.min(random.int(8), text.length - at);
    if (choice < 55) text.insert(at, this.#marked(6));
    else if (choice < 75 && length > 0) text.delete(at, length);
    else if (choice < 85 && length > 0) text.format(at, length, { bold: random.chance(0.5) ? true : null });
    else if (choice < 92 && root.length > 0) root.delete(random.int(root.length), 1);
  }

  #marked(most: number): string {
    let text = "";
    for (let left = 1 + this.#random.int(most); left > 0; left--) text += String.fromCharCode(this.#marks++);
    return text;
  }

  /** A whole moment comes back, or a frame, a restore or a person's stretch is taken back. */
  restore(): void {
    const { frames, authors, restores } = this;
    const random = this.#random;
    const clientId = (4_000_000_000 + frames.length) as ClientId;
    const choice = random.int(4);
    const doc = materialize(frames, { keepDeleted: true });
    const options = { keepForeign: true, moved: this.moved() };
    let change: Reverted | null = null;
    if (choice === 0) {
      const at = random.int(frames.length + 1);
      change = rollBack(frames.slice(0, at), frames.slice(at), clientId);
    } else if (choice < 3) {
      const frame = random.pick(choice === 1 && restores.length > 0 ? restores : frames);
      const others = frames.filter((other) => other !== frame);
      change = revert(doc, takeBackFrame(doc, frame, deletesOf(others)), clientId, options);
    } else {
      const after = random.int(frames.length);
      const person = random.int(this.#writers.length);
      const stretch = frames.slice(after).map((update, i) => ({
        update,
        isTheirs: authors[after + i] === person,
      }));
      const reversal = personReversal(doc, stretch, deletesOf(frames.slice(0, after)));
      change = revert(doc, reversal, clientId, options);
    }
    if (change === null) return;
    frames.push(change.update);
    authors.push(-1);
    restores.push(change.update);
    this.moves.push(change.moves);
  }
}

function deletesOf(updates: readonly Uint8Array[]): DeleteSet {
  const all = new DeleteSet();
  for (const update of updates) all.addAll(deleteSetOf(update));
  return all;
}

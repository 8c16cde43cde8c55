import * as Y from "yjs";
import type { Random } from "./random.ts";
import { type EditOptions, randomEdit } from "./updates-edit.ts";

export interface RandomHistory {
  /** What the server logged, in its order: each one builds only on those before it. */
  readonly frames: readonly Uint8Array[];
  /** Which of the writers made each frame, by number. */
  readonly authors: readonly number[];
}

export interface HistoryOptions extends EditOptions {
  readonly writers?: number;
  /** How often somebody edits, sends or receives. */
  readonly steps?: number;
}

const REMOTE = Symbol("from the server");

interface Writer {
  readonly number: number;
  readonly doc: Y.Doc;
  /** Own changes that the server has not got yet. */
  unsent: Uint8Array[];
  /** How many frames it has received. */
  received: number;
}

/**
 * Several people write one document at once: each edits what they happen to have received, sends when it suits
 * them, and receives the log in its order. Documents collect garbage as browsers' do.
 */
export function randomHistory(
  random: Random,
  { writers = 3, steps = 60, ...edits }: HistoryOptions = {},
): RandomHistory {
  const frames: Uint8Array[] = [];
  const authors: number[] = [];
  const people = Array.from({ length: writers }, (_, i) => openWriter(i, 1 + i * 1000 + random.int(1000)));
  const send = (writer: Writer) => {
    if (writer.unsent.length > 0) {
      frames.push(Y.mergeUpdates(writer.unsent));
      authors.push(writer.number);
    }
    writer.unsent = [];
  };
  for (let step = 0; step < steps; step++) {
    const writer = random.pick(people);
    const action = random.int(10);
    if (action < 6) randomEdit(writer.doc, random, edits);
    else if (action < 8) send(writer);
    else receive(writer, frames, writer.received + random.int(frames.length - writer.received + 1));
  }
  for (const writer of random.shuffled(people)) send(writer);
  for (const { doc } of people) doc.destroy();
  return { frames, authors };
}

function openWriter(number: number, clientId: number): Writer {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const writer: Writer = { number, doc, unsent: [], received: 0 };
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== REMOTE) writer.unsent.push(update);
  });
  return writer;
}

function receive(writer: Writer, frames: readonly Uint8Array[], upTo: number): void {
  for (; writer.received < upTo; writer.received++) {
    Y.applyUpdate(writer.doc, frames[writer.received] as Uint8Array, REMOTE);
  }
}

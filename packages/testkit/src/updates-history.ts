import * as Y from "yjs";
import type { Random } from "./random.ts";
import { randomEdit } from "./updates-edit.ts";

export interface RandomHistory {
  /** What the server logged, in its order: each one builds only on those before it. */
  readonly frames: readonly Uint8Array[];
}

const REMOTE = Symbol("from the server");

interface Writer {
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
export function randomHistory(random: Random, { writers = 3, steps = 60 } = {}): RandomHistory {
  const frames: Uint8Array[] = [];
  const people = Array.from({ length: writers }, (_, i) => openWriter(1 + i * 1000 + random.int(1000)));
  const send = (writer: Writer) => {
    if (writer.unsent.length > 0) frames.push(Y.mergeUpdates(writer.unsent));
    writer.unsent = [];
  };
  for (let step = 0; step < steps; step++) {
    const writer = random.pick(people);
    const action = random.int(10);
    if (action < 6) randomEdit(writer.doc, random);
    else if (action < 8) send(writer);
    else receive(writer, frames, writer.received + random.int(frames.length - writer.received + 1));
  }
  for (const writer of random.shuffled(people)) send(writer);
  for (const { doc } of people) doc.destroy();
  return { frames };
}

function openWriter(clientId: number): Writer {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  const writer: Writer = { doc, unsent: [], received: 0 };
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

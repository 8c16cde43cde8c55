import * as Y from "yjs";

/** A Yjs replica that hands out its changes as updates. */
export class Writer {
  readonly doc = new Y.Doc();
  readonly updates: Uint8Array[] = [];

  constructor(clientId: number) {
    this.doc.clientID = clientId;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "remote") this.updates.push(update);
    });
  }

  get text(): Y.Text {
    return this.doc.getText("default");
  }

  /** Types at the end, or at `at`. @returns the update */
  type(text: string, at = this.text.length): Uint8Array {
    this.text.insert(at, text);
    return this.updates.at(-1) as Uint8Array;
  }

  erase(at: number, length: number): Uint8Array {
    this.text.delete(at, length);
    return this.updates.at(-1) as Uint8Array;
  }

  learn(...updates: Uint8Array[]): this {
    for (const update of updates) Y.applyUpdate(this.doc, update, "remote");
    return this;
  }

  /** Everything it has, as one update. */
  get whole(): Uint8Array {
    return Y.encodeStateAsUpdate(this.doc);
  }

  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.doc);
  }
}

/** The text of a document that got nothing but these updates. */
export function textOf(updates: readonly Uint8Array[]): string {
  const doc = new Y.Doc();
  for (const update of updates) Y.applyUpdate(doc, update);
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null)
    throw new Error("something is pending");
  return doc.getText("default").toString();
}

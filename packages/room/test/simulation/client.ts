import type { Random } from "@palimpsest/testkit";
import * as Y from "yjs";
import type { WallClock } from "./wall-clock.ts";

/** Somebody's open tab. */
export interface Client {
  readonly person: string;
  readonly doc: Y.Doc;
  readonly mayEdit: boolean;
  /** Local changes that are not known to be stored yet, oldest first. */
  readonly unstored: Uint8Array[];
  /** What the tab tells its person; null when its program cannot know. */
  readonly saysSaved: boolean | null;
  readonly isOnline: boolean;
  /** Its machine's; null when its program goes by none. */
  readonly clock: WallClock | null;
  /** A rule that its program broke. */
  readonly violation: Error | null;
  /** Why it last gave a connection up by itself, if it did. */
  readonly trouble: string | null;
  /** Nothing more is going to happen by itself, but for what the network brings. */
  readonly isSettled: boolean;
  /** Others' presence as this tab shows it: client id → state. */
  readonly others: ReadonlyMap<number, unknown>;
  readonly presence: { readonly clientId: number; readonly state: unknown };
  connect(): void;
  disconnect(): void;
  /** The tab is closed. What it had not sent is lost with it. */
  close(): void;
  edit(random: Random): void;
  /** A longer text at once. */
  paste(random: Random): void;
  undo(): void;
  moveCaret(position: number): void;
  /** What the program does by itself every few seconds. */
  heartbeat(): void;
  /** A message it sent long ago, if there is one and it makes sense to arrive once more. */
  oldMessage(random: Random): Uint8Array | null;
}

/** One of them, rather a late one: those are the ones that the server may still lack. */
export function pickOld(sent: readonly Uint8Array[], random: Random): Uint8Array | null {
  if (sent.length === 0) return null;
  return random.pick(random.chance(0.7) ? sent.slice(-3) : sent);
}

/** Notes down what a document's person changes, as opposed to what arrives. */
export class Hand {
  readonly unstored: Uint8Array[];
  #isWriting = false;
  edits = 0;

  constructor(doc: Y.Doc, carriedOver: readonly Uint8Array[]) {
    this.unstored = [...carriedOver];
    doc.on("update", (update: Uint8Array) => {
      if (this.#isWriting) this.unstored.push(update);
    });
  }

  write(act: () => void): void {
    this.#isWriting = true;
    this.edits++;
    act();
    this.#isWriting = false;
  }
}

/** A paragraph long enough for segments of the log to close. */
export function pasteInto(doc: Y.Doc, random: Random): void {
  const root = doc.getXmlFragment("default");
  const paragraph = new Y.XmlElement("paragraph");
  paragraph.insert(0, [new Y.XmlText(random.text(900))]);
  root.insert(random.int(root.length + 1), [paragraph]);
}

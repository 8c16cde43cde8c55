import * as Y from "yjs";
import type { Alive } from "./decide.ts";
import type { MeetTabs, Tabs } from "./tabs.ts";

type Word =
  /** Asks for everything that whoever says it lacks. */
  | { readonly kind: "hello"; readonly from: string; readonly stateVector: Uint8Array }
  /** What somebody wrote in that tab, or what another one lacked. */
  | ({ readonly kind: "changes"; readonly from: string; readonly update: Uint8Array } & Safety)
  /** What was written in that tab is safer than before. */
  | ({ readonly kind: "safety"; readonly from: string } & Safety);

/** How safe is what was written in a tab. */
interface Safety {
  /** The server has acknowledged all of it. */
  readonly isSaved: boolean;
  /** What it has not acknowledged is stored on this device. */
  readonly isKept: boolean;
}

export interface SiblingsOptions {
  readonly meetTabs: MeetTabs;
  /** The same for all tabs that may give each other their text: one document, one schema. */
  readonly channel: string;
  /** The user of this tab, whose other tabs it talks to; null as long as nobody knows. */
  readonly owner: () => string | null;
  readonly doc: Y.Doc;
  /** Takes in what another tab has; it is no change of this one. */
  readonly apply: (update: Uint8Array) => void;
  readonly safety: () => Safety;
  /** What another tab says it has saved is not as before. */
  readonly heard: () => void;
  /** A tab is closed, or has crashed, that still had something to send. `unkept` is what of it may not be stored. */
  readonly left: (unkept: readonly Uint8Array[]) => void;
}

/**
 * The tabs of one browser that show the same document tell each other what is written in them, at once and without a
 * server. Each still sends what was written in it, unless it is gone.
 */
export class Siblings {
  readonly #options: SiblingsOptions;
  readonly #tabs: Tabs;
  /** Tabs that have something to send, and what of it they did not say is stored. */
  readonly #unsaved = new Map<string, Uint8Array[]>();
  readonly #watched = new Set<string>();
  #told: Safety = { isSaved: true, isKept: true };
  /** This browser does not say when a tab is gone: nobody would send what was shown here and not sent there. */
  #isBlind = false;
  #isOpen = false;
  /** What was asked for has not come: asking again would bring the same. */
  #hasAsked = false;

  constructor(options: SiblingsOptions) {
    this.#options = options;
    this.#tabs = options.meetTabs(options.channel, (word) => {
      if (this.#isOpen && isWord(word) && word.owner === options.owner()) this.#hear(word);
    });
  }

  get id(): string {
    return this.#tabs.id;
  }

  async alive(): Promise<Alive> {
    const alive = await this.#tabs.alive();
    this.#isBlind = alive === null;
    return alive;
  }

  /** No open tab has anything that is not acknowledged. */
  get areSaved(): boolean {
    return this.#unsaved.size === 0;
  }

  /** What other tabs have told is stored: what was written here may build on it. */
  get areKept(): boolean {
    return [...this.#unsaved.values()].every((unkept) => unkept.length === 0);
  }

  /** The stored copy is in the document. `unsaved` are tabs that have something in it that is not acknowledged. */
  open(unsaved: readonly string[]): void {
    if (this.#isBlind) return;
    this.#isOpen = true;
    for (const tab of unsaved) this.#note(tab, { isSaved: false, isKept: true });
    // what the others wrote while the copy was read
    this.#ask();
  }

  /** Something was written in this tab. */
  changed(update: Uint8Array): void {
    this.#told = { isSaved: false, isKept: false };
    this.#post({ kind: "changes", update, ...this.#told });
  }

  /** Tells the others when what was written here is safer. */
  tell(): void {
    const safety = this.#options.safety();
    const { isSaved, isKept } = this.#told;
    if (isSaved === safety.isSaved && isKept === safety.isKept) return;
    this.#told = safety;
    this.#post({ kind: "safety", ...safety });
  }

  close(last: Promise<unknown>): void {
    this.#isOpen = false;
    this.#tabs.close(last);
  }

  #hear(word: Word): void {
    const { doc, apply, safety } = this.#options;
    if (word.kind === "hello") {
      const now = safety();
      // whoever asks may have read that something is unsent here before it was acknowledged
      if (lacksNothing(doc, word.stateVector) && now.isSaved) this.#post({ kind: "safety", ...now });
      else this.#post({ kind: "changes", update: Y.encodeStateAsUpdate(doc, word.stateVector), ...now });
      return;
    }
    if (word.kind === "changes") {
      // laid beside a hole it would not be seen, and the next frame from the server be taken for the culprit
      if (fits(doc, word.update)) {
        this.#hasAsked = false;
        apply(word.update);
      } else if (!this.#hasAsked) this.#ask();
    }
    this.#note(word.from, word, word.kind === "changes" ? word.update : null);
  }

  #note(tab: string, { isSaved, isKept }: Safety, update: Uint8Array | null = null): void {
    const known = this.#unsaved.get(tab);
    if (isSaved) {
      if (this.#unsaved.delete(tab)) this.#options.heard();
      return;
    }
    this.#unsaved.set(tab, isKept ? [] : [...(known ?? []), ...(update === null ? [] : [update])]);
    if (known === undefined) this.#options.heard();
    if (this.#watched.has(tab)) return;
    this.#watched.add(tab);
    this.#tabs.whenGone(tab, () => {
      this.#watched.delete(tab);
      const unkept = this.#unsaved.get(tab);
      if (unkept === undefined || !this.#isOpen) return;
      this.#options.left(unkept);
      this.#unsaved.delete(tab);
    });
  }

  #ask(): void {
    this.#hasAsked = true;
    this.#post({ kind: "hello", stateVector: Y.encodeStateVector(this.#options.doc) });
  }

  #post(word: Unsigned<Word>): void {
    const owner = this.#options.owner();
    if (this.#isOpen && owner !== null) this.#tabs.post({ ...word, from: this.#tabs.id, owner });
  }
}

type Unsigned<W> = W extends Word ? Omit<W, "from"> : never;

function isWord(word: unknown): word is Word & { readonly owner?: unknown } {
  if (typeof word !== "object" || word === null) return false;
  const { kind, from, isSaved, isKept, stateVector, update } = word as Record<string, unknown>;
  if (typeof from !== "string") return false;
  if (kind === "hello") return stateVector instanceof Uint8Array;
  if (typeof isSaved !== "boolean" || typeof isKept !== "boolean") return false;
  return kind === "safety" || (kind === "changes" && update instanceof Uint8Array);
}

/** Whether the owner of `stateVector` has everything here but, perhaps, deletions, which any later answer brings. */
function lacksNothing(doc: Y.Doc, stateVector: Uint8Array): boolean {
  const theirs = Y.decodeStateVector(stateVector);
  return [...doc.store.clients.keys()].every(
    (client) => Y.getState(doc.store, client) <= (theirs.get(client) ?? 0),
  );
}

/** Whether everything that `update` builds on is here. */
function fits(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update);
  const ends = new Map<number, number>();
  const end = (client: number) => Math.max(ends.get(client) ?? 0, Y.getState(doc.store, client));
  for (const { id, length } of structs) {
    if (id.clock > end(id.client)) return false;
    ends.set(id.client, id.clock + length);
  }
  const has = (id: unknown) => !(id instanceof Y.ID) || id.clock < end(id.client);
  const builds = structs.every(
    (struct) =>
      !(struct instanceof Y.Item) || (has(struct.origin) && has(struct.rightOrigin) && has(struct.parent)),
  );
  return (
    builds &&
    [...ds.clients].every(([client, ranges]) => ranges.every(({ clock, len }) => clock + len <= end(client)))
  );
}

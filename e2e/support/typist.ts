import { Provider } from "@palimpsest/provider";
import * as Y from "yjs";
import type { Guest } from "./api.ts";

/** Somebody without a browser who types into a paragraph of their own, through the product's own client. */
export class Typist {
  readonly doc = new Y.Doc();
  readonly provider: Provider;
  /** Attempts to connect. */
  attempts = 0;
  /** How long it meant to wait before each next attempt, in ms: unlike the moment of the attempt, not the machine's doing. */
  readonly waits: number[] = [];
  /** Audits that found something of the log missing here. */
  losses = 0;
  /** How often the position in the log was an earlier one than before. */
  stepsBack = 0;
  #seq = 0;
  #retryAt: number | null = null;
  #fault = "";
  typed = "";
  #changes = 0;
  readonly name: string;
  #text: Y.XmlText | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(guest: Guest, name: string, documentId: string) {
    this.name = name;
    this.provider = new Provider({
      url: `${guest.url.replace("http", "ws")}/sync`,
      documentId,
      doc: this.doc,
      schemaVersion: 1_000_000,
      ticket: () => {
        this.attempts++;
        return guest.ticket(documentId);
      },
    });
    this.provider.on("fault", ({ message }) => {
      this.#fault = message;
    });
    this.provider.on("state", ({ seq, retryAt }) => {
      if (seq !== null && seq < this.#seq) this.stepsBack++;
      this.#seq = seq ?? this.#seq;
      if (retryAt !== null && retryAt !== this.#retryAt) this.waits.push(retryAt - Date.now());
      this.#retryAt = retryAt;
    });
    this.provider.on("difference", ({ isBehind }) => {
      if (isBehind) this.losses++;
    });
  }

  /** What it would say if it were asked why it is not well. */
  get trouble(): string {
    const { status, refusal, pending } = this.provider.state;
    return `${status}, ${pending > 0 ? "something" : "nothing"} pending, ${refusal?.message ?? this.#fault}`;
  }

  get isWell(): boolean {
    const { synced, saved } = this.provider.state;
    return synced && saved;
  }

  /** As much of what was typed as the server has acknowledged. */
  get acknowledged(): string {
    const acknowledged = this.#changes - this.provider.state.pending;
    return acknowledged < 1 ? "" : this.typed.slice(0, this.name.length + acknowledged);
  }

  /** Presses a key every `everyMs`. */
  start(everyMs: number): void {
    this.#timer = setInterval(() => this.#press(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  leave(): void {
    this.stop();
    this.provider.destroy();
  }

  /** What everybody typed, as this client sees it: a paragraph each. */
  get paragraphs(): string[] {
    return this.doc
      .getXmlFragment("default")
      .toArray()
      .map((block) => (block instanceof Y.XmlElement ? String(block.get(0) ?? "") : ""))
      .filter((text) => text !== "")
      .sort();
  }

  /** Each key is another letter than the one before: a doubled or a missing one shows. */
  #press(): void {
    const key = String.fromCharCode(97 + ((this.typed.length * 7) % 26));
    this.#changes++;
    if (this.#text === null) {
      this.typed = `${this.name} `;
      this.#text = new Y.XmlText(this.typed);
      const paragraph = new Y.XmlElement("paragraph");
      paragraph.insert(0, [this.#text]);
      this.doc.getXmlFragment("default").push([paragraph]);
      return;
    }
    this.#text.insert(this.#text.length, key);
    this.typed += key;
  }
}

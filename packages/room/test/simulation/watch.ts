import { decodeClientMessage, decodeServerMessage } from "@palimpsest/protocol";
import type { Link } from "./network.ts";
import { PresenceWatch } from "./presence-watch.ts";
import type { Output, TurnReport } from "./process.ts";
import type { Tally } from "./tally.ts";
import { fail, type Truth } from "./truth.ts";

/** Looks at every turn between its commit and its output: what leaves must be durable. */
export class Watch {
  readonly #truth: Truth;
  readonly #tally: Tally;
  readonly #writesDown: boolean;
  readonly #presence = new PresenceWatch();
  /** Updates pushed so far, by connection and push id. */
  readonly #pushes = new Map<string, Uint8Array>();
  readonly #slices = new Map<string, Uint8Array[]>();
  /** One line for each output, for comparing whole runs; empty unless asked for. */
  readonly transcript: string[] = [];

  constructor(truth: Truth, tally: Tally, writesDown: boolean) {
    this.#truth = truth;
    this.#tally = tally;
    this.#writesDown = writesDown;
  }

  turn(report: TurnReport): void {
    const { kind, outputs, from, data, threw, waited } = report;
    const update = from === null || data === null ? null : this.#updateIn(from, data);
    const repeated = update !== null && this.#truth.isRepeated(update);
    const headBefore = this.#truth.head;
    this.#truth.refresh();
    for (const output of outputs) this.#output(output, kind === "flush");
    this.#presence.turn(report);
    // what had been waiting is written and shown by whatever comes next, be that news, a repetition or a failure
    if (waited || !(threw || repeated)) return;
    if (threw && this.#truth.head !== headBefore) fail("I9", "a message that failed left a frame");
    const shown = outputs.find((output) => output.to !== from?.id && isDocument(output));
    if (shown !== undefined)
      fail(threw ? "I9" : "I8", "others were shown a message that failed or repeats what is known");
  }

  #updateIn(from: Link, data: Uint8Array | string): Uint8Array | null {
    if (typeof data === "string") return null;
    const decoded = decodeClientMessage(data);
    if (!decoded.ok || !("update" in decoded.message)) return null;
    const { message } = decoded;
    if (message.kind === "push") this.#pushes.set(`${from.id} ${message.pushId}`, message.update);
    return message.update;
  }

  died(): void {
    this.#presence.died();
    this.#truth.refresh();
    this.#truth.checkLog();
    this.#truth.checkSnapshots();
  }

  #output(output: Output, isLate: boolean): void {
    if (output.kind === "close") {
      if (this.#writesDown) this.transcript.push(`${output.to} closed ${output.code}`);
      if (output.code >= 4400)
        fail("I4", `${output.to}, which did nothing wrong, was refused with ${output.code}`);
      return;
    }
    const decoded = decodeServerMessage(output.bytes);
    if (!decoded.ok) throw new Error(`the server sent something unreadable: ${decoded.reason}`);
    const { message } = decoded;
    if (this.#writesDown)
      this.transcript.push(`${output.to} ${message.kind} ${output.bytes.length} ${checksum(output.bytes)}`);
    switch (message.kind) {
      case "ack": {
        const update = this.#pushes.get(`${output.to} ${message.pushId}`);
        if (update === undefined) fail("I1", "an acknowledgement without a push");
        if (!this.#truth.contains(update))
          fail("I1", `push ${message.pushId} of ${output.to} is acknowledged and not stored`);
        return;
      }
      case "awareness":
        if (isLate) this.#tally.count("presences told late");
        this.#presence.told(output.to, message.states);
        return;
      case "audited":
        this.#tally.count("audits");
        return;
      case "frames":
      case "update":
      case "sync-step-2":
        this.#seen(output.to, message.update);
        return;
      case "part": {
        const slices = message.index === 0 ? [] : (this.#slices.get(output.to) ?? []);
        slices.push(message.bytes);
        this.#slices.set(output.to, slices);
        if (slices.length === message.count) this.#seen(output.to, Buffer.concat(slices));
        return;
      }
      case "welcome":
        if (message.stateVector !== null && !this.#truth.covers(message.stateVector))
          fail("I2", "a welcome speaks of what is not stored");
        return;
      default:
        return;
    }
  }

  #seen(by: string, update: Uint8Array): void {
    if (!this.#truth.contains(update)) fail("I2", `${by} is shown what is not stored`);
  }
}

function isDocument(output: Output): boolean {
  if (output.kind === "close") return false;
  const decoded = decodeServerMessage(output.bytes);
  return decoded.ok && (decoded.message.kind === "frames" || decoded.message.kind === "update");
}

function checksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) sum = (Math.imul(sum, 31) + byte) >>> 0;
  return sum;
}

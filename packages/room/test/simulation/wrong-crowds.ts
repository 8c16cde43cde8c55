import type { AppendBatch, Seq } from "@palimpsest/history";
import {
  type ConnectionId,
  decodeClientMessage,
  decodeServerMessage,
  encodeMessage,
} from "@palimpsest/protocol";
import { joinUpdates } from "@palimpsest/ydoc";
import { type Attachment, RoomHost, type RoomPorts } from "../../src/index.ts";
import { SCHEMA } from "../harness.ts";
import type { Link } from "./network.ts";
import type { Host } from "./process.ts";
import { Server } from "./server.ts";

const isOfSeveral = ({ frames }: AppendBatch) => new Set(frames.map(({ author }) => author)).size > 1;

function serverMessage(bytes: Uint8Array) {
  const decoded = decodeServerMessage(bytes);
  return decoded.ok ? decoded.message : null;
}

function clientMessage(data: Uint8Array | string) {
  const decoded = typeof data === "string" ? null : decodeClientMessage(data);
  return decoded?.ok ? decoded.message : null;
}

/** Of several senders whose changes are written together one is not told. */
export class LosesAnAckOfABatch extends Server {
  #loses = false;

  protected override append(batch: AppendBatch): Seq {
    this.#loses = isOfSeveral(batch);
    return super.append(batch);
  }

  protected override send(to: ConnectionId, bytes: Uint8Array): void {
    if (this.#loses && serverMessage(bytes)?.kind === "ack") this.#loses = false;
    else super.send(to, bytes);
  }
}

/** Shows what was written together before it is appended. */
export class ShowsABatchBeforeAppending extends Server {
  protected override makeHost(ports: RoomPorts): Host {
    const waiting: AppendBatch[] = [];
    const append = (batch: AppendBatch) => {
      if (batch.frames.length < 2) return ports.store.append(batch);
      waiting.push(batch);
      return ((batch.after ?? 0) + batch.frames.length) as Seq;
    };
    const options = { schemaVersion: SCHEMA, crowdMs: this.site.crowdMs, presenceMs: this.site.crowdMs };
    const make = () => new RoomHost({ ...ports, store: { ...ports.store, append } }, options);
    let host = make();
    const then = <T>(result: T): T => {
      try {
        for (const batch of waiting.splice(0)) ports.store.append(batch);
        return result;
      } catch (error) {
        host = make();
        throw error;
      }
    };
    return {
      dispatch: (input) => then(host.dispatch(input)),
      authorOf: (user) => then(host.authorOf(user)),
      flush: (now) => then(host.flush(now)),
      get isWaiting() {
        return host.isWaiting;
      },
    };
  }
}

/** Does not know after a hibernation that a reader is behind. */
export class ForgetsWhoIsBehind extends Server {
  protected override attach(to: ConnectionId, attachment: Attachment): void {
    super.attach(to, { ...attachment, behind: null });
  }
}

/** Brings a reader that is behind on from one frame later. */
export class BringsReadersOnAFrameShort extends Server {
  #behind: Seq | null = null;

  override message(link: Link, data: Uint8Array | string): void {
    const isAnswer = clientMessage(data)?.kind === "confirmed";
    this.#behind = isAnswer ? (this.attachments.get(link.id)?.behind ?? null) : null;
    super.message(link, data);
    this.#behind = null;
  }

  protected override send(to: ConnectionId, bytes: Uint8Array): void {
    const message = serverMessage(bytes);
    if (this.#behind === null || message?.kind !== "frames") {
      super.send(to, bytes);
      return;
    }
    const updates = [...this.store.frames((this.#behind + 1) as Seq, message.seq)].map(
      ({ update }) => update,
    );
    this.#behind = null;
    if (updates.length > 0) super.send(to, encodeMessage({ ...message, update: joinUpdates(updates) }));
  }
}

/** Tells of somebody's movement after telling that they have gone. */
export class KeepsTheDepartedInTheQueue extends Server {
  readonly #moved = new Map<ConnectionId, Uint8Array>();

  override message(link: Link, data: Uint8Array | string): void {
    super.message(link, data);
    const message = clientMessage(data);
    if (message?.kind !== "awareness" || this.host.isWaiting !== true) return;
    this.#moved.set(link.id, encodeMessage({ kind: "awareness", states: message.states }));
    this.site.clock.setTimeout(() => this.#moved.delete(link.id), this.site.crowdMs);
  }

  override closed(link: Link): void {
    super.closed(link);
    const bytes = this.#moved.get(link.id);
    if (bytes === undefined) return;
    this.turn("flush", () => {
      for (const [to, { ready }] of this.openSockets()) if (ready) this.send(to, bytes);
    });
  }
}

/** Tells the senders of a batch that could not be written that it was. */
export class AcknowledgesATornBatch extends Server {
  readonly #unanswered = new Map<string, readonly [ConnectionId, number]>();

  override message(link: Link, data: Uint8Array | string): void {
    const message = clientMessage(data);
    if (message?.kind === "push")
      this.#unanswered.set(`${link.id} ${message.pushId}`, [link.id, message.pushId]);
    super.message(link, data);
  }

  protected override append(batch: AppendBatch): Seq {
    try {
      return super.append(batch);
    } catch (error) {
      for (const [to, pushId] of this.#unanswered.values())
        if (isOfSeveral(batch)) this.send(to, encodeMessage({ kind: "ack", pushId, seq: 0 as Seq }));
      throw error;
    }
  }

  protected override send(to: ConnectionId, bytes: Uint8Array): void {
    const message = serverMessage(bytes);
    if (message?.kind === "ack") this.#unanswered.delete(`${to} ${message.pushId}`);
    super.send(to, bytes);
  }
}

/** Closes the silent, and tells nobody. */
export class SweepsWithoutTelling extends Server {
  #sweeps = false;

  override sweep(silent: readonly ConnectionId[]): void {
    this.#sweeps = true;
    super.sweep(silent);
    this.#sweeps = false;
  }

  protected override send(to: ConnectionId, bytes: Uint8Array): void {
    if (!this.#sweeps) super.send(to, bytes);
  }
}

/** Takes a returning client to be one frame further than it says. */
export class ResumesAFrameLate extends Server {
  override message(link: Link, data: Uint8Array | string): void {
    const message = clientMessage(data);
    const head = this.store.load()?.head ?? 0;
    if (message?.kind !== "hello" || message.resume === null || message.resume.seq >= head) {
      super.message(link, data);
      return;
    }
    const resume = { ...message.resume, seq: (message.resume.seq + 1) as Seq };
    super.message(link, encodeMessage({ ...message, resume }));
  }
}

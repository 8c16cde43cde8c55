import type { Frame, Seq } from "@palimpsest/history";
import { decodeClientMessage, decodeServerMessage, encodeMessage } from "@palimpsest/protocol";
import { InjectedFault } from "@palimpsest/testkit/node-sqlite";
import {
  catchUp,
  type Effect,
  type Input,
  KnownDocument,
  Room,
  RoomHost,
  type RoomPorts,
} from "../../src/index.ts";
import { storedDeleteSet } from "../../src/stored-delete-set.ts";
import { person, SCHEMA } from "../harness.ts";
import type { Link } from "./network.ts";
import type { Host } from "./process.ts";
import { Server } from "./server.ts";

/** A host that can be told in which order to carry effects out, and what to do when one fails. */
class OwnHost implements Host {
  readonly #ports: RoomPorts;
  readonly #order: (effects: Effect[]) => Effect[];
  #room: Room | null = null;

  constructor(ports: RoomPorts, order: (effects: Effect[]) => Effect[] = (effects) => effects) {
    this.#ports = ports;
    this.#order = order;
  }

  authorOf(): never {
    throw new InjectedFault("throw"); // versions are of no interest here
  }

  dispatch(input: Input): Seq {
    const { store, sockets } = this.#ports;
    this.#room ??= this.#build(); // kept through failures: that is the mistake
    const room = this.#room;
    for (const effect of this.#order(room.handle(input))) {
      if (effect.kind === "append") store.append(effect.batch);
      else if (effect.kind === "send") for (const to of effect.to) sockets.send(to, effect.bytes);
      else if (effect.kind === "attach") sockets.attach(effect.connection, effect.attachment);
      else if (effect.kind === "close") sockets.close(effect.connection, effect.code);
      else if (effect.kind === "catch-up") {
        for (const bytes of catchUp(effect.from, room.head, store)) sockets.send(effect.to, bytes);
      }
    }
    return room.head;
  }

  #build(): Room {
    const { store, sockets } = this.#ports;
    const stored = store.load();
    if (stored === null) throw new Error("the document is gone");
    const document = new KnownDocument(stored, store.frames(stored.base.seq, stored.head), {
      ownerOf: (client) => store.ownerOf(client),
      authors: () => store.authors(),
      head: () => document.head,
      deleteSet: () => storedDeleteSet(document.head, store),
    });
    return new Room(document, sockets.open(), { schemaVersion: SCHEMA, crowdMs: 0 });
  }
}

/** Keeps appends to itself until it is told to save. */
class DebouncedHost implements Host {
  readonly #ports: RoomPorts;
  readonly #host: RoomHost;
  readonly #unsaved: (() => void)[] = [];

  constructor(ports: RoomPorts) {
    this.#ports = ports;
    let head: number = ports.store.load()?.head ?? 0;
    const append: RoomPorts["store"]["append"] = (batch) => {
      this.#unsaved.push(() => ports.store.append(batch));
      head += batch.frames.length;
      return head as Seq;
    };
    this.#host = new RoomHost(
      { ...ports, store: { ...storeOf(ports), append } },
      { schemaVersion: SCHEMA, crowdMs: 0 },
    );
  }

  authorOf(): never {
    throw new InjectedFault("throw"); // versions are of no interest here
  }

  dispatch(input: Input): Seq {
    return this.#host.dispatch(input);
  }

  save(): void {
    for (const write of this.#unsaved.splice(0)) write();
    this.#ports.dirty(0);
  }
}

/** Acknowledges and broadcasts at once and saves a while later, as most collaboration servers do. */
export class DebouncedSave extends Server {
  protected override makeHost(ports: RoomPorts): Host {
    return new DebouncedHost(ports);
  }

  protected override compactNow(): void {
    (this.host as DebouncedHost).save();
    super.compactNow();
  }
}

/** Says "saved" to a push that builds on something missing. */
export class AcknowledgesGaps extends Server {
  protected override send(to: Parameters<Server["send"]>[0], bytes: Uint8Array): void {
    const decoded = decodeServerMessage(bytes);
    const isResync = decoded.ok && decoded.message.kind === "resync";
    super.send(
      to,
      isResync ? encodeMessage({ kind: "ack", pushId: decoded.message.pushId, seq: 0 as never }) : bytes,
    );
  }
}

/** Moves the pointer to the new snapshot in one turn and writes the snapshot in the next. */
export class CompactsInTwoTurns extends Server {
  override alarm(): void {
    const { head, snapshot } = this.tail();
    if (head === snapshot) return;
    const { fault } = this;
    this.fault = null;
    this.turn("work", () => {
      this.driver.exec(
        `INSERT INTO snapshots (seq, created_at, size, collected, rows, wakes, deflated, update_checksum,
           vector_checksum, deletes_checksum) VALUES (?, 0, 1, 1, 0, 0, 0, 0, 0, 0)`,
        head,
      );
    });
    this.fault = fault; // what was going to happen happens between the two, or in the second
    if (this.store.snapshots().at(-1)?.seq === head)
      this.turn("work", () => this.store.writeSnapshot(this.snapshotNow()));
  }

  protected override snapshotNow() {
    const { head } = this.store.stats();
    this.driver.exec("DELETE FROM snapshots WHERE seq = ?", head);
    return super.snapshotNow();
  }
}

/** Writes a snapshot that is one frame older than it says. */
export class CompactsOneFrameShort extends Server {
  protected override compactNow(): void {
    const { head, snapshot } = this.tail();
    if (head <= snapshot + 1) return;
    const all = this.updatesAt;
    this.updatesAt = (target) => all.call(this, (target - 1) as Seq);
    this.store.writeSnapshot(this.snapshotNow());
    this.updatesAt = all;
  }
}

/** Lets memory stay ahead of the log when an append failed. */
export class KeepsMemoryAfterFailure extends Server {
  protected override makeHost(ports: RoomPorts): Host {
    return new OwnHost(ports);
  }
}

/** Shows a change before it is appended. */
export class ShowsBeforeAppending extends Server {
  protected override makeHost(ports: RoomPorts): Host {
    const isAppend = (effect: Effect) => effect.kind === "append";
    return new OwnHost(ports, (effects) => [
      ...effects.filter((effect) => !isAppend(effect)),
      ...effects.filter(isAppend),
    ]);
  }
}

/** Does not tell anybody that somebody left. */
export class LeavesGhosts extends Server {
  override closed(link: Link): void {
    link.serverSide = "gone";
    this.attachments.delete(link.id);
  }
}

/** Takes leave only of those whom the room remembers: after hibernation that is nobody. */
export class ForgetsWhomToTakeLeaveOf extends Server {
  override closed(link: Link): void {
    this.attachments.delete(link.id);
    super.closed(link);
  }
}

/** Does not find its sockets again after hibernation. */
export class LosesAttachments extends Server {
  override hibernate(): void {
    this.attachments.clear();
    super.hibernate();
  }
}

/** Appends what it has already, when it is sent again. */
export class AppendsDuplicates extends Server {
  override message(link: Link, data: Uint8Array | string): void {
    super.message(link, data);
    if (typeof data === "string") return;
    const decoded = decodeClientMessage(data);
    if (!decoded.ok || decoded.message.kind !== "push") return;
    const { update } = decoded.message;
    const frames: readonly Frame[] = [...this.store.frames(0 as Seq, this.store.stats().head)];
    const again = frames.slice(0, -1).some((frame) => Buffer.compare(frame.update, update) === 0);
    if (!again) return;
    const author = this.store.authors().find(({ userId }) => userId === person(link.person).id)?.no;
    if (author === undefined) return;
    const frame = { kind: "edit", time: this.now, author, update } as const;
    const stateVector = () => new Uint8Array([0]);
    this.turn("work", () =>
      this.store.append({ frames: [frame], authors: [], owners: new Map(), stateVector }),
    );
    this.start();
  }
}

/** Now and then does not send somebody what another did. */
export class LosesFrames extends Server {
  static readonly every = 7;
  lost = 0;
  #frames = 0;

  protected override send(to: Parameters<Server["send"]>[0], bytes: Uint8Array): void {
    const decoded = decodeServerMessage(bytes);
    const isFrames = decoded.ok && decoded.message.kind === "frames";
    if (isFrames && !this.goesRight && ++this.#frames % LosesFrames.every === 0) this.lost++;
    else super.send(to, bytes);
  }
}

/** A store's methods as own properties, so that some can be replaced. */
function storeOf({ store }: RoomPorts): RoomPorts["store"] {
  return {
    load: () => store.load(),
    ownerOf: (client) => store.ownerOf(client),
    authors: () => store.authors(),
    bases: (limit) => store.bases(limit),
    readAround: (act) => store.readAround(act),
    append: (batch) => store.append(batch),
    snapshots: () => store.snapshots(),
    readSnapshot: (seq, section) => store.readSnapshot(seq, section),
    frames: (after, through) => store.frames(after, through),
  };
}

import {
  defaultCompactionPolicy,
  planCompaction,
  planPrune,
  planRollBack,
  type Seq,
} from "@palimpsest/history";
import type { ClientId, ConnectionId, Identity } from "@palimpsest/protocol";
import { compact, materialize, rollBack } from "@palimpsest/ydoc";
import { person } from "../harness.ts";
import type { Link, Receiver } from "./network.ts";
import { Process } from "./process.ts";

const compaction = { ...defaultCompactionPolicy, idleMs: 0, busyMs: 0, minTailBytes: 400, minTailFrames: 4 };
const pruning = { keepNewest: 2, frames: 25, logBytes: 2_000, ownSizes: 0 };

/** One object of the document, with all that it does: its sockets, its alarm, and what people ask of it besides. */
export class Server extends Process implements Receiver {
  opened({ id, person: name, role, negotiated }: Link): void {
    this.turn("open", () =>
      this.host.dispatch({ kind: "open", connection: id, user: person(name), role, negotiated }),
    );
  }

  message(link: Link, data: Uint8Array | string): void {
    if (data === "ping") {
      // by the runtime, without waking the object
      this.site.network.answer(link, { kind: "data", data: "pong" });
      return;
    }
    const { now } = this;
    const act = () => this.host.dispatch({ kind: "message", connection: link.id, data, now });
    this.turn("message", act, link, data);
  }

  closed(link: Link): void {
    link.serverSide = "gone";
    const attachment = this.attachments.get(link.id) ?? null;
    this.attachments.delete(link.id);
    this.turn("close", () => this.host.dispatch({ kind: "close", connection: link.id, attachment }));
  }

  /** The alarm takes these for silent: rightly or not. */
  sweep(silent: readonly ConnectionId[]): void {
    this.turn("sweep", () => this.host.dispatch({ kind: "sweep", silent }));
  }

  /** The alarm's other work. */
  alarm(): void {
    this.turn("work", () => {
      this.host.flush?.(this.now);
      this.compactNow();
    });
  }

  protected compactNow(): void {
    const plan = planCompaction(this.tail(), this.now + 1, compaction);
    if (plan.kind !== "compact") return;
    const snapshot = this.snapshotNow();
    const snapshots = [...this.store.snapshots(), { seq: snapshot.seq, bytes: snapshot.update.length }];
    const log = { floor: this.store.stats().floor, rows: this.store.rowEnds() };
    const drop = planPrune(snapshots, log, pruning);
    const older = snapshots
      .map(({ seq }) => seq)
      .filter((seq) => !drop.includes(seq))
      .slice(0, -2);
    this.store.writeSnapshot(snapshot, drop, older);
    this.site.tally.count("compactions");
  }

  protected tail() {
    const { head } = this.store.stats();
    const snapshot = this.store.snapshots().at(-1)?.seq ?? (0 as Seq);
    let bytes = 0;
    for (const { update } of this.store.frames(snapshot, head)) bytes += update.length;
    return { head, snapshot, bytes, lastFrameAt: 0, failedAt: null, isDamaged: false };
  }

  protected snapshotNow() {
    const { head } = this.store.stats();
    const doc = materialize(this.updatesAt(head));
    return { seq: head, createdAt: this.now, ...compact(doc) };
  }

  protected updatesAt(target: Seq): Uint8Array[] {
    const snapshot = this.store.snapshots().findLast(({ seq }) => seq <= target);
    const updates = snapshot === undefined ? [] : [this.store.readSnapshot(snapshot.seq, "update")];
    for (const { update } of this.store.frames(snapshot?.seq ?? (0 as Seq), target)) updates.push(update);
    return updates;
  }

  restore(target: Seq, clientId: ClientId): void {
    this.turn("work", () => {
      this.host.flush?.(this.now);
      const { head, floor } = this.store.stats();
      const snapshots = this.store.snapshots().map(({ seq }) => seq);
      const plan = planRollBack(target, { head, floor, snapshots });
      if (plan.kind !== "roll-back") return;
      const later = [...this.store.frames(target, head)].map(({ update }) => update);
      const update = rollBack(this.updatesAt(target), later, clientId)?.update;
      const user = person("rita");
      this.#addVersion("Before restoring", user);
      if (update === undefined) return;
      this.host.dispatch({ kind: "edit", as: "restore", target, user, update, now: this.now });
      this.site.tally.count("restores");
    });
  }

  nameVersion(): void {
    this.turn("work", () => {
      this.#addVersion("A version", person("rita"));
      this.host.dispatch({ kind: "notify", notice: { kind: "history" } });
    });
  }

  #addVersion(name: string, user: Identity): void {
    this.host.flush?.(this.now);
    const { head } = this.store.stats();
    const author = this.host.authorOf(user);
    const id = `v${++this.site.versions}`;
    this.store.addVersion({
      id,
      seq: head,
      name,
      createdAt: this.now,
      author,
      automatic: false,
      description: "",
    });
  }
}

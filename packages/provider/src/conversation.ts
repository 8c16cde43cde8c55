import { COALESCE_MS, type Identity, type Notice, type Role, type ServerMessage } from "@palimpsest/protocol";
import type { Audit, Difference } from "./audit.ts";
import type { Phase } from "./connection.ts";
import type { LocalChanges } from "./local-changes.ts";
import type { Presence } from "./presence.ts";
import { BrokenSync, type Replica } from "./replica.ts";

export interface ConversationOptions {
  readonly replica: Replica;
  readonly changes: LocalChanges;
  readonly presence: Presence;
  readonly audit: Audit;
  readonly phase: () => Phase;
  readonly confirm: (token: number) => void;
  /** The server cannot do without what the first hello left out. */
  readonly repeatHello: () => void;
  readonly welcomed: (role: Role) => void;
  readonly synced: () => void;
  readonly notice: (notice: Notice) => void;
  readonly differs: (difference: Difference) => void;
  /** What was missed came after the position: a connection that resumes there brings it. */
  readonly missed: (error: Error) => void;
}

/** What each message of the server means for the document, its outbox and who is here. */
export class Conversation {
  readonly #options: ConversationOptions;
  role: Role | null = null;
  user: Identity | null = null;
  coalesceMs: number = COALESCE_MS;

  constructor(options: ConversationOptions) {
    this.#options = options;
  }

  /** @throws Error when the message does not fit what came before it: nothing after it can be trusted */
  receive(message: ServerMessage): void {
    const { replica, presence, phase, notice, repeatHello } = this.#options;
    const isGreeting = phase() === "greeting";
    switch (message.kind) {
      case "welcome":
        if (!isGreeting) throw new BrokenSync("an unexpected welcome");
        this.#welcome(message);
        return;
      case "hello-again":
        if (!isGreeting || !replica.mayRepeatHello) throw new BrokenSync("an unexpected question");
        repeatHello();
        return;
      case "notice":
        if (message.notice.kind === "identity") this.user = message.notice.user;
        notice(message.notice);
        return;
      case "awareness":
        presence.receive(message.states);
        return;
      case "query-awareness":
        presence.announce();
        return;
    }
    if (isGreeting) throw new BrokenSync(`${message.kind} before the welcome`);
    this.#takeIn(message);
    if (message.kind !== "audited" && message.kind !== "confirm") this.#options.audit.activity();
  }

  #welcome(message: ServerMessage & { kind: "welcome" }): void {
    const { replica, presence, welcomed } = this.#options;
    this.role = message.role;
    this.user = message.user;
    this.coalesceMs = message.coalesceMs;
    replica.welcome(message);
    presence.open();
    welcomed(message.role);
  }

  #takeIn(
    message: Exclude<
      ServerMessage,
      { kind: "welcome" | "hello-again" | "notice" | "awareness" | "query-awareness" }
    >,
  ): void {
    const { replica, audit, synced, confirm } = this.#options;
    switch (message.kind) {
      case "part":
        replica.part(message);
        break;
      case "frames":
        replica.frames(message);
        break;
      case "synced":
        audit.synced(replica.synced(message), message.seq);
        synced();
        break;
      case "ack":
        replica.acknowledge(message);
        break;
      case "confirm":
        confirm(message.token);
        break;
      case "audited":
        this.#mend(message);
        break;
      case "resync":
        this.#resync(message.pushId, message.stateVector);
        break;
      case "sync-step-1":
        replica.answer(message.stateVector);
        break;
      case "sync-step-2":
      case "update":
        replica.apply(message.update);
        break;
    }
  }

  #resync(pushId: number, stateVector: Uint8Array): void {
    const { changes, replica } = this.#options;
    const outcome = changes.resync(pushId, () => replica.encodeSince(stateVector));
    if (outcome === "endless") throw new BrokenSync("the server keeps seeing a gap");
  }

  #mend(message: ServerMessage & { kind: "audited" }): void {
    const { audit, replica, differs, missed } = this.#options;
    const verdict = audit.answered(message);
    switch (verdict.kind) {
      case "nothing":
        return;
      case "missed":
        differs({ isBehind: true, serverLacks: "nothing" });
        missed(new BrokenSync("a frame was lost on the way"));
        return;
      case "different":
        differs(verdict.difference);
        replica.mend(verdict.difference, verdict.copy);
        return;
    }
  }
}

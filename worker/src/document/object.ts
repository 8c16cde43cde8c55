import { DurableObject } from "cloudflare:workers";
import type { Seq } from "@palimpsest/history";
import {
  type ConnectionId,
  type Identity,
  type Role,
  SUBPROTOCOL,
  SUBPROTOCOL_PREFIX,
} from "@palimpsest/protocol";
import { RoomHost } from "@palimpsest/room";
import { SCHEMA_VERSION } from "@palimpsest/schema";
import { Damage, type NewAsset, SqliteAssets, SqliteStore } from "@palimpsest/store";
import { condense } from "@palimpsest/ydoc";
import { WRITING_MS } from "../assets/collection.ts";
import { DocumentAssets } from "../assets/document-assets.ts";
import type { Env } from "../env.ts";
import { DocumentApi } from "./api.ts";
import { countDifference } from "./audit-counts.ts";
import { coalesceMs } from "./coalesce-ms.ts";
import { readConnectionHeaders } from "./connection-headers.ts";
import type { HistoryFilter } from "./history-page.ts";
import { keepMs } from "./keep-ms.ts";
import { Leaving } from "./leaving.ts";
import { Looking } from "./looking.ts";
import { Messenger } from "./messenger.ts";
import { Past } from "./past.ts";
import { type HistoryStart, type Received, Receiving } from "./receiving.ts";
import { offeredSubprotocols, refusingSocket } from "./refusing-socket.ts";
import { Rescues } from "./rescues.ts";
import { Restoring } from "./restoring.ts";
import { closeQuietly, closeReason, HibernatingSockets } from "./sockets.ts";
import { sqlDriver } from "./sql-driver.ts";
import { summarise } from "./summarise.ts";
import { Trash } from "./trash.ts";
import { Upkeep } from "./upkeep.ts";

/**
 * While messages crowd, they are written and shown together this often. Each write rewrites the newest row of the log
 * and each broadcast walks all sockets, so the number of both decides how much a document can take.
 */
const CROWD_MS = 5;
/** Whoever sends a document in parts is given up after so long: then it is nobody's. */
const IMPORT_MS = 60 * 60 * 1000;
/** A cursor that moves with each key of fifty people would else cost each of them fifty times as many messages. */
const PRESENCE_MS = 50;

/**
 * One document. Each handler is one synchronous turn: what it appends, acknowledges and broadcasts becomes durable
 * and visible together, or not at all. Nothing here awaits between reading and writing.
 */
export class DocumentObject extends DurableObject<Env> {
  readonly #store: SqliteStore;
  readonly #sockets: HibernatingSockets;
  readonly #host: RoomHost;
  readonly #api: DocumentApi;
  readonly #past: Past;
  readonly #looking: Looking;
  readonly #restoring: Restoring;
  readonly #rescues: Rescues;
  readonly #upkeep: Upkeep;
  readonly #receiving: Receiving;
  readonly #trash: Trash;
  readonly #leaving: Leaving;
  readonly #files: DocumentAssets;

  constructor(state: DurableObjectState, env: Env) {
    super(state, env);
    this.#store = new SqliteStore(sqlDriver(state.storage), { summarise, condense });
    this.#past = new Past(this.#store);
    this.#sockets = new HibernatingSockets(state);
    this.#host = new RoomHost(
      {
        store: this.#store,
        sockets: this.#sockets,
        differed: (difference) => countDifference(difference, this.#store),
        dirty: (now) => this.#dirty(now),
        flushAt: (at) => this.#flushLater(at),
      },
      {
        schemaVersion: SCHEMA_VERSION,
        crowdMs: CROWD_MS,
        presenceMs: PRESENCE_MS,
        coalesceMs: coalesceMs(env),
      },
    );
    const assets = new SqliteAssets(sqlDriver(state.storage));
    this.#files = new DocumentAssets({ store: this.#store, assets, bucket: env.UPLOADS });
    this.#api = new DocumentApi(this.#store, this.#host, this.#sockets, this.#files);
    const parts = { store: this.#store, host: this.#host };
    this.#looking = new Looking(parts, this.#past);
    this.#restoring = new Restoring(parts, this.#past);
    this.#rescues = new Rescues(parts, this.#past, this.#restoring);
    this.#receiving = new Receiving(this.#store);
    this.#trash = new Trash(this.#store);
    this.#upkeep = new Upkeep({
      storage: state.storage,
      store: this.#store,
      sockets: this.#sockets,
      host: this.#host,
      messenger: new Messenger({ store: this.#store, trash: this.#trash, directory: env.DIRECTORY }),
      trash: this.#trash,
      purge: () => this.#leaving.purgeForGood(),
      files: this.#files,
      keepMs: keepMs(env),
    });
    this.#leaving = new Leaving({
      storage: state.storage,
      store: this.#store,
      host: this.#host,
      trash: this.#trash,
      files: this.#files,
      directory: env.DIRECTORY,
      tell: () => this.#upkeep.tell(Date.now()),
      closeAll: (code) => this.#closeAll(code),
    });
    // answered by the runtime while the object sleeps, and remembered by it
    if (state.getWebSocketAutoResponse() === null)
      state.setWebSocketAutoResponse(new WebSocketRequestResponsePair("ping", "pong"));
  }

  /** Opens a socket. Only the Worker calls this, with headers that it has set itself. */
  override fetch(request: Request): Response {
    const { user, role } = readConnectionHeaders(request.headers);
    if (!this.#store.exists || this.#leaving.isOver) return refusingSocket(4404, request);
    if (this.#trash.holdsIt) return refusingSocket(4410, request);
    const offered = offeredSubprotocols(request);
    const negotiated = offered.includes(SUBPROTOCOL);
    if (!negotiated && offered.some((name) => name.startsWith(SUBPROTOCOL_PREFIX)))
      return refusingSocket(4426, request);
    const { 0: client, 1: server } = new WebSocketPair();
    this.#open(server, user, role, negotiated);
    const headers = new Headers(negotiated ? { "sec-websocket-protocol": SUBPROTOCOL } : {});
    return new Response(null, { status: 101, webSocket: client, headers });
  }

  #open(socket: WebSocket, user: Identity, role: Role, negotiated: boolean): void {
    const connection = crypto.randomUUID() as ConnectionId;
    this.#sockets.accept(socket, connection);
    try {
      this.#host.dispatch({ kind: "open", connection, user, role, negotiated });
    } catch (error) {
      console.error(JSON.stringify({ event: "open-failed", reason: String(error) }));
      this.#forget(socket);
      closeQuietly(socket, codeFor(error), closeReason(codeFor(error)));
      return;
    }
    this.#upkeep.stirred(Date.now());
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const connection = this.#sockets.idOf(socket);
    if (connection === null) return;
    const data = typeof message === "string" ? message : new Uint8Array(message);
    const now = Date.now();
    this.#sockets.heard(connection, now);
    try {
      this.#host.dispatch({ kind: "message", connection, data, now });
      this.#upkeep.stirred(now);
    } catch (error) {
      // the room is rebuilt from storage by the next input; this client reconnects and sends again
      console.error(JSON.stringify({ event: "message-failed", reason: String(error) }));
      const code = codeFor(error);
      this.#forget(socket);
      closeQuietly(socket, code, closeReason(code));
    }
  }

  override webSocketClose(socket: WebSocket, code: number): void {
    // some codes may be received but not sent (1005, 1006): those end as a plain 1000
    const mayEcho = code === 1000 || (code >= 3000 && code < 5000);
    this.#leave(socket);
    closeQuietly(socket, mayEcho ? code : 1000, "");
  }

  override webSocketError(socket: WebSocket): void {
    this.#leave(socket);
  }

  override alarm(): Promise<void> {
    if (this.#receiving.isPending) return this.abandonHistory();
    this.#past.tidy(Date.now());
    return this.#upkeep.run(Date.now());
  }

  // What the Worker calls. Each is one turn on the stored document; refusals are values.

  create(...args: Parameters<DocumentApi["create"]>) {
    return this.#api.create(...args);
  }

  /** @param state of another document, from `copy`, and the files that are to come with it */
  async createFrom(documentId: string, user: Identity, state: ReadableStream, files: readonly NewAsset[]) {
    const bytes = new Uint8Array(await new Response(state).arrayBuffer());
    const created = this.#api.createFrom(documentId, user, bytes);
    return created.ok && files.length > 0 ? this.reserveFiles(files, true) : created;
  }

  /** Files whose bytes are about to be written; an alarm looks after those that are never said to be there. */
  reserveFiles(files: readonly NewAsset[], isReferredTo = false) {
    const now = Date.now();
    const reserved = this.#files.reserve(files, isReferredTo);
    if (reserved.ok) this.#upkeep.expect(now + WRITING_MS, now);
    return reserved;
  }

  keepFile(id: string): boolean {
    return this.#files.keep(id);
  }

  dropFile(id: string): void {
    this.#files.drop(id);
  }

  adoptFiles(from: string) {
    return this.#files.adopt(from);
  }

  purge(...args: Parameters<Leaving["purge"]>) {
    return this.#leaving.purge(...args);
  }

  copy(...args: Parameters<DocumentApi["copy"]>) {
    return this.#api.copy(...args);
  }

  export() {
    return this.#api.export();
  }

  verify() {
    return this.#api.verify();
  }

  /** The document is being imported, in several calls; see `Receiving`. */
  async beginHistory(start: HistoryStart): Promise<void> {
    this.#receiving.begin(start);
    await this.ctx.storage.setAlarm(Date.now() + IMPORT_MS);
  }

  takeHistory(part: Received) {
    return this.#receiving.take(part);
  }

  finishHistory() {
    const finished = this.#receiving.finish();
    this.#upkeep.dirty(Date.now());
    return finished;
  }

  /** Nothing stays of a document that did not become one. */
  async abandonHistory(): Promise<void> {
    if (this.#store.exists && !this.#receiving.isPending) return;
    const documentId = this.#store.load()?.documentId;
    if (documentId !== undefined) await this.#files.removeAll(documentId);
    await this.ctx.storage.deleteAll();
  }

  replaceContent(...args: Parameters<DocumentApi["replaceContent"]>) {
    return this.#api.replaceContent(...args);
  }

  content(...args: Parameters<DocumentApi["content"]>) {
    return this.#api.content(...args);
  }

  moment(...args: Parameters<Looking["moment"]>) {
    return this.#looking.moment(...args);
  }

  difference(...args: Parameters<Looking["difference"]>) {
    return this.#looking.difference(...args);
  }

  authorship(...args: Parameters<Looking["authorship"]>) {
    return this.#looking.authorship(...args);
  }

  rawContent(...args: Parameters<DocumentApi["rawContent"]>) {
    return this.#api.rawContent(...args);
  }

  history(before: number | null, limit: number, filter: HistoryFilter) {
    return this.#api.history(before as Seq | null, limit, filter);
  }

  timeline() {
    return this.#api.timeline();
  }

  versions(...args: Parameters<DocumentApi["versions"]>) {
    return this.#api.versions(...args);
  }

  updateVersion(...args: Parameters<DocumentApi["updateVersion"]>) {
    return this.#api.updateVersion(...args);
  }

  removeVersion(...args: Parameters<DocumentApi["removeVersion"]>) {
    return this.#api.removeVersion(...args);
  }

  nameVersion(...args: Parameters<DocumentApi["nameVersion"]>) {
    return this.#api.nameVersion(...args);
  }

  restore(...args: Parameters<Restoring["restore"]>) {
    return this.#restoring.restore(...args);
  }

  rescues() {
    return this.#rescues.list();
  }

  putBack(...args: Parameters<Rescues["putBack"]>) {
    return this.#rescues.putBack(...args);
  }

  dismissRescue(...args: Parameters<Rescues["dismiss"]>) {
    return this.#rescues.dismiss(...args);
  }

  rename(...args: Parameters<DocumentApi["rename"]>) {
    return this.#api.rename(...args);
  }

  stats() {
    this.#upkeep.recall();
    return this.#api.stats();
  }

  /** Tells the directory what it lacks. @param isForgotten it has lost what it was told */
  tell(isForgotten = false): Promise<void> {
    return this.#upkeep.tell(Date.now(), isForgotten);
  }

  moveToTrash(at = Date.now()) {
    return this.#leaving.moveToTrash(at);
  }

  takeFromTrash() {
    return this.#leaving.takeFromTrash();
  }

  deleteForever() {
    return this.#leaving.deleteForever();
  }

  /** Ends every connection for good. */
  #closeAll(code: 4404 | 4410): void {
    for (const socket of this.ctx.getWebSockets()) {
      this.#leave(socket);
      closeQuietly(socket, code, closeReason(code));
    }
  }

  /** Takes leave of a socket although the document may not be readable: then nobody is there to be told. */
  #forget(socket: WebSocket): void {
    try {
      this.#leave(socket);
    } catch (error) {
      console.error(JSON.stringify({ event: "leave-failed", reason: String(error) }));
    }
  }

  #leave(socket: WebSocket): void {
    const left = this.#sockets.leave(socket);
    if (left === null) return;
    this.#host.dispatch({ kind: "close", ...left });
    this.#upkeep.left(Date.now());
  }

  #dirty(now: number): void {
    this.#upkeep.dirty(now);
    // in a turn of its own: this one belongs to those who typed, and what fails here must not undo theirs
    if (this.#store.hasRestores) queueMicrotask(() => this.#tellOfRescues());
  }

  #tellOfRescues(): void {
    try {
      if (this.#rescues.mayHaveNews()) this.#host.dispatch({ kind: "notify", notice: { kind: "history" } });
    } catch (error) {
      console.error(JSON.stringify({ event: "rescue-news-failed", reason: String(error) }));
    }
  }

  #flushLater(at: number): void {
    // a pending timer also keeps the object from being put to sleep with changes in memory
    setTimeout(
      () => {
        try {
          this.#host.flush(Date.now());
        } catch (error) {
          // the room has closed the senders' sockets: they reconnect and send again
          console.error(JSON.stringify({ event: "flush-failed", reason: String(error) }));
        }
      },
      Math.max(0, at - Date.now()),
    );
  }
}

/** What is damaged stays so: to try again would be of no use. */
function codeFor(error: unknown): 4300 | 4450 {
  return error instanceof Damage ? 4450 : 4300;
}

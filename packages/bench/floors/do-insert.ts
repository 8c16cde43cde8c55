import { DurableObject } from "cloudflare:workers";
import { answerFrame, openingFrame, readFrame } from "./relay-frames.ts";

interface Env {
  readonly ROOMS: DurableObjectNamespace;
}

/**
 * Not a product: the relay with one INSERT of each update before it is passed on, which is the least that a server
 * must do that shows nobody what a crash would take back.
 */
export class Floor extends DurableObject<Env> {
  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    console.log("floor constructed");
    context.storage.sql.exec("CREATE TABLE IF NOT EXISTS log (seq INTEGER PRIMARY KEY, bytes BLOB)");
  }

  override async fetch(): Promise<Response> {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    server.send(openingFrame());
    return new Response(null, { status: 101, webSocket: client });
  }

  override webSocketMessage(socket: WebSocket, message: ArrayBuffer): void {
    const relayed = readFrame(new Uint8Array(message));
    if (relayed.kind === "nothing") return;
    const { sql } = this.ctx.storage;
    if (relayed.kind === "question") {
      const rows = sql.exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM log ORDER BY seq");
      socket.send(answerFrame([...rows].map(({ bytes }) => new Uint8Array(bytes))));
      return;
    }
    if (relayed.kind === "update") sql.exec("INSERT INTO log (bytes) VALUES (?)", relayed.update);
    for (const other of this.ctx.getWebSockets()) if (other !== socket) other.send(message);
  }
}

export default {
  fetch(request: Request, env: Env): Response | Promise<Response> {
    if (request.headers.get("upgrade") !== "websocket") return new Response("floor");
    return env.ROOMS.getByName(new URL(request.url).pathname).fetch(request);
  },
};

import { DurableObject } from "cloudflare:workers";
import { answerFrame, openingFrame, readFrame } from "./relay-frames.ts";

interface Env {
  readonly ROOMS: DurableObjectNamespace;
}

/**
 * Not a product: the least that a Durable Object with hibernating sockets can do for Yjs clients. It passes updates
 * on and keeps them in memory, so no server on this platform that judges or stores anything answers sooner.
 */
export class Floor extends DurableObject<Env> {
  readonly #updates: Uint8Array[] = [];

  constructor(context: DurableObjectState, env: Env) {
    super(context, env);
    console.log("floor constructed");
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
    if (relayed.kind === "question") {
      socket.send(answerFrame(this.#updates));
      return;
    }
    if (relayed.kind === "update") this.#updates.push(relayed.update);
    for (const other of this.ctx.getWebSockets()) if (other !== socket) other.send(message);
  }
}

export default {
  fetch(request: Request, env: Env): Response | Promise<Response> {
    if (request.headers.get("upgrade") !== "websocket") return new Response("floor");
    return env.ROOMS.getByName(new URL(request.url).pathname).fetch(request);
  },
};

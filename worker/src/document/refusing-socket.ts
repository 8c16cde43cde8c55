import type { CloseCode } from "@palimpsest/protocol";
import { closeReason } from "./sockets.ts";

/**
 * Accepts an upgrade only to close it with a reason. Browsers do not show a page the status of a refused upgrade:
 * without the code a client could not tell "no such document" from a broken network, and would try for ever. For the
 * same reason a subprotocol is accepted if any was offered: without one a browser ends the connection by itself, as broken.
 */
export function refusingSocket(code: CloseCode, request: Request): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(code, closeReason(code));
  const [offered] = offeredSubprotocols(request);
  const headers = new Headers(offered === undefined ? {} : { "sec-websocket-protocol": offered });
  return new Response(null, { status: 101, webSocket: client, headers });
}

/** In the client's order. */
export function offeredSubprotocols({ headers }: Request): string[] {
  const names = (headers.get("sec-websocket-protocol") ?? "").split(",").map((name) => name.trim());
  return names.filter((name) => name !== "");
}

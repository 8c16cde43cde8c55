import type { CloseCode } from "@palimpsest/protocol";
import { closeReason } from "./sockets.ts";

/**
 * Accepts an upgrade only to close it with a reason. Browsers do not show a page the status of a refused upgrade:
 * without the code a client could not tell "no such document" from a broken network, and would try for ever.
 */
export function refusingSocket(code: CloseCode): Response {
  const { 0: client, 1: server } = new WebSocketPair();
  server.accept();
  server.close(code, closeReason(code));
  return new Response(null, { status: 101, webSocket: client });
}

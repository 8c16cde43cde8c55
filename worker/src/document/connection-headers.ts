import type { Identity, Role } from "@palimpsest/protocol";

const USER = "x-palimpsest-user";
const ROLE = "x-palimpsest-role";

/**
 * The upgrade request for a document object: only what the Worker decided and what the handshake needs. Nothing
 * else that a client sent goes on, so that no client can send these headers itself.
 */
export function connectionRequest(request: Request, user: Identity, role: Role): Request {
  const headers = new Headers({
    upgrade: "websocket",
    [USER]: encodeURIComponent(JSON.stringify(user)),
    [ROLE]: role,
  });
  const protocol = request.headers.get("sec-websocket-protocol");
  if (protocol !== null) headers.set("sec-websocket-protocol", protocol);
  return new Request("https://document/sync", { headers });
}

export function readConnectionHeaders(headers: Headers): { readonly user: Identity; readonly role: Role } {
  const user = headers.get(USER);
  const role = headers.get(ROLE);
  if (user === null || (role !== "view" && role !== "edit"))
    throw new Error("a connection came without its identity");
  return { user: JSON.parse(decodeURIComponent(user)) as Identity, role };
}

import { PlainClient, type PlainClientOptions } from "./plain-client.ts";
import type { RunningServer } from "./target.ts";

type Extras = Pick<PlainClientOptions, "doc" | "reading">;

/** A client of a room that is not connected yet. */
export async function newClient(
  server: RunningServer,
  room: string,
  extras: Extras = {},
): Promise<PlainClient> {
  return new PlainClient({ url: await server.address(room), framing: server.framing(room), ...extras });
}

/** A client of a room, connected and synchronized. */
export async function joinRoom(
  server: RunningServer,
  room: string,
  extras: Extras = {},
): Promise<PlainClient> {
  const client = await newClient(server, room, extras);
  await client.connect();
  return client;
}

/** Connects one client to each room, a few at a time. */
export async function joinRooms(
  server: RunningServer,
  rooms: readonly string[],
  extras: Extras = {},
): Promise<readonly PlainClient[]> {
  const atOnce = 20;
  const clients: PlainClient[] = [];
  for (let start = 0; start < rooms.length; start += atOnce) {
    const some = rooms.slice(start, start + atOnce);
    clients.push(...(await Promise.all(some.map((room) => joinRoom(server, room, extras)))));
  }
  return clients;
}

/** One sentence for every client whose socket ended by itself. */
export function lostSockets(clients: readonly PlainClient[]): readonly string[] {
  const lost = clients.flatMap(({ closed }) => (closed === null ? [] : [closed]));
  return lost.length === 0 ? [] : [`${lost.length} of ${clients.length} sockets were lost (${lost[0]})`];
}

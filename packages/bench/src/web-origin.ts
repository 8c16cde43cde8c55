import type { RunningServer } from "./target.ts";
import { TINY_ROOM } from "./traced-document.ts";

/** `http://…` of our own server. @throws Error at everybody else's */
export async function originOf(server: RunningServer): Promise<string> {
  const own = await server.own(TINY_ROOM);
  if (own === null) throw new Error("only our server has pages");
  return own.url.replace(/^ws/, "http").replace(/\/sync$/, "");
}

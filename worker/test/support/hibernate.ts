import { evictDurableObject } from "cloudflare:test";
import { stubOf } from "./api.ts";

/** Puts the object to sleep with its sockets open; what comes next wakes it with nothing in memory. */
export async function hibernate(id: string): Promise<void> {
  await stubOf(id).stats(); // only an object that is awake can be put to sleep
  await evictDurableObject(stubOf(id), { webSockets: "hibernate" });
}

import { parentPort, workerData } from "node:worker_threads";
import { admit } from "../src/admit.ts";
import { DeleteSet } from "../src/delete-set.ts";
import { decodeStateVector } from "../src/state-vector.ts";

// Judges each of the given updates in a thread whose heap is too small for what they claim to hold.
const bombs = workerData as readonly Uint8Array[];
const known = { stateVector: new Map(), deleteSet: () => new DeleteSet() };
const before = process.memoryUsage().arrayBuffers;
const kinds = bombs.map((bytes) => {
  decodeStateVector(bytes);
  const admission = admit(bytes, known);
  return admission.kind === "refused" ? admission.reason : admission.kind;
});
parentPort?.postMessage({ kinds, buffers: process.memoryUsage().arrayBuffers - before });

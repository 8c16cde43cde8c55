import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { seededRandom } from "./seeded-random.ts";
import type { Trace } from "./trace.ts";

/** Ms between two keys, and a pause after so many of them: how the times of a paper might look that took weeks. */
const KEY_MS = [80, 400] as const;
const KEYS_BETWEEN_PAUSES = 300;
const PAUSE_MS = 20 * 60_000;

/**
 * The trace as a history file (worker/HISTORY-FILE.md): one frame for each edit, which no server that gathers messages
 * would write by itself, with the times of somebody who typed it by hand and ended an hour ago.
 */
export function historyFileOf({ opening, updates }: Trace): Uint8Array<ArrayBuffer> {
  const random = seededRandom(7);
  const steps = [opening, ...updates].map((_, index) => {
    const key = KEY_MS[0] + Math.floor(random() * (KEY_MS[1] - KEY_MS[0]));
    return index % KEYS_BETWEEN_PAUSES === 0 ? key + PAUSE_MS : key;
  });
  let time = Date.now() - 3_600_000 - steps.reduce((sum, step) => sum + step, 0);
  const createdAt = new Date(time).toISOString();
  const lines: object[] = [
    {
      format: "palimpsest-history",
      version: 1,
      exportedAt: new Date().toISOString(),
      title: "A paper",
      createdAt,
      head: steps.length,
      floor: 0,
    },
    { author: 1, id: "writer", name: "Writer", color: "#1a73e8" },
  ];
  for (const [index, update] of [opening, ...updates].entries()) {
    time += steps[index] as number;
    lines.push({ s: index + 1, t: time, a: 1, k: "edit", u: Buffer.from(update).toString("base64") });
  }
  const text = `${lines.map((line) => JSON.stringify(line)).join("\n")}\n`;
  const sha256 = createHash("sha256").update(text).digest("hex");
  return new Uint8Array(gzipSync(`${text}${JSON.stringify({ end: true, frames: steps.length, sha256 })}\n`));
}

import { crc32 } from "./crc32.ts";
import type { SqlValue } from "./driver.ts";

/** Larger than this a summary is not worth its room: it is made again from the frames. */
const MAX_LENGTH = 64 * 1024;

const encoder = new TextEncoder();

/** As a row keeps it: behind its checksum. Null for one that is too large. */
export function writeSummary(text: string): string | null {
  return text.length > MAX_LENGTH ? null : `${crc32(encoder.encode(text))} ${text}`;
}

/** Null where there is none, or not the one that was written. */
export function readSummary(stored: SqlValue): string | null {
  if (typeof stored !== "string") return null;
  const space = stored.indexOf(" ");
  const text = stored.slice(space + 1);
  return Number(stored.slice(0, space)) === crc32(encoder.encode(text)) ? text : null;
}

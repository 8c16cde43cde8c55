import { readFileSync } from "node:fs";

/** Resident memory of a process in bytes, as Linux tells it. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  if (kilobytes === undefined) throw new Error(`process ${pid} does not tell its memory`);
  return Number(kilobytes) * 1024;
}

/** The most that a process had while `act` ran, looked at every 10 ms. */
export async function peakDuring<T>(
  pid: number,
  act: () => Promise<T>,
): Promise<{ readonly result: T; readonly peak: number }> {
  let peak = residentBytes(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, residentBytes(pid));
  }, 10);
  try {
    return { result: await act(), peak: Math.max(peak, residentBytes(pid)) };
  } finally {
    clearInterval(timer);
  }
}

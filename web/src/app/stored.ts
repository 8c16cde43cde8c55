/** JSON kept in this browser. Blocked or full storage reads as absent: nothing that is kept here may be needed. */
export function readStored(key: string): unknown {
  try {
    const raw = localStorage.getItem(key);
    return raw === null ? null : (JSON.parse(raw) as unknown);
  } catch (_blockedOrDamaged) {
    return null;
  }
}

export function writeStored(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch (_blockedOrFull) {
    return;
  }
}

const MOD = 65_521;
/** So many additions of bytes cannot leave 32 bits. */
const RUN = 3_800;

/** Adler-32: tells bytes that were damaged or cut off on a disk from those that were written there. */
export function checksum(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let start = 0; start < bytes.length; start += RUN) {
    const end = Math.min(bytes.length, start + RUN);
    for (let i = start; i < end; i++) {
      a += bytes[i] as number;
      b += a;
    }
    a %= MOD;
    b %= MOD;
  }
  return ((b << 16) | a) >>> 0;
}

/** What a byte does to the register, and what it does when 1, 2 or 3 more bytes follow: four bytes cost one step. */
const tables = makeTables();
const [table0, table1, table2, table3] = tables;
// Compiled while nobody waits. Interpreted, it makes an object of each number above 2^30: a snapshot of 220 kB, the first
// large thing that a new isolate reads, would take 2 ms and as much again for collecting garbage, instead of half of one.
for (const table of tables) crc32(new Uint8Array(table.buffer));

/**
 * CRC-32, the one of zip and PNG. It sees every damage of up to four neighbouring bytes, and others but for one in four
 * thousand million. It keeps no one from forging: that is what links are for.
 *
 * @param before of the bytes in front of these: so bytes that grow are not read again
 */
export function crc32(bytes: Uint8Array, before = 0): number {
  let crc = ~before;
  let at = 0;
  for (const end = bytes.length - 3; at < end; at += 4) {
    crc ^=
      byte(bytes, at) |
      (byte(bytes, at + 1) << 8) |
      (byte(bytes, at + 2) << 16) |
      (byte(bytes, at + 3) << 24);
    crc =
      entry(table3, crc & 255) ^
      entry(table2, (crc >>> 8) & 255) ^
      entry(table1, (crc >>> 16) & 255) ^
      entry(table0, crc >>> 24);
  }
  for (; at < bytes.length; at++) crc = entry(table0, (crc ^ byte(bytes, at)) & 255) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function byte(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function entry(table: Int32Array, index: number): number {
  return table[index] as number;
}

function makeTables(): readonly [Int32Array, Int32Array, Int32Array, Int32Array] {
  const made = [new Int32Array(256), new Int32Array(256), new Int32Array(256), new Int32Array(256)] as const;
  for (let value = 0; value < 256; value++) {
    let crc = value;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    made[0][value] = crc;
  }
  for (let value = 0; value < 256; value++) {
    for (const further of [1, 2, 3] as const) {
      const crc = entry(made[(further - 1) as 0 | 1 | 2], value);
      made[further][value] = (crc >>> 8) ^ entry(made[0], crc & 255);
    }
  }
  return made;
}

/** How a chosen picture is sent. */
export type Sending =
  /** Moving pictures are sent as they are: drawn again they would stand still. The server drops what they tell besides. */
  | { readonly kind: "as-is" }
  /** Drawn again, which leaves nothing of what the camera wrote; the formats in the order in which they are tried. */
  | { readonly kind: "redrawn"; readonly types: readonly string[] };

export function sendingOf(type: string, isAnimated: boolean): Sending {
  if (isAnimated) return { kind: "as-is" };
  if (type === "image/jpeg") return { kind: "redrawn", types: ["image/jpeg"] };
  // what has sharp edges and large areas stays exact; where that takes too much room the next is tried
  if (type === "image/png" || type === "image/gif")
    return { kind: "redrawn", types: ["image/png", "image/webp", "image/jpeg"] };
  return { kind: "redrawn", types: ["image/webp", "image/png", "image/jpeg"] };
}

const ascii = (bytes: Uint8Array, from: number, to: number) =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Whether a GIF, WebP or PNG moves. */
export function isAnimated(bytes: Uint8Array): boolean {
  const head = ascii(bytes, 0, 12);
  if (head.startsWith("GIF8")) return framesOfGif(bytes) > 1;
  if (head.startsWith("RIFF") && head.endsWith("WEBP"))
    return ascii(bytes, 12, 16) === "VP8X" && ((bytes[20] ?? 0) & 2) !== 0;
  return false;
}

function framesOfGif(bytes: Uint8Array): number {
  const table = (packed: number) => ((packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1));
  let at = 13 + table(bytes[10] ?? 0);
  let frames = 0;
  for (;;) {
    const kind = bytes[at];
    if (kind === 0x2c) {
      frames++;
      at += 11 + table(bytes[at + 9] ?? 0);
    } else if (kind === 0x21) at += 2;
    else return frames;
    for (let length = bytes[at]; ; length = bytes[at]) {
      if (length === undefined) return frames;
      at += 1 + length;
      if (length === 0) break;
    }
  }
}

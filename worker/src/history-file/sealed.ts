import type { EndLine } from "./format.ts";

/** The lines with the last one behind them, which tells a reader that nothing is missing. */
export function sealed(lines: ReadableStream<Uint8Array>, frames: number): ReadableStream<Uint8Array> {
  const digest = new crypto.DigestStream("SHA-256");
  const hashing = digest.getWriter();
  return lines.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      async transform(chunk, controller) {
        await hashing.write(chunk);
        controller.enqueue(chunk);
      },
      async flush(controller) {
        await hashing.close();
        const end: EndLine = { end: true, frames, sha256: new Uint8Array(await digest.digest).toHex() };
        controller.enqueue(new TextEncoder().encode(`${JSON.stringify(end)}\n`));
      },
    }),
  );
}

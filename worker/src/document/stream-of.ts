/** Bytes for another isolate: an answer that is a value is copied once on each side. */
export function streamOf(bytes: Uint8Array): ReadableStream {
  const { body } = new Response(bytes);
  if (body === null) throw new Error("a response with bytes has a body");
  return body;
}

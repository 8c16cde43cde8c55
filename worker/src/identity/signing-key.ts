import type { Directory } from "../directory/directory.ts";

/** One read of the directory per isolate, not per request. */
let cached: Promise<CryptoKey> | null = null;

/** The key that signs sessions and tickets: made by the server on first use and kept in the directory. */
export function signingKey(directory: Directory): Promise<CryptoKey> {
  cached ??= load(directory).catch((error: unknown) => {
    cached = null;
    throw error;
  });
  return cached;
}

async function load(directory: Directory): Promise<CryptoKey> {
  const value = await directory.secret("signing-key", () => {
    const bytes = crypto.getRandomValues(new Uint8Array(32));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  });
  const pairs = value.match(/../g) ?? [];
  const bytes = new Uint8Array(pairs.map((pair) => Number.parseInt(pair, 16)));
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle.importKey("raw", bytes, algorithm, false, ["sign", "verify"]);
}

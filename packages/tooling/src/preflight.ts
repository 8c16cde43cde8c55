import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlainError } from "./plain-error.ts";

export const defaultPort = 8787;

/** `PORT` as a number; 0 asks for any free port. */
export function parsePort(text: string | undefined): number {
  if (text === undefined || text === "") return defaultPort;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new PlainError(
    `PORT must be a number from 1 to 65535, not "${text}". For example: PORT=8788 npm start`,
  );
}

type Listening =
  | { readonly kind: "free"; readonly port: number }
  | { readonly kind: "error"; readonly code: string };

function tryListen(host: string, port: number): Promise<Listening> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      resolve({ kind: "error", code: error.code ?? "unknown" }),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      const taken = typeof address === "object" && address !== null ? address.port : port;
      server.close(() => resolve({ kind: "free", port: taken }));
    });
  });
}

/**
 * A port nobody listens on: `port` itself, or any free one for 0. A server killed a moment ago may hold its port until
 * its guard has ended the runtime, so a taken port is tried again for about two seconds.
 */
export async function claimPort(port: number): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const v4 = await tryListen("127.0.0.1", port);
    if (v4.kind === "free") {
      // Browsers try [::1] first for "localhost": somebody listening there would get our visitors.
      const v6 = await tryListen("::1", v4.port);
      if (v6.kind === "free" || v6.code !== "EADDRINUSE") return v4.port;
    } else if (v4.code !== "EADDRINUSE") {
      throw new PlainError(
        `Port ${port} cannot be opened (${v4.code}). Choose another port: PORT=${defaultPort + 1} npm start`,
      );
    }
    if (attempt === 4) {
      const other = port === defaultPort + 1 ? port + 1 : defaultPort + 1;
      throw new PlainError(
        `Port ${port} is already in use. Stop the other program or choose another port: PORT=${other} npm start`,
      );
    }
    await sleep(500);
  }
}

/** Makes the data folder and proves that it can be written before a runtime is started on it. */
export function prepareStateDir(stateDir: string): void {
  const probe = join(stateDir, `.probe-${process.pid}`);
  try {
    // Where the parent refuses new folders, as /proc does, a recursive mkdir retries for ever.
    if (!existsSync(stateDir)) mkdirSync(stateDir, { recursive: !existsSync(dirname(stateDir)) });
    writeFileSync(probe, "");
    rmSync(probe);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new PlainError(
      `The data folder ${stateDir} cannot be written (${code}). Choose another folder: STATE_DIR=/some/folder npm start`,
    );
  }
}

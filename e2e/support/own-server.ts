import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Server, startServer } from "@palimpsest/tooling/server";

/** A server for one test alone, which may be killed and started again on the same data folder and port. */
export class OwnServer {
  readonly #stateDir = mkdtempSync(join(tmpdir(), "palimpsest-own-"));
  #server: Server | null = null;

  get url(): string {
    if (this.#server === null) throw new Error("the server is not running");
    return this.#server.url;
  }

  /** The Workers runtime's process. */
  get runtimePid(): number {
    if (this.#server === null) throw new Error("the server is not running");
    return this.#server.runtimePid;
  }

  async start(port = 0): Promise<this> {
    this.#server = await startServer({ stateDir: this.#stateDir, port });
    return this;
  }

  /** Pulls the plug: SIGKILL for every process of it. Returns the port, to start again on. */
  async kill(): Promise<number> {
    const server = this.#server;
    if (server === null) throw new Error("the server is not running");
    this.#server = null;
    await server.kill();
    return server.port;
  }

  /** Stops it in order and starts it anew on the same data folder, after `meanwhile` had that to itself. */
  async restart(meanwhile?: (stateDir: string) => void): Promise<void> {
    await this.#server?.stop();
    meanwhile?.(this.#stateDir);
    await this.start();
  }

  async end(): Promise<void> {
    await this.#server?.stop();
    rmSync(this.#stateDir, { recursive: true, force: true });
  }
}

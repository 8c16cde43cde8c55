import { routePartykitRequest } from "partyserver";
import { YServer } from "y-partyserver";
import { applyUpdate, encodeStateAsUpdate } from "yjs";

/**
 * y-partyserver as its documentation sets it up: hibernation on, the whole state as one blob in the object's SQLite,
 * saved by its default timing (2 s after the last change, at the latest 10 s after the first). Added for the benchmark
 * alone: the counter, and a line in the log when an object starts.
 */
export class Party extends YServer {
  static override options = { hibernate: true };
  #rowsWritten = 0;

  override async onStart(): Promise<void> {
    console.log("party started");
    this.ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS documents (id TEXT PRIMARY KEY, content BLOB)");
    await super.onStart();
  }

  override async onLoad(): Promise<void> {
    const rows = this.ctx.storage.sql.exec<{ content: ArrayBuffer }>(
      "SELECT content FROM documents WHERE id = ?",
      this.name,
    );
    for (const { content } of rows) applyUpdate(this.document, new Uint8Array(content));
  }

  override async onSave(): Promise<void> {
    const { rowsWritten } = this.ctx.storage.sql.exec(
      "INSERT OR REPLACE INTO documents (id, content) VALUES (?, ?)",
      this.name,
      encodeStateAsUpdate(this.document),
    );
    this.#rowsWritten += rowsWritten;
  }

  override onRequest(): Response {
    const storedBytes = this.ctx.storage.sql.databaseSize;
    return Response.json({ rowsWritten: this.#rowsWritten, storedBytes });
  }
}

export default {
  async fetch(request: Request, env: Record<string, unknown>): Promise<Response> {
    return (await routePartykitRequest(request, env)) ?? new Response("Not Found", { status: 404 });
  },
};

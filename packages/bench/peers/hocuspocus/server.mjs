import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Database } from "@hocuspocus/extension-database";
import { Server } from "@hocuspocus/server";

// Hocuspocus with its defaults: a document is saved 2 s after the last change, at the latest 10 s after the first.
// The table and the two statements are those of its SQLite extension, on Node's own SQLite instead of a native module
// that would have to be compiled on every machine.
const database = new DatabaseSync(join(process.env.DATA_DIR ?? ".", "db.sqlite"));
database.exec(
  `CREATE TABLE IF NOT EXISTS "documents" ("name" varchar(255) NOT NULL, "data" blob NOT NULL, UNIQUE(name))`,
);
const select = database.prepare(`SELECT data FROM "documents" WHERE name = $name ORDER BY rowid DESC`);
const upsert = database.prepare(
  `INSERT INTO "documents" ("name", "data") VALUES ($name, $data) ON CONFLICT(name) DO UPDATE SET data = $data`,
);

const server = new Server({
  port: Number(process.env.PORT),
  address: "127.0.0.1",
  quiet: true,
  extensions: [
    new Database({
      fetch: async ({ documentName }) => select.get({ name: documentName })?.data ?? null,
      store: async ({ documentName, state }) => {
        upsert.run({ name: documentName, data: state });
      },
    }),
  ],
});
await server.listen();
